package dev.pando.internal.codec.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.internal.codec.Codec;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Results of few bytes that would take minutes to unpack, by the cost of their keys. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnpackBudgetTest {
    private static final int MANY = 100_000;
    private static final ResultPolicy POLICY = ResultFixture.allowing(UnpackBudgetTest.class.getName());

    /** Whether keys have the hash that they have when they arrive. */
    private static volatile boolean arriving;

    /** A key whose hash is good while the attack is made. */
    private record Key(int number) implements Serializable {
        @Override
        public int hashCode() {
            return arriving ? 0 : number;
        }
    }

    /** Reads as a codec does, with a tenth of a second of processor time. */
    private static Object hurry(byte[] bytes) throws Exception {
        return arrive(
                bytes,
                new ResultFilter(
                        POLICY,
                        bytes.length,
                        100_000_000,
                        () -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()));
    }

    private static Object arrive(byte[] bytes) throws Exception {
        return arrive(bytes, new ResultFilter(POLICY, bytes.length));
    }

    private static Object arrive(byte[] bytes, ResultFilter filter) throws Exception {
        arriving = true;
        try (ObjectInputStream in = new Weighing(bytes, filter)) {
            return in.readObject();
        } catch (IOException e) {
            String refusal = filter.refusal(e);
            throw refusal == null ? e : new IllegalStateException(refusal, e);
        } finally {
            arriving = false;
        }
    }

    private static final class Weighing extends ObjectInputStream {
        private final ResultFilter filter;

        Weighing(byte[] bytes, ResultFilter filter) throws IOException {
            super(new ByteArrayInputStream(bytes));
            this.filter = filter;
            enableResolveObject(true);
            setObjectInputFilter(filter);
        }

        @Override
        protected Object resolveObject(Object object) throws IOException {
            filter.weigh(object);
            return object;
        }
    }

    private static byte[] encode(Object result) throws UnsendableException {
        return new Codec().encode(result, Direction.RESULT);
    }

    /** Makes entries (i, 0), puts them somewhere, and makes them entries (i, i), of the hash 0. */
    private static Object sameHash(Function<List<SimpleEntry<Integer, Integer>>, Object> put) {
        List<SimpleEntry<Integer, Integer>> entries = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            entries.add(new SimpleEntry<>(i, 0));
        }
        Object table = put.apply(entries);
        entries.forEach(entry -> entry.setValue(entry.getKey()));
        return table;
    }

    private static <K> Map<K, Integer> fill(Map<K, Integer> map, Collection<? extends K> keys) {
        keys.forEach(key -> map.put(key, 1));
        return map;
    }

    @SuppressWarnings({"JdkObsolete", "ArrayAsKeyOfSetOrMap"})
    enum Attack {
        HASH_SET(() -> sameHash(HashSet::new)),
        LINKED_SET(() -> sameHash(LinkedHashSet::new)),
        HASH_MAP(() -> sameHash(keys -> fill(new HashMap<>(), keys))),
        HASHTABLE(() -> sameHash(keys -> fill(new Hashtable<>(), keys))),
        CONCURRENT_MAP(() -> sameHash(keys -> fill(new ConcurrentHashMap<>(), keys))),
        SET_OF(() -> sameHash(Set::copyOf)),
        MAP_OF(() -> sameHash(keys -> Map.copyOf(fill(new HashMap<>(), keys)))),
        KEYS_BEFORE_THEIR_TABLE(() -> sameHash(keys -> new Object[] {keys, Set.copyOf(keys)})),
        SETS_OF_SETS(() -> sameHash(keys -> {
            Set<Object> sets = new HashSet<>();
            keys.forEach(key -> sets.add(new ArrayList<>(List.of(key))));
            return sets;
        })),
        RECORDS(() -> {
            Set<Key> keys = new HashSet<>();
            IntStream.range(0, MANY).forEach(i -> keys.add(new Key(i)));
            return keys;
        }),
        ONE_LONG_LIST_IN_MANY_SETS(() -> {
            List<Integer> list = new ArrayList<>(Collections.nCopies(MANY, 1));
            Object[] sets = new Object[MANY];
            Arrays.setAll(sets, i -> new HashSet<>(Set.of(i)));
            Set<Object> one = new HashSet<>(Set.of(list));
            Arrays.setAll(sets, i -> i == 0 ? one : new ArrayList<>(one));
            return sets;
        }),
        ONE_LONG_NUMBER_IN_MANY_ENTRIES(() -> {
            BigInteger number = new BigInteger(1 << 20, ThreadLocalRandom.current());
            Object[] entries = new Object[MANY];
            Arrays.setAll(entries, i -> new SimpleEntry<>(number, i));
            return entries;
        });

        private final Maker maker;

        Attack(Maker maker) {
            this.maker = maker;
        }
    }

    private interface Maker {
        Object make();
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void whatTakesTooLongIsRefused(Attack attack) throws Exception {
        byte[] bytes = encode(attack.maker.make());
        assertThat(bytes.length).isLessThan(10_000_000);
        assertThatThrownBy(() -> hurry(bytes))
                .isInstanceOf(IllegalStateException.class)
                .message()
                .containsAnyOf(
                        "takes longer to build than " + bytes.length + " bytes are worth",
                        "different objects of one hash",
                        "in so many ways that comparing or printing them would not end");
    }

    @Test
    @Tag("slow")
    void honestDataIsLetIn() throws Exception {
        List<Object> data = new ArrayList<>();
        Object entries = sameHash(ArrayList::new);
        data.add(entries);
        Map<Integer, String> map = new ConcurrentHashMap<>();
        Map<Double, String> doubles = new ConcurrentHashMap<>();
        List<Integer> zeros = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            map.put(i, new String("equal"));
            doubles.put((double) i, "equal");
            zeros.add(i / 50_000 + 1000);
        }
        assertThat(arrive(encode(data))).isEqualTo(data);
        List<Object> all = List.of(map, doubles, List.of(zeros), Set.copyOf(map.keySet()), List.of(map, zeros, zeros));
        for (Object honest : all) {
            assertThat(arrive(encode(honest))).isEqualTo(honest);
        }
    }

    @Test
    void aThreadThatIsHeldUpMayGoOn() {
        long[] computed = {0};
        UnpackBudget budget = new UnpackBudget(1, () -> computed[0]);
        for (int i = 0; i < 1000; i++) {
            assertThat(budget.isSpent()).isFalse();
        }
        computed[0] = 1;
        assertThat(IntStream.range(0, 64).anyMatch(_ -> budget.isSpent())).isTrue();
    }

    @Test
    void timeIsBoundedByTheSize() {
        UnpackBudget budget = new UnpackBudget(1_000_000);
        assertThat(IntStream.range(0, 1000).noneMatch(_ -> budget.isSpent())).isTrue();
    }
}
