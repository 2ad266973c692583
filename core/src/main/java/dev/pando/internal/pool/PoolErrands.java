package dev.pando.internal.pool;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * User code that a pool owes its tasks and no worker can be asked to run. The pool does not terminate before it has
 * ended.
 */
final class PoolErrands {
    private final Executor threads;
    private final AtomicInteger underWay = new AtomicInteger();

    /** @param threads runs each body on a thread of its own */
    PoolErrands(Executor threads) {
        this.threads = threads;
    }

    void begin() {
        underWay.incrementAndGet();
    }

    void end() {
        underWay.decrementAndGet();
    }

    int underWay() {
        return underWay.get();
    }

    /**
     * Runs the body on a thread of its own; if no thread can be started, here, because threads wait for what it
     * announces.
     */
    void run(Runnable body) {
        try {
            threads.execute(body);
        } catch (Throwable noThread) {
            body.run();
        }
    }
}
