package dev.pando.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Action;
import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import dev.pando.WhenFull;
import dev.pando.local.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A full pool whose submitters run their tasks themselves. */
class CallerRunsTest {
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    /** A pool with one busy worker and one queued task: the next submitter runs its task itself. */
    private Pool full(Duration timeout) throws Exception {
        Pool pool = Pool.with(Threads.of(1))
                .queue(1)
                .whenFull(WhenFull.CALLER_RUNS)
                .timeout(timeout)
                .open();
        pool.timeout(Duration.ofHours(1)).submit((Action)
                () -> { // or else a stalled submitter would find room
                    busy.countDown();
                    goOn.await();
                });
        busy.await();
        pool.submit((Task<Integer>) () -> 1);
        return pool;
    }

    @Test
    void theSubmitterRunsItAndReturnsWithADoneFuture() throws Exception {
        try (Pool pool = full(Duration.ofHours(1))) {
            TaskFuture<Thread> here = pool.submit((Task<Thread>) Thread::currentThread);
            assertThat(here.resultNow()).isSameAs(Thread.currentThread());
            goOn.countDown();
        }
    }

    @Test
    void closeWaitsForWhatACallerRuns() throws Exception {
        Pool pool = full(Duration.ofHours(1));
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        List<String> log = new CopyOnWriteArrayList<>();
        Thread submitter = Thread.ofPlatform()
                .start(() -> pool.submit((Action) () -> {
                    running.countDown();
                    finish.await();
                    log.add("done");
                }));
        running.await();
        goOn.countDown();
        Thread closer = Thread.ofPlatform().start(() -> {
            pool.close();
            log.add("closed");
        });
        while (closer.getState() != Thread.State.WAITING && closer.isAlive()) {
            Thread.onSpinWait();
        }
        assertThat(pool.isTerminated()).isFalse();
        finish.countDown();
        submitter.join();
        closer.join();
        assertThat(log).containsExactly("done", "closed");
        assertThat(pool.stats().succeeded()).isEqualTo(3);
    }

    @Test
    void theDeadlineHoldsForATaskOfTheCallerToo() throws Exception {
        try (Pool pool = full(Duration.ofMillis(20))) {
            TaskFuture<?> stuck = pool.submit((Action) () -> new CountDownLatch(1).await());
            assertThat(stuck.exceptionNow()).isInstanceOf(TaskTimeoutException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            goOn.countDown();
        }
    }

    @Test
    void manySubmittersRunWhatDoesNotFitAndNothingIsLost() throws Exception {
        List<TaskFuture<Integer>> futures = new CopyOnWriteArrayList<>();
        try (Pool pool = full(Duration.ofHours(1))) {
            List<Thread> submitters = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                submitters.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 500; i++) {
                        futures.add(pool.submit((Task<Integer>) () -> 1));
                    }
                }));
            }
            goOn.countDown();
            for (Thread submitter : submitters) {
                submitter.join();
            }
        }
        assertThat(futures).hasSize(2_000).allMatch(future -> future.resultNow() == 1);
    }
}
