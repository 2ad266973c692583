package dev.pando.internal.process.handle;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.spi.Failure.Progress;
import dev.pando.spi.Job;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attempt at a job, which one worker has to make. */
public final class Assignment {
    final Job job;
    final TaskPayload payload;
    /** The number by which the worker knows the attempt. */
    final int run;

    /**
     * 0: the worker has not begun the job, as far as is known, and it can be taken back. Written under the lock of the
     * {@link InFlightTasks}, read without it.
     */
    volatile int attempt;

    /** How far the attempt came. Written by the thread that reads the worker's answers. */
    volatile Progress progress = Progress.NOT_STARTED;

    @GuardedBy("this")
    private boolean stopped;

    /** Whether the place where the task is stuck was reported, known or not. */
    @GuardedBy("this")
    private boolean stuckReported;

    /** A moment before the worker began the run, shortly before as far as is known: a {@code System.nanoTime()}. */
    final long since;

    /** What the worker has said about the run. Used by the thread that reads, as the three below. */
    int begans;

    boolean saidEnded;
    boolean saidSpent;
    boolean saidSeen;

    /** The one that the worker was sent after this. The {@link InFlightTasks}'. */
    @Nullable
    Assignment next;

    /** Whether the worker never began it. Set and read by the reaper. */
    boolean unread;

    /** Bytes that the worker has read once it has answered. Written by the sending thread, before it sends. */
    long mark;

    Assignment(Job job, int attempt, TaskPayload payload, int run, long since) {
        this.job = job;
        this.attempt = attempt;
        this.payload = payload;
        this.run = run;
        this.since = since;
    }

    /** Returns whether the job was sent ahead of its turn and has not begun, as far as is known. */
    boolean isPrefetched() {
        return attempt == 0;
    }

    /** Returns true once: the caller sends the stop to the worker. */
    @CheckReturnValue
    synchronized boolean markStopped() {
        boolean first = !stopped;
        stopped = true;
        return first;
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** Reports where the attempt is stuck, once; without frames if the worker could not look. */
    void reportStuck(List<StackTraceElement> frames) {
        synchronized (this) {
            if (stuckReported) {
                return;
            }
            stuckReported = true;
        }
        job.stuck(attempt, frames);
    }
}
