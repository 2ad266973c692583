package dev.pando.loop;

/** Something that is due at a moment of the loop's clock: a coroutine that sleeps, or a scope that ends. */
abstract class Alarm {
    /** In {@link Sleepers} only: when, and in which order among equals. */
    long due;

    long order;

    /** Where it stands: {@link #NOWHERE}, {@link #IN_RUN}, or its place in the heap. Written by {@link Sleepers}. */
    int place = NOWHERE;

    static final int NOWHERE = -1;
    static final int IN_RUN = -2;

    final boolean isSet() {
        return place != NOWHERE;
    }

    /** It is due, and no longer set. Called by whoever holds the turn; must be short. */
    abstract void ring();
}
