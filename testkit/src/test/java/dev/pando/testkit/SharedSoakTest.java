package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import dev.pando.shared.OwnerDiedException;
import dev.pando.shared.SharedCounter;
import dev.pando.shared.SharedLease;
import dev.pando.shared.SharedLock;
import dev.pando.shared.SharedQueue;
import dev.pando.shared.SharedSemaphore;
import dev.pando.shared.SharedSpace;
import dev.pando.shared.SharedValue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Workers use shared constructs in seeded order, and are killed while they do: nothing is lost but what a dead task had
 * in its hand, nothing comes twice, and nothing hangs.
 */
class SharedSoakTest {
    private static final int TOKENS = 20;
    private static final int PERMITS = 3;

    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    /** Two numbers that are equal whenever the lock is free. */
    record Pair(int first, int second) implements Serializable {}

    /** What the tasks share. */
    record Field(
            SharedQueue<Integer> source,
            SharedQueue<Integer> sink,
            SharedQueue<Integer> tokens,
            SharedLock lock,
            SharedValue<Pair> pair,
            SharedCounter told,
            SharedCounter found,
            SharedSemaphore permits)
            implements Serializable {

        static Field of(SharedSpace space, int items) {
            return new Field(
                    space.queue(items),
                    space.queue(items),
                    space.queue(TOKENS),
                    space.lock(),
                    space.value(new Pair(0, 0)),
                    space.counter(),
                    space.counter(),
                    space.semaphore(PERMITS));
        }

        /** Does so many steps, or dies at one of them. Returns how many halves of updates it found and mended. */
        int work(long seed, int steps) throws Exception {
            SplittableRandom random = new SplittableRandom(seed);
            int death = random.nextInt(4) == 0 ? random.nextInt(steps) : -1;
            int mended = 0;
            for (int step = 0; step < steps; step++) {
                boolean dies = step == death;
                switch (random.nextInt(5)) {
                    case 0 -> carry(dies);
                    case 1 -> lend(dies);
                    case 2 -> mended += update(dies);
                    case 3 -> permits.with(() -> die(dies));
                    default -> mended += tryUpdate(dies);
                }
            }
            return mended;
        }

        private static void die(boolean dies) {
            if (dies) {
                Runtime.getRuntime().halt(1);
            }
        }

        private void carry(boolean dies) throws InterruptedException {
            Integer item = source.poll();
            die(dies);
            if (item != null) {
                sink.put(item);
            }
        }

        private void lend(boolean dies) throws InterruptedException {
            try (SharedLease<Integer> _ = tokens.takeAcknowledged()) {
                die(dies);
            }
        }

        private int update(boolean dies) throws InterruptedException {
            try {
                lock.lock();
                return raise(dies);
            } catch (OwnerDiedException told) {
                return mend();
            }
        }

        private int tryUpdate(boolean dies) throws InterruptedException {
            try {
                return lock.tryLock() ? raise(dies) : 0;
            } catch (OwnerDiedException told) {
                return mend();
            }
        }

        private int raise(boolean dies) {
            try {
                Pair before = pair.get();
                if (before.first != before.second) { // the task that was told of it has not mended it yet
                    found.add(1);
                    pair.set(new Pair(before.first, before.first));
                    return 1;
                }
                pair.set(new Pair(before.first + 1, before.second));
                die(dies);
                pair.set(new Pair(before.first + 1, before.second + 1));
                return 0;
            } finally {
                lock.unlock();
            }
        }

        private int mend() throws InterruptedException {
            told.add(1);
            return lock.withLock(() -> {
                pair.update(half -> new Pair(half.first, half.first));
                return 1;
            });
        }
    }

    private void endure(long seed, int tasks, int steps) throws Exception {
        int items = tasks * steps / 10;
        Pool pool = workerFixture.open(
                Processes.of(2).heap("48m").jvmArgs(WorkerFixture.BRIEF).output(Output.discard()));
        Field field = Field.of(pool.shared(), items);
        field.source.putAll(IntStream.range(0, items).boxed().toList());
        field.tokens.putAll(IntStream.range(0, TOKENS).boxed().toList());
        List<TaskFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            long own = 31 * seed + i;
            all.add(pool.submit(() -> field.work(own, steps)));
        }
        int deaths = 0;
        for (TaskFuture<Integer> each : all) {
            Throwable thrown = each.exception();
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(WorkerLostException.class);
                deaths++;
            }
        }
        assertThat(deaths).isPositive();
        assertThat(field.found.get())
                .as("half updates, of each of which a task was told")
                .isLessThanOrEqualTo(field.told.get());
        field.source.close();
        field.sink.close();
        field.tokens.close();
        List<Integer> carried = new ArrayList<>();
        field.source.forEach(carried::add);
        field.sink.forEach(carried::add);
        Set<Integer> distinct = new HashSet<>(carried);
        assertThat(carried).as("nothing comes twice").hasSize(distinct.size());
        assertThat(items - distinct.size())
                .as("lost in the hands of %s dead", deaths)
                .isBetween(0, deaths);
        List<Integer> tokens = new ArrayList<>();
        field.tokens.forEach(tokens::add);
        assertThat(new TreeSet<>(tokens)).hasSize(TOKENS);
        assertThat(tokens).hasSize(TOKENS);
        assertThat(field.permits.available()).isEqualTo(PERMITS);
    }

    @Test
    @Timeout(120)
    void aShortOne() throws Exception {
        endure(1, 16, 60);
    }

    /** A million operations, of which a step has three or so. */
    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4})
    @Tag("full")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void aMillionOperations(long seed) throws Exception {
        endure(seed, 400, 850);
    }
}
