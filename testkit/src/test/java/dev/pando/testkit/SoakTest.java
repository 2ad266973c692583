package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Futures;
import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.PoolStats;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import dev.pando.WaitResult;
import dev.pando.When;
import dev.pando.WorkerLostException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of tasks, while workers meet every misfortune: each task is settled once, as it must be. */
@Timeout(240)
@ExtendWith(WithoutArchive.class)
class SoakTest {
    private static final int FEW = 2_000;
    private static final int MANY = 10_000;
    private static final int WORKERS = 4;

    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    private final EventStory eventStory = new EventStory();
    private final AtomicIntegerArray told = new AtomicIntegerArray(MANY);
    private CountDownLatch allTold;
    private final List<TaskFuture<Object>> tasks = new ArrayList<>();
    private final List<Fate> fates = new ArrayList<>();
    private final Set<Integer> cancelled = new HashSet<>();
    private int struck;

    /** What becomes of a task without interference from outside. */
    enum Fate {
        WELL,
        THROWS,
        DOES_NOT_TRAVEL,
        FLOODS,
        HALTS,
        EXITS,
        IS_KILLED,
        FREEZES,
        LOOPS,
        RUNS_OUT_OF_MEMORY;

        /** Returns a misfortune for one task in a hundred; the last six misfortunes cost a worker. */
        static Fate of(SplittableRandom random) {
            return random.nextInt(100) > 0 ? WELL : values()[1 + random.nextInt(values().length - 1)];
        }

        Object meet(int number) throws Exception {
            return switch (this) {
                case WELL -> number;
                case THROWS -> throw new IllegalStateException("number " + number);
                case DOES_NOT_TRAVEL -> new Object();
                case FLOODS -> {
                    for (int i = 0; i < 10_000; i++) {
                        System.out.println(number + " says the same again and again, " + i);
                    }
                    yield number;
                }
                case HALTS -> TestTasks.halt();
                case EXITS -> {
                    System.exit(0);
                    yield number;
                }
                case IS_KILLED -> TestTasks.dieBySigkill();
                case FREEZES -> {
                    TestTasks.freeze();
                    yield TestTasks.deafSleep();
                }
                case LOOPS -> TestTasks.endlessLoop();
                case RUNS_OUT_OF_MEMORY -> TestTasks.outOfMemory();
            };
        }

        Duration timeout() {
            return this == FREEZES || this == LOOPS ? Duration.ofMillis(200) : Duration.ofMinutes(5);
        }

        boolean isMetBy(int number, Throwable thrown, Object value) {
            return switch (this) {
                case WELL, FLOODS -> thrown == null && value.equals(number);
                case THROWS ->
                    thrown instanceof IllegalStateException && ("number " + number).equals(thrown.getMessage());
                case DOES_NOT_TRAVEL -> thrown instanceof NotSendableException;
                case HALTS, EXITS, IS_KILLED -> thrown instanceof WorkerLostException;
                case FREEZES, LOOPS -> thrown instanceof TaskTimeoutException;
                case RUNS_OUT_OF_MEMORY -> thrown instanceof OutOfMemoryError;
            };
        }
    }

