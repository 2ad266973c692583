package dev.pando.shared;

import java.time.Duration;

/** A flag that tasks wait for. */
public interface SharedEvent extends SharedConstruct {

    /**
     * Sets the flag: all that wait for it go on.
     *
     * @throws SharedClosedException the event is closed
     */
    void set();

    /**
     * Clears the flag.
     *
     * @throws SharedClosedException the event is closed
     */
    void clear();

    /**
     * Returns whether the flag is set.
     *
     * @throws SharedClosedException the event is closed
     */
    boolean isSet();

    /**
     * Waits until the flag is set.
     *
     * @throws InterruptedException the caller was interrupted
     * @throws SharedClosedException the event is closed
     */
    void await() throws InterruptedException;

    /**
     * As {@link #await()}, but waits no longer than this. Returns false if the flag was not set.
     *
     * @throws InterruptedException the caller was interrupted
     * @throws IllegalArgumentException the patience is negative
     * @throws SharedClosedException the event is closed
     */
    boolean await(Duration patience) throws InterruptedException;
}
