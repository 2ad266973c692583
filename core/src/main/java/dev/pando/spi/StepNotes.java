package dev.pando.spi;

/** What a {@link SteppedTask} is called with: where it notes its steps, and a clock to read at each. */
@FunctionalInterface
public interface StepNotes {

    /** Called with the number of each step, from 0, just before the step. */
    void begin(int step);

    /**
     * Returns the time as {@link System#nanoTime}, or as it was some milliseconds ago: a worker may have a clock that
     * costs less than the system's, which costs more than a small step.
     */
    default long nanoTime() {
        return System.nanoTime();
    }
}
