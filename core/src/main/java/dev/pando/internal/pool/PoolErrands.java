package dev.pando.internal.pool;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * User code that a pool owes its tasks and no worker can be asked to run. The pool does not terminate before it has
 * ended.
 */
final class PoolErrands {
    private final ThreadFactory threads;
    private final AtomicInteger underWay = new AtomicInteger();

    PoolErrands(ThreadFactory threads) {
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
            threads.newThread(body).start();
        } catch (Throwable noThread) {
            body.run();
        }
    }
}
