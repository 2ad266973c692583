package dev.pando.shared;

/** A number that tasks add to. Each call is one step that no other call comes between. */
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
