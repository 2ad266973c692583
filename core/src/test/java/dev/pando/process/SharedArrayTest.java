package dev.pando.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.local.Caller;
import dev.pando.local.Threads;
import java.io.Serializable;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an array in several processes holds. After each test no memory is lent, and no file of it has a name. */
@Tag("processes")
class SharedArrayTest {
    private static final Pool POOL = Pool.open(Processes.of(2));

    private record Named(String name, SharedArray.OfDouble array, double[] copy) implements Serializable {}

    @AfterEach
    void nothingIsLeft() {
        SharedMemoryLeaks.assertNoFileHasAName();
    }

    @AfterAll
    static void closed() {
        POOL.close();
        SharedMemoryLeaks.assertNothingIsLent();
    }

    private static double sum(SharedArray.OfDouble array) {
        double sum = 0;
        for (long i = 0; i < array.length(); i++) {
            sum += array.get(i);
        }
        return sum;
    }

    @Test
    void whatATaskWritesIsThereForWhoHasItsResult() {
        try (var array = SharedArray.ofDoubles(1000)) {
            POOL.submit(() -> {
                        for (int i = 0; i < array.length(); i++) {
                            array.set(i, i);
                        }
                    })
                    .result();
            assertThat(array.get(999)).isEqualTo(999);
            assertThat(POOL.submit(SharedArrayTest::sum, array).result()).isEqualTo(499_500);
            Named back = POOL.submit(() -> new Named("captured, and in a record", array, new double[1]))
                    .result();
            try (var same = back.array()) {
                assertThat(same.get(1)).isEqualTo(1);
            }
        }
    }

    @Test
    void eachKindHasItsElements() {
        try (var doubles = SharedArray.copyOf(new double[] {1.5, -2});
                var longs = SharedArray.copyOf(new long[] {Long.MIN_VALUE, 2});
                var ints = SharedArray.copyOf(new int[] {3, -4});
                var floats = SharedArray.copyOf(new float[] {0.5f});
                var bytes = SharedArray.copyOf(new byte[] {-1, 2, 3})) {
            List<Object> there = POOL.submit(() ->
                            List.<Object>of(doubles.get(0), longs.get(0), ints.get(1), floats.get(0), bytes.get(2)))
                    .result();
            assertThat(there).containsExactly(1.5, Long.MIN_VALUE, -4, 0.5f, (byte) 3);
            bytes.set(0, (byte) 7);
            floats.set(0, 2f);
            longs.copyFrom(new long[] {5, 6});
            assertThat(bytes.toArray()).containsExactly(7, 2, 3);
            assertThat(floats.toArray()).containsExactly(2f);
            assertThat(longs.toArray()).containsExactly(5, 6);
            assertThat(ints.toArray()).containsExactly(3, -4);
            assertThat(ints).hasToString("SharedArray.OfInt[2]");
        }
    }

    @Test
    void whatIsOutsideIsToldWithIndexAndLength() {
        try (var array = SharedArray.ofInts(3)) {
            assertThatThrownBy(() -> array.get(3))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("index 3 of a shared array of 3");
            assertThatThrownBy(() -> array.set(-1, 0))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("index -1 of a shared array of 3");
            assertThatThrownBy(() -> array.slice(2, 4)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> array.copyFrom(new int[2]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("2 elements for a shared array of 3");
        }
        assertThatThrownBy(() -> SharedArray.ofInts(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        try (var none = SharedArray.ofBytes(0)) {
            assertThat(POOL.submit(() -> none.length()).result()).isZero();
        }
    }

    @Test
    void anArrayThatATaskMakesComesBack() {
        try (var made = POOL.submit(() -> {
                    var array = SharedArray.ofLongs(1 << 20);
                    array.set(5, 7);
                    return array;
                })
                .result()) {
            assertThat(made.get(5)).isEqualTo(7);
            assertThat(POOL.submit(() -> made.get(5)).result()).isEqualTo(7);
        }
    }

    @Test
    void aSliceTravelsAsASliceOfTheSameMemoryAndOutlivesTheWhole() {
        SharedArray.OfInt part;
        try (var whole = SharedArray.copyOf(new int[] {0, 1, 2, 3, 4})) {
            part = whole.slice(1, 4);
            POOL.submit(() -> part.slice(1, 2).set(0, 20)).result();
            assertThat(whole.toArray()).containsExactly(0, 1, 20, 3, 4);
        }
        assertThat(part.toArray()).containsExactly(1, 20, 3);
        try (var back = POOL.submit(() -> part.slice(2, 3)).result()) {
            part.close();
            assertThat(back.toArray()).containsExactly(3);
        }
    }

    @Test
    void aReadOnlyViewIsReadOnlyOverThereToo() {
        try (var array = SharedArray.ofDoubles(2);
                var look = array.readOnly()) {
            assertThatThrownBy(() -> look.set(0, 1)).isInstanceOf(UnsupportedOperationException.class);
            assertThat(POOL.submit(() -> look.set(0, 1)).exception()).isInstanceOf(UnsupportedOperationException.class);
            assertThat(POOL.submit(() -> look.slice(0, 1).copyFrom(new double[1]))
                            .exception())
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThat(POOL.submit(() -> look.segment().setAtIndex(ValueLayout.JAVA_DOUBLE, 0, 1))
                            .exception())
                    .isInstanceOf(IllegalArgumentException.class);
            array.set(0, 3);
            assertThat(POOL.submit(() -> look.get(0)).result()).isEqualTo(3);
        }
    }

    @Test
    void onThreadsItIsSimplyShared() {
        try (Pool pool = Pool.open(Threads.of(1));
                var array = SharedArray.ofInts(1)) {
            assertThat(pool.submit(() -> array).result()).isSameAs(array);
        }
    }

    @Test
    void whereItCannotTravelItSaysSo() {
        try (Pool pool = Pool.open(Caller.serializing());
                var array = SharedArray.ofInts(1)) {
            assertThatThrownBy(() -> pool.submit(() -> array.get(0)))
                    .isInstanceOf(NotSendableException.class)
                    .hasMessageContaining("toArray()");
        }
    }

    @Test
    void aWorkerThatWantsTooMuchIsToldWhatToDo() {
        assertThat(POOL.submit(() -> SharedArray.ofBytes(1L << 50)).exception()).hasMessageContaining("-Xmx");
    }

    @Test
    void plainArraysOfAnySizeArriveAsTheyAre() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 40; i++) {
            List<Object> graph = new ArrayList<>();
            for (int n = random.nextInt(5); n >= 0; n--) {
                graph.add(array(random));
            }
            graph.add(graph.getFirst());
            graph.add(new Object[] {Map.of("nested", 1), graph.getFirst()});
            List<Object> back = POOL.submit(there -> there, graph).result();
            assertThat(Arrays.deepEquals(back.toArray(), graph.toArray())).isTrue();
            assertThat(back.get(back.size() - 2))
                    .as("the array that was sent twice")
                    .isSameAs(back.getFirst());
        }
    }

    private static Object array(SplittableRandom random) {
        int bytes = Math.max(8, (1 << random.nextInt(12, 21)) + random.nextInt(-8, 9));
        return switch (random.nextInt(7)) {
            case 0 -> random.doubles(bytes / 8).toArray();
            case 1 -> random.longs(bytes / 8).toArray();
            case 2 -> random.ints(bytes / 4).toArray();
            case 3 -> new float[bytes / 4];
            case 4 -> new short[bytes / 2];
            case 5 -> "x".repeat(bytes / 2).toCharArray();
            default -> {
                byte[] full = new byte[bytes];
                random.nextBytes(full);
                yield full;
            }
        };
    }
}
