package dev.pando.internal.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.TaskTimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * The timeout of a sub-task that the waiting thread runs itself: an interrupt when the time is over. It cannot be
 * killed alone; what ends a task that does not obey is the timeout of the task that waits for it.
 */
final class RunLimit implements AutoCloseable {
    private final long nanos;
    private final Thread runner = Thread.currentThread();

    @GuardedBy("this")
    private boolean over;

    @GuardedBy("this")
    private boolean closed;

    @GuardedBy("this")
    private StackTraceElement[] stuckAt = {};

    private RunLimit(long nanos) {
        this.nanos = nanos;
    }

    /** Returns the limit of these options, whose time runs from now on. */
    static RunLimit of(SubtaskOptions options) {
        RunLimit limit = new RunLimit(options.timeoutNanos());
        if (options.hasTimeout()) {
            Thread clock = new Thread(null, limit::watch, "pando-limit", 0, false);
            clock.setDaemon(true);
            clock.start();
        }
        return limit;
    }

    private void watch() {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !isClosed(); left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, Math.min(left, 100_000_000));
        }
        expire();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void expire() {
        if (!closed) {
            over = true;
            stuckAt = runner.getStackTrace();
            runner.interrupt();
        }
    }

    synchronized boolean isOver() {
        return over;
    }

    synchronized TaskTimeoutException verdict(String name) {
        return new TaskTimeoutException(name + " did not end within its " + nanos / 1_000_000 + " ms", stuckAt);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (over) {
            Thread.interrupted(); // it was meant for the sub-task
        }
    }
}
