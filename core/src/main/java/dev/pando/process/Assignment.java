package dev.pando.process;

import dev.pando.spi.Failure.Progress;
import dev.pando.spi.Job;

/** One attempt at one job, given to one worker. */
final class Assignment {
    final Job job;
    final int attempt;
    final Cargo cargo;
    /** By which the worker knows it. */
    final int run;

    /** How far it came. Written by the thread that reads the worker's answers. */
    volatile Progress progress = Progress.NOT_STARTED;

    /** Whether it was told to stop. Guarded by the {@link Hand}. */
    boolean stopped;

    /** Whether it was told where it is stuck, or that nobody knows. Guarded by the {@link Hand}. */
    boolean seen;

    Assignment(Job job, int attempt, Cargo cargo, int run) {
        this.job = job;
        this.attempt = attempt;
        this.cargo = cargo;
        this.run = run;
    }
}
