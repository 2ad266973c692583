package dev.pando.internal.process.output;

import java.util.Optional;

/**
 * Takes the lines that workers print, on the output thread of each worker: calls for different workers come at the same
 * time.
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
}
