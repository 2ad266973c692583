package dev.pando.internal.shared;

import org.jspecify.annotations.Nullable;

/** What is known of the runs of one worker. Called under the lock of the table: must not call back. */
public interface TaskRuns {

    /** Returns the number of the run that the worker was given last, 0 before the first. */
    int last();

    /** Returns what the task of this run is called. */
    String name(int run);

    /** Returns what this program accepts of what this run sends. Returns {@code null} if the run is over. */
    @Nullable
    Object policy(int run);
}
