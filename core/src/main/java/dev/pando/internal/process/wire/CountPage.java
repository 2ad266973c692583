package dev.pando.internal.process.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A counter in memory that the program and its workers share, so that a step is one instruction and no message. The
 * program begins and closes it. A process that is killed leaves no half step: an addition is whole, or was never there.
 *
 * <p>A step throws {@link IllegalStateException} once the memory is unmapped in this process, and has done nothing
 * then. Nothing that a worker writes here is believed to be more than a number.
 */
public final class CountPage {
    /** How much memory it takes. */
    public static final int BYTES = 2 * Long.BYTES;

    private static final int COUNT = 0;
    private static final int CLOSED = Long.BYTES;

    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer memory;

    /**
     * @param memory zeros at first, and such that no process can cut it off: the fault of an atomic instruction would
     *     end the JVM
     */
    public CountPage(ByteBuffer memory) {
        this.memory = memory;
    }

    /** The program's: what the counter is when its page is shown first. */
    public void begin(long count) {
        WORD.setVolatile(memory, COUNT, count);
    }

    /** Adds this, and returns the sum. */
    public long add(long amount) {
        return (long) WORD.getAndAdd(memory, COUNT, amount) + amount;
    }

    public long get() {
        return (long) WORD.getVolatile(memory, COUNT);
    }

    public boolean compareAndSet(long expected, long count) {
        return WORD.compareAndSet(memory, COUNT, expected, count);
    }

    /** The program's: the counter has ended, and a step that finds that out afterwards is none. */
    public void close() {
        WORD.setVolatile(memory, CLOSED, 1L);
    }

    /** Returns whether the counter has ended, as far as this page tells: the program knows. Never throws. */
    public boolean isClosed() {
        try {
            return (long) WORD.getVolatile(memory, CLOSED) != 0;
        } catch (IllegalStateException unmapped) {
            return true;
        }
    }
}
