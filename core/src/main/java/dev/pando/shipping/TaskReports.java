package dev.pando.shipping;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a task says of itself and asks, on its way to the program: see {@link RelayedWorker}. */
public interface TaskReports {

    /** The task says how far it is: a number from 0 to 1, and what it is at. Called on any thread. */
    void progress(double fraction, String text);

    /** Returns whether the task was told to stop. Called on any thread. */
    boolean isStopping();

    /**
     * The task calls what its program offers. Does not wait. Called on any thread.
     *
     * @param answered as {@link dev.pando.spi.RelayedJob#call} has it, as is what is returned
     */
    Runnable call(String name, byte[] argument, Consumer<byte @Nullable []> answered);
}
