package dev.pando.spi;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A job whose task another program has sent, which is not in this JVM: what the task calls there is passed on.
 * Optional, for hosts that run tasks of others.
 */
public interface RelayedJob extends Job {

    /**
     * Passes on a call of what the program of the task offers. Does not wait. Called on any thread while the task runs.
     *
     * @param argument packed by the task's own codec
     * @param answered is told once, by any thread: what the program replied, which only the task can open; or
     *     {@code null}: the call was withdrawn before
     * @return withdraws the call. Any thread may run it, at any time
     */
    Runnable call(String name, byte[] argument, Consumer<byte @Nullable []> answered);
}
