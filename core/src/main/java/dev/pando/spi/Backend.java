package dev.pando.spi;

/**
 * A kind of worker, as a value: immutable, cheap, reusable, and equal to nothing but what it says. Opening a pool
 * starts its engine; the same backend may be opened any number of times. Its {@code toString} is what a person would
 * type.
 */
public interface Backend {

    /** Starts the engine that will run the host's work. Workers may come later, when there is something to do. */
    Engine start(Host host);
}
