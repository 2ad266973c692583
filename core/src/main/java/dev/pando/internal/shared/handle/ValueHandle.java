package dev.pando.internal.shared.handle;

import dev.pando.internal.shared.CallAnswer;
import dev.pando.internal.shared.SharedLinks;
import dev.pando.internal.shared.SharedOperation;
import dev.pando.internal.util.Checks;
import dev.pando.shared.SharedValue;
import java.util.function.UnaryOperator;

/** A value by its number and tag. */
record ValueHandle<T>(long number, long tag) implements SharedValue<T> {

    @Override
    public T get() {
        return SharedLinks.ask(number, tag, SharedOperation.READ, 0, 0).item();
    }

    @Override
    public void set(T value) {
        SharedLinks.ask(number, tag, SharedOperation.WRITE, 0, 0, Checks.present(value, "value"));
    }

    @Override
    public T update(UnaryOperator<T> function) {
        Checks.present(function, "function");
        while (true) {
            CallAnswer read = SharedLinks.ask(number, tag, SharedOperation.READ, 0, 0);
            T value = Checks.present(function.apply(read.item()), "what the function returns");
            if (SharedLinks.ask(number, tag, SharedOperation.SWAP, read.amount(), 0, value)
                    .isDone()) {
                return value;
            }
        }
    }

    @Override
    public void close() {
        ConstructEnd.end(number, tag, SharedOperation.DISCARD);
    }
}
