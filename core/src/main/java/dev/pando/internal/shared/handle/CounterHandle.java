package dev.pando.internal.shared.handle;

import dev.pando.internal.shared.CounterCalls;
import dev.pando.internal.shared.SharedOperation;
import dev.pando.shared.SharedCounter;

/** A counter by its number and tag. */
record CounterHandle(long number, long tag) implements SharedCounter {

    @Override
    public long add(long amount) {
        return CounterCalls.add(number, tag, amount);
    }

    @Override
    public long get() {
        return CounterCalls.get(number, tag);
    }

    @Override
    public boolean compareAndSet(long expected, long now) {
        return CounterCalls.compareAndSet(number, tag, expected, now);
    }

    @Override
    public void close() {
        ConstructEnd.end(number, tag, SharedOperation.DISCARD);
    }
}
