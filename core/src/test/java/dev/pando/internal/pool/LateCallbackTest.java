package dev.pando.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Action;
import dev.pando.Pool;
import dev.pando.TaskTimeoutException;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.spi.Backend;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Callbacks of tasks that end by their timeout: what callbacks may do, and that the pool waits for them. */
class LateCallbackTest {

    static Backend[] backends() {
        return new Backend[] {Threads.of(1), Virtual.unlimited()};
    }

    private static Action forever() {
        return new CountDownLatch(1)::await;
    }

    /** Submits a task whose timeout runs the callback, and again if the task ended before it had the callback. */
    private static void timedOut(Pool pool, Runnable callback) {
        Thread here = Thread.currentThread();
        boolean[] tooFast = {true};
        while (tooFast[0]) {
            tooFast[0] = false;
            pool.submit(forever()).onDone(done -> {
                if (Thread.currentThread() == here) {
                    tooFast[0] = true;
                } else {
                    callback.run();
                }
            });
        }
    }

    @Test
    void aCallbackThatTakesItsTimeHoldsUpNoOtherDeadline() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (Pool pool = Pool.with(Threads.of(2)).timeout(Duration.ofMillis(1)).open()) {
            CountDownLatch inside = new CountDownLatch(1);
            timedOut(pool, () -> {
                inside.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            inside.await();
            assertThat(pool.submit(forever()).exception(Duration.ofSeconds(30)))
                    .isInstanceOf(TaskTimeoutException.class);
            goOn.countDown();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void closingInterruptsNoCallbackAndWaitsForIt(Backend backend) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> log = new CopyOnWriteArrayList<>();
        Pool pool = Pool.with(backend).timeout(Duration.ofMillis(1)).open();
        timedOut(pool, () -> {
            inside.countDown();
            try {
                goOn.await();
                log.add("callback");
            } catch (InterruptedException e) {
                log.add("interrupted");
            }
        });
        inside.await();
        Thread closer = Thread.ofPlatform().start(() -> {
            pool.close();
            log.add("closed");
        });
        while (closer.getState() != Thread.State.WAITING && closer.isAlive()) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        closer.join();
        assertThat(log).containsExactly("callback", "closed");
        assertThat(pool.stats().failed()).isEqualTo(pool.stats().submitted());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aPoolThatHasClosedHasCalledBackAndCounted(Backend backend) {
        for (int i = 0; i < 200; i++) {
            AtomicInteger called = new AtomicInteger();
            Pool pool = Pool.with(backend).timeout(Duration.ofNanos(1)).open();
            pool.submit(forever()).onDone(done -> called.incrementAndGet());
            pool.close();
            assertThat(called).as("round " + i).hasValue(1);
            assertThat(pool.stats().failed()).isEqualTo(1);
        }
    }
}
