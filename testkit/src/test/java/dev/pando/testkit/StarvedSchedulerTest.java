package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.DeadlineExceededException;
import dev.pando.Pool;
import dev.pando.Submitter;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import dev.pando.WorkerLostException;
import dev.pando.local.Caller;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.loop.Loop;
import dev.pando.process.Processes;
import dev.pando.spi.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The program's own virtual threads compute on every processor, and its tasks fill the common pool, so that nothing
 * else gets a turn on either. Every promise with a deadline is kept all the same.
 */
@Tag("processes")
@Timeout(120)
class StarvedSchedulerTest {
    /** Far longer than any promise takes, and shorter than the starvation. */
    private static final Duration PROMPT = Duration.ofSeconds(15);

    private static final Duration STARVATION = Duration.ofSeconds(40);

    /** Runs out while every processor spins: a long one would take the machine from the tests beside this. */
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @RegisterExtension
    final WorkerFixture fixture = new WorkerFixture();

    private final List<Thread> spinning = new ArrayList<>();
    private final CountDownLatch fed = new CountDownLatch(1);
    private volatile boolean over;

    /** Takes every thread of the scheduler of virtual threads, and of the common pool. */
    private void starve() throws InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        CountDownLatch begun = new CountDownLatch(processors);
        long end = System.nanoTime() + STARVATION.toNanos();
        for (int i = 0; i < processors; i++) {
            spinning.add(Thread.ofVirtual().start(() -> {
                begun.countDown();
                while (!over && System.nanoTime() - end < 0) {
                    Thread.onSpinWait();
                }
            }));
            ForkJoinPool.commonPool().execute(() -> {
                try {
                    var _ = fed.await(STARVATION.toSeconds(), TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    // then it is over
                }
            });
        }
        begun.await();
    }

    @AfterEach
    void feed() throws InterruptedException {
        over = true;
        fed.countDown();
        for (Thread thread : spinning) {
            thread.join();
        }
    }

    static Stream<Backend> backends() {
        return Stream.of(
                Threads.of(2),
                Virtual.atMost(2),
                Virtual.unlimited(),
                Loop.create(),
                Processes.of(2).jvmArgs(WorkerFixture.BRIEF));
    }

