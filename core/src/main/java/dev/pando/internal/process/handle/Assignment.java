package dev.pando.internal.process.handle;

import dev.pando.spi.Failure.Progress;
import dev.pando.spi.Job;

/** One attempt at one job, given to one worker. */
public final class Assignment {
    final Job job;
    final TaskPayload payload;
    /** By which the worker knows it. */
    final int run;

    /**
     * 0: the worker has not begun it, as far as is known, and it can be taken back. Written under the lock of the
     * {@link InFlightTasks}.
     */
    volatile int attempt;

    /** How far it came. Written by the thread that reads the worker's answers. */
    volatile Progress progress = Progress.NOT_STARTED;

    /** Whether it was told to stop. Guarded by the {@link WorkerHandle}. */
    boolean stopped;

    /** Whether the place where the task is stuck was reported, known or not. Guarded by the {@link WorkerHandle}. */
    boolean seen;

    /**
     * A worker that has answered this has read that many bytes. Written by the sending thread, before it sends.
     */
    long mark;

    Assignment(Job job, int attempt, TaskPayload payload, int run) {
        this.job = job;
        this.attempt = attempt;
        this.payload = payload;
        this.run = run;
    }

    /** Returns whether it was sent ahead of its turn and has not begun, as far as is known. */
    boolean isPrefetched() {
        return attempt == 0;
    }
}
