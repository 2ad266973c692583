package dev.pando.internal.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.TaskTimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The timeout of a sub-task that the waiting thread runs itself: an interrupt when the time is over. It cannot be
 * killed alone; what ends a task that does not obey is the timeout of the task that waits for it.
 */
final class RunLimit implements AutoCloseable {
    private final long nanos;
    private final Thread runner = Thread.currentThread();

    /** Waits for the end of the time; {@code null}: there is no limit. The runner's. */
    private @Nullable Thread clock;

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
            limit.clock = Thread.ofPlatform().daemon().name("pando-limit").start(limit::watch);
        }
        return limit;
    }

    private void watch() {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !isClosed(); left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
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
        LockSupport.unpark(clock);
        if (over) {
            Thread.interrupted(); // it was meant for the sub-task
        }
    }
}
