package dev.pando.internal.pool;

import dev.pando.internal.util.ApartCounts;

/** A number of events, which many threads count at once. Counting never fails, not even without memory. */
final class EventCount {
    /**
     * One count, not a LongAdder: a thread's first use of an adder under contention sets the thread up for it, and a
     * virtual thread that runs one task has no second.
     */
    private final ApartCounts events = new ApartCounts(1);

    void increment() {
        events.increment(0);
    }

    long sum() {
        return events.get(0);
    }
}
