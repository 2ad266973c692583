package dev.pando.internal.process.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A word in memory that the program and its workers share, and that all of them change by atomic instructions only; and
 * whether what it stands for has ended. A step throws {@link IllegalStateException} once the memory is unmapped in this
 * process, and has done nothing then.
 */
public abstract class WordPage {
    /** How much memory it takes. */
    public static final int BYTES = 2 * Long.BYTES;

    /** Where the word is. */
    static final int AT = 0;

    private static final int CLOSED = Long.BYTES;

    static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    final ByteBuffer memory;

    /**
     * @param memory zeros at first, and such that no process can cut it off: the fault of an atomic instruction would
     *     end the JVM
     */
    WordPage(ByteBuffer memory) {
        this.memory = memory;
    }

    public final long get() {
        return (long) WORD.getVolatile(memory, AT);
    }

    /** The program's: what the word stands for has ended, and a step that finds that out afterwards is none. */
    public void close() {
        WORD.setVolatile(memory, CLOSED, 1L);
    }

    /** Returns whether it has ended, as far as this page tells: the program knows. Never throws. */
    public final boolean isClosed() {
        try {
            return (long) WORD.getVolatile(memory, CLOSED) != 0;
        } catch (IllegalStateException unmapped) {
            return true;
        }
    }
}
