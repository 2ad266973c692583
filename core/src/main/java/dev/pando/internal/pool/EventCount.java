package dev.pando.internal.pool;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** A number of events, which many threads count at once. Counting never fails, not even without memory. */
final class EventCount {
    private final LongAdder spread = new LongAdder();

    /** Counts what {@link #spread} could not, because it wanted to grow. */
    private final AtomicLong unspread = new AtomicLong();

    void increment() {
        try {
            spread.increment();
        } catch (OutOfMemoryError noMoreCells) {
            unspread.incrementAndGet();
        }
    }

    long sum() {
        return spread.sum() + unspread.get();
    }
}
