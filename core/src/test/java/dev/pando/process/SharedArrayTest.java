package dev.pando.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.internal.process.ProgramMemory;
import dev.pando.internal.process.memory.MemoryPeek;
import dev.pando.local.Caller;
import dev.pando.local.Threads;
import java.io.File;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
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

/** An array in several processes. After each test no memory is lent, and no file of it has a name. */
@Tag("processes")
class SharedArrayTest {
    private static final Pool POOL = Pool.open(Processes.of(2));

    private record Named(String name, SharedArray.OfDouble array, double[] copy) implements Serializable {}

    /** What a task left behind in a worker. */
    private static SharedArray.OfInt stashed;

    @AfterEach
    void nothingIsLeft() {
        String[] names = new File("/dev/shm")
                .list((folder, name) -> name.startsWith(
                        "pando-memory-" + ProcessHandle.current().pid()));
        assertThat(names == null ? new String[0] : names).isEmpty();
    }

    @AfterAll
    static void closed() {
        POOL.close();
        assertThat(MemoryPeek.held(ProgramMemory.lender())[0])
                .as("bytes still lent")
                .isZero();
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
            assertThat(POOL.submit(() -> new Named("captured, and in a record", array, new double[1]))
                            .result()
                            .array()
                            .get(1))
                    .isEqualTo(1);
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
    void whatIsHandedOverIsGoneForTheGiver() {
        var array = SharedArray.copyOf(new long[] {4});
        var gift = array.handOver();
        assertThatThrownBy(() -> array.get(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("handed over");
        TaskFuture<Long> taken = POOL.submit(given -> given.get(0), gift);
        assertThatThrownBy(() -> gift.get(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has been sent");
        assertThat(taken.result()).isEqualTo(4);
        try (var back = POOL.submit(
                        given -> given, SharedArray.copyOf(new long[] {5}).handOver())
                .result()) {
            assertThat(back.get(0)).isEqualTo(5);
        }
    }

    @Test
    void closedIsClosedAndTwiceIsHarmless() {
        var array = SharedArray.ofBytes(10);
        MemorySegment segment = array.segment();
        array.close();
        array.close();
        for (Runnable touch : List.<Runnable>of(
                () -> array.get(0),
                () -> array.set(0, (byte) 0),
                array::toArray,
                array::segment,
                array::readOnly,
                array::handOver)) {
            assertThatThrownBy(touch::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
        assertThatThrownBy(() -> segment.get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> POOL.submit(() -> array.get(0)))
                .isInstanceOf(NotSendableException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aTaskThatWasGivenItKeepsItThoughItIsClosedHere() {
        TaskFuture<Double> later;
        try (var array = SharedArray.copyOf(new double[] {1, 2, 3})) {
            later = POOL.submit(() -> sum(array));
        }
        assertThat(later.result()).isEqualTo(6);
    }

    @Test
    void newMemoryIsZeroThoughItWasUsedBefore() {
        for (int i = 0; i < 50; i++) {
            byte[] full = new byte[20_000 + i];
            Arrays.fill(full, (byte) 1);
            SharedArray.copyOf(full).close();
            try (var fresh = SharedArray.ofBytes(20_000 + i)) {
                assertThat(fresh.toArray()).containsOnly(0);
            }
            assertThat(POOL.submit(
                                    n -> {
                                        var made = SharedArray.ofBytes(n);
                                        for (byte b : made.toArray()) {
                                            if (b != 0) {
                                                return false;
                                            }
                                        }
                                        made.segment().fill((byte) 9);
                                        return true;
                                    },
                                    20_000 + i)
                            .result())
                    .isTrue();
        }
    }

    @Test
    void aThousandTasksUseTheSameFewSlabsAgain() {
        long before = MemoryPeek.held(ProgramMemory.lender())[1];
        POOL.map(
                        n -> SharedArray.copyOf(new int[] {n}),
                        java.util.stream.IntStream.range(0, 1000).boxed().toList())
                .forEach(made -> {
                    try (made) {
                        assertThat(made.length()).isEqualTo(1);
                    }
                });
        double[] large = new double[1 << 15];
        for (int i = 0; i < 200; i++) {
            large[17] = i;
            int now = i;
            double[] back = POOL.submit(
                            there -> {
                                there[18] = there[17];
                                return there;
                            },
                            large)
                    .result();
            assertThat(back[18]).isEqualTo(now);
        }
        assertThat(MemoryPeek.held(ProgramMemory.lender())[1] - before).isLessThan(64L << 20);
    }

    @Test
    void whatADeadWorkerHeldIsTakenBack() {
        try (Pool pool = Pool.open(Processes.of(1).output(Output.discard()))) {
            var array = SharedArray.ofLongs(100);
            long lent = MemoryPeek.held(ProgramMemory.lender())[0];
            assertThat(pool.submit(() -> {
                                SharedArray.ofLongs(1 << 20).set(0, array.get(0));
                                Runtime.getRuntime().halt(1);
                            })
                            .exception())
                    .isInstanceOf(WorkerLostException.class);
            array.set(0, 1);
            assertThat(pool.submit(() -> array.get(0)).result()).isEqualTo(1);
            assertThat(MemoryPeek.held(ProgramMemory.lender())[0]).isLessThanOrEqualTo(lent);
            array.close();
        }
    }

    @Test
    void whatATaskKeepsForItselfEndsWhenItsOwnerIsDone() {
        try (Pool pool = Pool.open(Processes.of(1))) {
            try (var array = SharedArray.copyOf(new int[] {6})) {
                pool.submit(() -> {
                            stashed = array;
                        })
                        .result();
                assertThat(pool.submit(() -> stashed.get(0)).result()).isEqualTo(6);
            }
            assertThat(pool.submit(() -> {
                                SharedArray.ofInts(1).close(); // its answer comes after all earlier messages
                                return stashed.get(0);
                            })
                            .exception())
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void whatTheInitializerMadeIsKeptAsLongAsTheWorker() {
        try (Pool pool = Pool.open(Processes.of(1).initializer(() -> stashed = SharedArray.copyOf(new int[] {8})))) {
            for (int i = 0; i < 3; i++) {
                assertThat(pool.submit(() -> stashed.get(0)).result()).isEqualTo(8);
            }
            try (var given = pool.submit(() -> stashed).result()) {
                assertThat(given.get(0)).isEqualTo(8);
            }
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