    private Pool open(Backend backend) {
        return backend instanceof Processes processes ? fixture.open(processes) : fixture.open(Pool.with(backend));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aTimeoutIsToldAndItsCallbackRuns(Backend backend) throws Exception {
        Pool pool = open(backend);
        Gate gate = fixture.gate();
        Gate.Handle handle = gate.handle();
        TaskFuture<?> task = pool.timeout(LIMIT).submit(handle::await);
        CountDownLatch called = new CountDownLatch(1);
        var _ = task.onDone(done -> called.countDown());
        awaitArrivalOrEnd(gate, task);
        starve();
        assertThat(task.exception(PROMPT)).isInstanceOf(TaskTimeoutException.class);
        assertThat(called.await(PROMPT.toSeconds(), TimeUnit.SECONDS))
                .as("callback")
                .isTrue();
    }

    /** A busy machine may let the timeout pass before the worker has loaded what the gate needs. */
    private static void awaitArrivalOrEnd(Gate gate, TaskFuture<?> task) throws Exception {
        CountDownLatch either = new CountDownLatch(1);
        var _ = task.onDone(done -> either.countDown());
        awaitArrivalOr(either, gate);
    }

    private static void awaitArrivalOr(CountDownLatch either, Gate gate) throws InterruptedException {
        Thread arrivals = Thread.ofPlatform().daemon().start(() -> {
            try {
                gate.awaitArrivals(1);
            } catch (InterruptedException over) {
                return;
            }
            either.countDown();
        });
        either.await();
        arrivals.interrupt();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aCancelledTaskIsDoneAndItsCallbackRuns(Backend backend) throws Exception {
        Pool pool = open(backend);
        Gate gate = fixture.gate();
        Gate.Handle handle = gate.handle();
        TaskFuture<?> task = pool.submit(handle::await);
        gate.awaitArrivals(1);
        CountDownLatch called = new CountDownLatch(1);
        var _ = task.onDone(done -> called.countDown());
        starve();
        assertThat(task.cancel(true)).isTrue();
        assertThat(called.await(PROMPT.toSeconds(), TimeUnit.SECONDS))
                .as("callback")
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aPoolCloses(Backend backend) throws Exception {
        Pool pool = open(backend);
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
        starve();
        assertThat(pool.close(PROMPT)).isTrue();
    }

    @Test
    void aWorkerProcessGetsALargeArgumentAndItsDeathIsTold() throws Exception {
        Pool pool = open(Processes.of(2).jvmArgs(WorkerFixture.BRIEF));
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
        starve();
        byte[] large = new byte[1 << 20];
        assertThat(pool.submit(bytes -> bytes.length, large).result(PROMPT)).isEqualTo(1 << 20);
        TaskFuture<?> dying = pool.submit(() -> Runtime.getRuntime().halt(3));
        assertThat(dying.exception(PROMPT)).isInstanceOf(WorkerLostException.class);
        assertThat(pool.submit(() -> 2).result(PROMPT)).as("a new worker").isEqualTo(2);
    }

    @Test
    void aPoolOnALoopThatWasNeverUsedHasTerminatedWhenShutdownReturns() throws Exception {
        Pool pool = open(Loop.create());
        starve();
        pool.shutdown();
        assertThat(pool.isTerminated()).isTrue();
    }

    @Test
    void aTaskOfTheCallerIsStoppedByItsTimeout() throws Exception {
        Pool pool = open(Caller.inline());
        Gate gate = fixture.gate();
        Gate.Handle handle = gate.handle();
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        CountDownLatch either = new CountDownLatch(1);
        var _ = told.thenRun(either::countDown);
        Thread caller = Thread.ofPlatform()
                .daemon()
                .start(() -> told.complete(pool.timeout(LIMIT.multipliedBy(2))
                        .submit(handle::await)
                        .exception()));
        awaitArrivalOr(either, gate);
        starve();
        assertThat(told.get(PROMPT.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(TaskTimeoutException.class);
        caller.join();
    }

    /** Coroutines that wait at a verb when the starvation begins, so that the loop lies idle. */
    private record Sleepers(TaskFuture<?> task, TaskFuture<?> spawned) {}

    private static Sleepers sleepers(Pool loop, Submitter submitter) throws Exception {
        CompletableFuture<TaskFuture<?>> spawned = new CompletableFuture<>();
        // not by the other task, whose time a busy machine may let pass before it has spawned any
        loop.submit(() -> spawned.complete(Loop.spawn(() -> Loop.sleep(Duration.ofHours(1)))))
                .result();
        TaskFuture<?> task = submitter.submit(() -> Loop.sleep(Duration.ofHours(1)));
        TaskFuture<?> other = spawned.get();
        assertThat(loop.submit(() -> other.isRunning()).result()).isTrue(); // the loop went round
        return new Sleepers(task, other);
    }

    @Test
    void aCoroutineThatWaitsAtAVerbIsTimedOutAndCancelledFromOutside() throws Exception {
        Pool pool = open(Loop.create());
        Sleepers sleepers = sleepers(pool, pool.timeout(LIMIT.multipliedBy(2)));
        CountDownLatch called = new CountDownLatch(2);
        var _ = sleepers.task.onDone(done -> called.countDown());
        var _ = sleepers.spawned.onDone(done -> called.countDown());
        starve();
        assertThatThrownBy(() -> sleepers.spawned.result(Duration.ofMillis(100)))
                .isInstanceOf(DeadlineExceededException.class);
        assertThat(sleepers.spawned.cancel(true)).isTrue();
        assertThat(sleepers.spawned.isDone()).isTrue();
        assertThat(sleepers.task.exception(PROMPT)).isInstanceOf(TaskTimeoutException.class);
        assertThat(called.await(PROMPT.toSeconds(), TimeUnit.SECONDS))
                .as("callbacks")
                .isTrue();
    }

    @Test
    void closingALoopReturnsAndNamesTheCoroutineThatGetsNoProcessor() throws Exception {
        Pool pool = open(Loop.create());
        Sleepers sleepers = sleepers(pool, pool.named("sleeper"));
        starve();
        List<String> logged = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger("dev.pando");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord event) {
                logged.add(event.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            assertThat(pool.close(Duration.ofMillis(100))).isFalse();
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(sleepers.task.isCancelled()).isTrue();
        assertThat(logged)
                .anySatisfy(text -> assertThat(text)
                        .contains("cannot close")
                        .contains(sleepers.task.info().name()));
        feed();
        assertThat(pool.awaitTermination(PROMPT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
}