    @Test
    void everyTaskSettlesOnceAsItMust() throws Exception {
        soak(1, FEW);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(longs = {1, 1066, 20_261_121})
    void everyOfManyTasksSettlesOnceAsItMust(long seed) throws Exception {
        soak(seed, MANY);
    }

    private void soak(long seed, int count) throws Exception {
        allTold = new CountDownLatch(count);
        Pool pool = workerFixture.open(workerFixture
                .with(Processes.of(WORKERS)
                        .heap("32m")
                        .spares(1)
                        .grace(Duration.ofMillis(100))
                        .output(Output.discard()))
                .queue(200)
                .listener(eventStory));
        try {
            submitAndInterfere(pool, new SplittableRandom(seed), count);
            assertSettled(pool);
            assertAtFullStrength(pool);
        } catch (Throwable t) {
            throw new AssertionError(
                    "seed " + seed + ", " + pool + ", " + struck + " workers struck; the last that happened:\n"
                            + eventStory,
                    t);
        }
    }

    private void submitAndInterfere(Pool pool, SplittableRandom random, int count) {
        for (int i = 0; i < count; i++) {
            int number = i;
            Fate fate = Fate.of(random);
            Task<Object> work = () -> fate.meet(number);
            TaskFuture<Object> task =
                    pool.timeout(fate.timeout()).named(fate + "-" + number).submit(work);
            fates.add(fate);
            tasks.add(task);
            task.onDone(_ -> {
                told.incrementAndGet(number);
                allTold.countDown();
            });
            if (random.nextInt(100) == 0) {
                cancelOne(random);
            }
            // else the pool may break
            if (random.nextInt(700) == 0 && eventStory.finished.get() > 0) {
                strikeOne(random);
            }
        }
    }

    private void cancelOne(SplittableRandom random) {
        int number = Math.max(0, tasks.size() - 1 - random.nextInt(250));
        eventStory.add("cancelling number " + number);
        if (tasks.get(number).cancel(true)) {
            cancelled.add(number);
        }
    }

    /** Strikes workers alone: a task that loses a process of its own fails by itself, and that is no loss. */
    private void strikeOne(SplittableRandom random) {
        List<ProcessHandle> alive = ProcessCensus.workers();
        if (alive.isEmpty()) {
            return;
        }
        ProcessHandle victim = alive.get(random.nextInt(alive.size()));
        eventStory.add("killing process " + victim.pid());
        if (victim.destroyForcibly()) {
            struck++;
        }
    }

    private void assertSettled(Pool pool) throws InterruptedException {
        WaitResult<Object> waited = Futures.wait(tasks, When.ALL_COMPLETED, Duration.ofSeconds(150));
        assertThat(waited.notDone()).as("not settled").isEmpty();
        int losses = 0;
        for (int i = 0; i < tasks.size(); i++) {
            TaskFuture<Object> task = tasks.get(i);
            assertThat(task.isCancelled()).as("%s was cancelled", task).isEqualTo(cancelled.contains(i));
            if (task.isCancelled()) {
                continue;
            }
            Throwable thrown = task.exception();
            if (fates.get(i).isMetBy(i, thrown, thrown == null ? task.resultNow() : null)) {
                continue;
            }
            assertThat(thrown).as("%s", task).isInstanceOf(WorkerLostException.class);
            assertThat(((WorkerLostException) thrown).loss().reason())
                    .as("%s", task)
                    .startsWith("it was killed from outside");
            losses++;
        }
        assertThat(losses).as("lost to strikes from outside").isLessThanOrEqualTo(struck);
        assertThat(allTold.await(20, TimeUnit.SECONDS))
                .as("all observers were told")
                .isTrue();
        for (int i = 0; i < tasks.size(); i++) {
            assertThat(told.get(i)).as("number %s", i).isEqualTo(1);
        }
        WorkerFixture.await("all are reported", () -> eventStory.finished.get() == tasks.size());
        PoolStats stats = pool.stats();
        assertThat(stats.succeeded() + stats.failed() + stats.cancelled()).isEqualTo(tasks.size());
        assertThat(stats.cancelled()).isEqualTo(cancelled.size());
    }

    private void assertAtFullStrength(Pool pool) throws Exception {
        Gate gate = workerFixture.gate();
        Gate.Handle handle = gate.handle();
        List<TaskFuture<Integer>> together = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            together.add(pool.named("together").submit(handle::pass, i));
        }
        BackgroundCall<Boolean> arrived = BackgroundCall.ask(() -> {
            gate.awaitArrivals(WORKERS);
            return true;
        });
        WorkerFixture.await(WORKERS + " work at once", arrived::isDone);
        gate.open();
        for (int i = 0; i < WORKERS; i++) {
            assertThat(together.get(i).result()).isEqualTo(i);
        }
        pool.close();
        assertThat(WorkerFixture.left(workerFixture.mark)).isEmpty();
    }
}
