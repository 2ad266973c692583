package dev.pando.internal.util;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Daemon threads for what must not wait for code of the program: each body gets a platform thread at once, which stays
 * for a second in case there is more. Virtual threads will not do: the program's own may hold every processor of their
 * scheduler.
 */
public final class HelperThreads implements Executor, AutoCloseable {
    private final ThreadPoolExecutor threads;

    public HelperThreads(ThreadFactory factory) {
        threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }

    /** Runs the body on a thread of its own. Throws if none can be started, or after {@link #close}. */
    @Override
    public void execute(Runnable body) {
        threads.execute(body);
    }

    /** Interrupts the threads, and lets them end. */
    public void stop() {
        threads.shutdownNow();
    }

    /** Lets the threads end when they have done what they were given. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
