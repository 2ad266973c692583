package dev.pando;

/** Is told how a map gets on, on the thread that consumes it: keep it short. */
@FunctionalInterface
public interface Progress {

    /**
     * Called whenever an element has been delivered.
     *
     * @param delivered how many were delivered so far
     * @param started how many were taken from the source so far
     */
    void update(long delivered, long started);
}
