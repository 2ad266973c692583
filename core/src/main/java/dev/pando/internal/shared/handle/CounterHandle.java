package dev.pando.internal.shared.handle;

import dev.pando.internal.shared.SharedLinks;
import dev.pando.internal.shared.SharedOperation;
import dev.pando.shared.SharedCounter;

/** A counter by its number and tag. */
record CounterHandle(long number, long tag) implements SharedCounter {

    @Override
    public long add(long amount) {
        return SharedLinks.ask(number, tag, SharedOperation.ADD, amount, 0).amount();
    }

    @Override
    public long get() {
        return SharedLinks.ask(number, tag, SharedOperation.COUNT, 0, 0).amount();
    }

    @Override
    public boolean compareAndSet(long expected, long now) {
        return SharedLinks.ask(number, tag, SharedOperation.SWAP_COUNT, expected, now)
                .isDone();
    }

    @Override
    public void close() {
        ConstructEnd.end(number, tag, SharedOperation.DISCARD);
    }
}
