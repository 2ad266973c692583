package dev.pando.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.spi.Backend;
import dev.pando.spi.DirectEngine;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import dev.pando.spi.Timer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A pool is shut down while a task is on its way from the submitter to an engine that takes it at once. The task gets
 * in between the two checks of the thread that shuts down; the pool must not end while the task runs.
 */
class TerminationOrderTest {

    static Backend[] backends() {
        return new Backend[] {Virtual.unlimited(), Virtual.atMost(1), Caller.inline()};
    }

    /** A host that is closing, with one task on its way until that task has begun. */
    private static final class Closing implements Host {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        final CountDownLatch ended = new CountDownLatch(1);
        final AtomicInteger endedWhileRunning = new AtomicInteger();
        final AtomicInteger looks = new AtomicInteger();
        volatile Runnable betweenTheLooks = () -> {};

        @Override
        public boolean over() {
            if (looks.getAndIncrement() == 0) {
                betweenTheLooks.run();
            }
            return begun.getCount() == 0;
        }

        @Override
        public void ended() {
            if (goOn.getCount() > 0) {
                endedWhileRunning.incrementAndGet();
            }
            ended.countDown();
        }

        @Override
        public String name() {
            return "closing";
        }

        @Override
        public Job next() {
            return null;
        }

        @Override
        public Seat arrive(String worker, Thread thread) {
            return new Nobody();
        }

        @Override
        public Seat visit(boolean another) {
            return new Nobody();
        }

        @Override
        public boolean anyInLine() {
            return false;
        }

        @Override
        public void broken(Throwable cause) {
            throw new AssertionError(cause);
        }

        @Override
        public boolean metered() {
            return false;
        }

        @Override
        public Timer timer() {
            throw new AssertionError("nobody asks for the time");
        }
    }

    private record Nobody() implements Seat {
        @Override
        public String worker() {
            return "nobody";
        }

        @Override
        public void leave() {}

        @Override
        public void lost(String reason) {}
    }

    private record Waiting(Closing host) implements Job {
        @Override
        public void backInLine() {
            throw new AssertionError("a thread was started for it");
        }

        @Override
        public void run(Seat seat) {
            host.begun.countDown();
            try {
                host.goOn.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public int begin(Seat seat) {
            return 1;
        }

        @Override
        public Object packedWork() {
            return "packed";
        }

        @Override
        public void stuck(int attempt, java.util.List<StackTraceElement> frames) {}

        @Override
        public boolean succeed(int attempt, Object value) {
            return true;
        }

        @Override
        public boolean fail(int attempt, dev.pando.spi.Failure failure) {
            return true;
        }

        @Override
        public void cost(int attempt, dev.pando.spi.Cost cost) {}

        @Override
        public boolean giveBack(int attempt) {
            return true;
        }

        @Override
        public String name() {
            return "waiting";
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aPoolDoesNotEndWhileATaskRunsThatWasOnItsWay(Backend backend) throws Exception {
        Closing host = new Closing();
        DirectEngine engine = (DirectEngine) backend.start(host);
        host.betweenTheLooks = () -> {
            Thread.ofPlatform().start(() -> engine.take(new Waiting(host)));
            try {
                host.begun.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        engine.wake();
        assertThat(host.endedWhileRunning).hasValue(0);
        host.goOn.countDown();
        assertThat(host.ended.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
