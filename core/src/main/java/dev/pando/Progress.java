package dev.pando;

import dev.pando.internal.map.ProgressBar;
import dev.pando.internal.map.StandardStreams;
import java.io.PrintStream;
import java.util.Objects;
import java.util.OptionalLong;

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

    /**
     * Called once, when the map is first read.
     *
     * @param expected how many elements there will be, where the source knows that: a collection does, and so does a
     *     stream over one; a map that is a gatherer never does
     */
    default void begin(OptionalLong expected) {}

    /** Called once, when no more elements will be delivered, for whatever reason. */
    default void end() {}

    /**
     * Shows on one line how far the map is: how many elements are delivered, at which rate, and how much time is left,
     * where the number of elements is known. The line is painted when an element comes, ten times a second at most.
     * Where the stream is no terminal, nothing is printed; that is known of {@code System.out} and {@code System.err}.
     */
    static Progress bar(PrintStream out) {
        Objects.requireNonNull(out, "out");
        return new ProgressBar(out, StandardStreams.isTerminal(out), System::nanoTime);
    }
}
