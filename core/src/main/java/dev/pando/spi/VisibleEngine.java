package dev.pando.spi;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An engine whose workers are no threads of this JVM, and can be looked at all the same. Optional: tools ask it, and
 * nothing on the way of a task does.
 */
public interface VisibleEngine extends Engine {

    /** Returns the workers that live or are starting, as far as there is more to tell of them than their seats do. */
    List<WorkerFacts> workers();

    /**
     * Asks the worker in this seat where it is with this attempt, without stopping it. Does not wait. {@code seen} is
     * called once, on the thread that brings the answer, or never: the worker may have gone on, or may not answer. It
     * gets no frames if the worker is known to be at something else.
     */
    void look(Job job, int attempt, Seat seat, Consumer<List<StackTraceElement>> seen);

    /** Returns what lets the workers record themselves; {@code null} where they cannot. */
    default @Nullable WorkerRecordings recordings() {
        return null;
    }
}
