package dev.pando.internal.process.wire;

import java.nio.ByteBuffer;

/**
 * A counter in memory that the program and its workers share, so that a step is one instruction and no message. The
 * program begins and closes it. A process that is killed leaves no half step: an addition is whole, or was never there.
 * Nothing that a worker writes here is believed to be more than a number.
 */
public final class CountPage extends WordPage {

    /** @param memory as that of any word */
    public CountPage(ByteBuffer memory) {
        super(memory);
    }

    /** The program's: what the counter is when its page is shown first. */
    public void begin(long count) {
        WORD.setVolatile(memory, AT, count);
    }

    /** Adds this, and returns the sum. */
    public long add(long amount) {
        return (long) WORD.getAndAdd(memory, AT, amount) + amount;
    }

    public boolean compareAndSet(long expected, long count) {
        return WORD.compareAndSet(memory, AT, expected, count);
    }
}
