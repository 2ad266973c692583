package dev.pando.shared;

/**
 * A number that tasks add to. Each call is one step that no other call comes between. A counter that workers in other
 * processes call often moves to memory that they see, where a call needs no message: that takes Linux, and native
 * access for this library, or else the JVM prints a warning.
 */
public interface SharedCounter extends SharedConstruct {

    /**
     * Adds this, and returns the sum.
     *
     * @throws SharedClosedException the counter is closed
     */
    long add(long amount);

    /**
     * Adds one, and returns the sum.
     *
     * @throws SharedClosedException the counter is closed
     */
    default long increment() {
        return add(1);
    }

    /**
     * Returns the number.
     *
     * @throws SharedClosedException the counter is closed
     */
    long get();

    /**
     * Sets the number if it is the expected one. Returns false if it is not.
     *
     * @throws SharedClosedException the counter is closed
     */
    boolean compareAndSet(long expected, long number);
}
