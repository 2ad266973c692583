package dev.pando.internal.shared.handle;

import dev.pando.internal.shared.CallAnswer;
import dev.pando.internal.shared.SharedLinks;
import dev.pando.internal.shared.SharedOperation;
import dev.pando.internal.util.Checks;
import dev.pando.shared.SharedMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A map by its number and tag. */
record MapHandle<K, V>(long number, long tag) implements SharedMap<K, V> {

    @Override
    public @Nullable V get(K key) {
        return value(SharedLinks.ask(number, tag, SharedOperation.GET, 0, 0, Checks.present(key, "key")));
    }

    @Override
    public @Nullable V put(K key, V value) {
        return value(SharedLinks.ask(
                number,
                tag,
                SharedOperation.PUT_ENTRY,
                0,
                0,
                Checks.present(key, "key"),
                Checks.present(value, "value")));
    }

    @Override
    public @Nullable V remove(K key) {
        return value(SharedLinks.ask(number, tag, SharedOperation.REMOVE, 0, 0, Checks.present(key, "key")));
    }

    private @Nullable V value(CallAnswer answer) {
        return answer.isDone() ? answer.item() : null;
    }

    @Override
    public V merge(K key, V value, BinaryOperator<V> function) {
        Checks.present(value, "value");
        Checks.present(function, "function");
        return replace(key, there -> there == null ? value : function.apply(there, value));
    }

    @Override
    public V computeIfAbsent(K key, Function<? super K, ? extends V> function) {
        Checks.present(function, "function");
        return replace(key, there -> there == null ? function.apply(key) : there);
    }

    /** Replaces the value, unless it stays, as often as another caller comes between. */
    private V replace(K key, Function<@Nullable V, V> function) {
        Checks.present(key, "key");
        while (true) {
            CallAnswer read = SharedLinks.ask(number, tag, SharedOperation.GET, 0, 0, key);
            V before = value(read);
            V after = Checks.present(function.apply(before), "what the function returns");
            if (after == before
                    || SharedLinks.ask(number, tag, SharedOperation.SWAP_ENTRY, read.amount(), 0, key, after)
                            .isDone()) {
                return after;
            }
        }
    }

    @Override
    public int size() {
        return (int)
                SharedLinks.ask(number, tag, SharedOperation.MAP_SIZE, 0, 0).amount();
    }

    @Override
    @SuppressWarnings("unchecked") // of these types they were put in
    public Map<K, V> snapshot() {
        List<Object> all =
                SharedLinks.ask(number, tag, SharedOperation.SNAPSHOT, 0, 0).items();
        Map<K, V> copy = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i += 2) {
            copy.put((K) all.get(i), (V) all.get(i + 1));
        }
        return Collections.unmodifiableMap(copy);
    }

    @Override
    public void close() {
        ConstructEnd.end(number, tag, SharedOperation.DISCARD);
    }
}
