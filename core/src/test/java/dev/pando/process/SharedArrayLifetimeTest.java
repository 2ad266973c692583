package dev.pando.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.internal.process.ProgramMemory;
import dev.pando.internal.process.memory.MemoryPeek;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** How long the memory of an array lives, and in which process. After each test no file of it has a name. */
@Tag("processes")
class SharedArrayLifetimeTest {
    private static final Pool POOL = Pool.open(Processes.of(2));

    /** What a task left behind in a worker. */
    private static SharedArray.OfInt stashed;

    @AfterEach
    void nothingIsLeft() {
        SharedMemoryLeaks.assertNoFileHasAName();
    }

    @AfterAll
    static void closed() {
        POOL.close();
        SharedMemoryLeaks.assertNothingIsLent();
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
            later = POOL.submit(() -> array.get(0) + array.get(1) + array.get(2));
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
            while (MemoryPeek.held(ProgramMemory.lender())[0] > lent) {
                Thread.onSpinWait(); // a worker is buried after its task was told
            }
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

    /** The system gives a JVM few mappings, and refuses the next: then it ends in a crash. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aWorkerThatManyArraysPassThroughUnmapsThoseOfEarlierTasks() {
        List<SharedArray.OfInt> arrays = new ArrayList<>();
        try (Pool pool = Pool.open(Processes.of(1))) {
            for (int n = 0; n < 20; n++) {
                List<SharedArray.OfInt> some = new ArrayList<>();
                for (int i = 0; i < 1000; i++) {
                    some.add(SharedArray.copyOf(new int[] {i}));
                }
                arrays.addAll(some);
                assertThat(pool.submit(() -> some.stream()
                                        .mapToInt(array -> array.get(0))
                                        .sum())
                                .result())
                        .isEqualTo(499_500);
            }
            long mapped = pool.submit(() -> {
                        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
                            return lines.filter(line -> line.contains("/memfd:"))
                                    .count();
                        }
                    })
                    .result();
            assertThat(mapped).as("of 20,000 that have passed").isBetween(1000L, 17_500L);
            assertThat(pool.submit(array -> array.get(0), arrays.get(1)).result())
                    .as("an array that was unmapped, and is sent again")
                    .isEqualTo(1);
        }
        arrays.forEach(SharedArray::close);
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
}
