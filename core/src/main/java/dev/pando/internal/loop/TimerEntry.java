package dev.pando.internal.loop;

/** An entry of {@link TimerHeap}: a coroutine that sleeps, or a scope that ends, at a moment of the loop's clock. */
abstract class TimerEntry {
    /** The moment. Written by {@link TimerHeap}, as are the order and the place. */
    long due;

    /** The order of setting, which decides between equal moments. */
    long order;

    /** {@link #NOWHERE}, {@link #IN_RUN}, or the index in the heap. */
    int place = NOWHERE;

    static final int NOWHERE = -1;
    static final int IN_RUN = -2;

    final boolean isSet() {
        return place != NOWHERE;
    }

    /** Called once the moment has come, with the turn; the alarm is no longer set. Must be short. */
    abstract void ring();
}
