package dev.pando.internal.process.output;

import java.util.Optional;

/**
 * Takes the lines that workers print, and the records that they log, on the output thread of each worker: calls for
 * different workers come at the same time.
 */
@FunctionalInterface
public interface LineSink {

    /**
     * Takes one line.
     *
     * @param task the name of the task that printed the line; empty where no task is known to have printed it
     * @param error whether the line was printed to standard error
     */
    void accept(String worker, Optional<String> task, String text, boolean error);

    /** Takes a record that a task logged. As long as {@link #takesRecords} is false, a worker that sends one lies. */
    default void accept(String worker, Optional<String> task, LoggedRecord logged) {
        accept(worker, task, logged.line(), true);
    }

    /** Returns whether workers are to send what they log as records, and not to print it. */
    default boolean takesRecords() {
        return false;
    }
}
