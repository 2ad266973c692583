package dev.pando.internal.process.handle;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.spi.Failure.Progress;
import dev.pando.spi.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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

    /** The callers that want to know where the attempt is, and have not been told. */
    @GuardedBy("this")
    private List<Consumer<List<StackTraceElement>>> lookers = List.of();

    /** How often the worker was asked where the attempt is. */
    @GuardedBy("this")
    private int looks;

    /** Whether it was sent while the worker was at another task. */
    final boolean layAhead;

    /** A moment before the worker began the run, shortly before as far as is known: a {@code System.nanoTime()}. */
    final long since;

    /** What the worker has said about the run. Used by the thread that reads, as the three below. */
    int begans;

    boolean saidEnded;
    boolean saidSpent;
    int seens;

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
        this.layAhead = attempt == 0;
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

    /** Adds a caller. Returns whether the worker must be asked: one question is enough for all that wait. */
    @CheckReturnValue
    synchronized boolean addLooker(Consumer<List<StackTraceElement>> looker) {
        boolean first = lookers.isEmpty();
        List<Consumer<List<StackTraceElement>>> more = new ArrayList<>(lookers);
        more.add(looker);
        lookers = more;
        if (first) {
            looks++;
        }
        return first;
    }

    /** Returns how often the worker may say where the attempt is: once for each question, and once for a stop. */
    synchronized int mostSeens() {
        return looks + (stopped ? 1 : 0);
    }

    /** The worker has said where the attempt is. */
    void seen(List<StackTraceElement> frames) {
        List<Consumer<List<StackTraceElement>>> told;
        synchronized (this) {
            told = lookers;
            lookers = List.of();
        }
        for (Consumer<List<StackTraceElement>> looker : told) {
            looker.accept(frames);
        }
        if (isStopped()) {
            reportStuck(frames);
        }
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
