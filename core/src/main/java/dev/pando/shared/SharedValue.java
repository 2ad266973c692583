package dev.pando.shared;

import java.util.function.UnaryOperator;

/** A place for one value, which is never {@code null}. On workers in other processes each reader has a copy. */
public interface SharedValue<T> extends SharedConstruct {

    /**
     * Returns the value.
     *
     * @throws SharedClosedException the value is closed
     * @throws dev.pando.NotSendableException the value came from a worker, and this program does not accept it
     */
    T get();

    /**
     * Replaces the value.
     *
     * @throws SharedClosedException the value is closed
     * @throws dev.pando.NotSendableException the value cannot travel to the workers
     */
    void set(T value);

    /**
     * Replaces the value by what the function makes of it, and returns the new value. The function runs where the
     * caller is, while nothing is locked, and again if the value has changed meanwhile: it should do nothing but
     * compute.
     *
     * @throws SharedClosedException the value is closed
     * @throws dev.pando.NotSendableException the value cannot travel, or is not accepted
     */
    T update(UnaryOperator<T> function);
}
