package dev.pando.internal.process.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a {@link ProgressPage} is written on: words, each a long, at places that are multiples of eight. Read and
 * written in the order told.
 */
public interface SharedWords {

    long get(int at);

    void set(int at, long word);

    /** As {@link #set}, and may be seen later by the other side while this one lives. */
    default void setSoon(int at, long word) {
        set(at, word);
    }

    /** Mapped memory. */
    final class MappedWords implements SharedWords {
        private static final VarHandle WORD =
                MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

        private final ByteBuffer memory;

        public MappedWords(ByteBuffer memory) {
            this.memory = memory;
        }

        @Override
        public long get(int at) {
            return (long) WORD.getVolatile(memory, at);
        }

        @Override
        public void set(int at, long word) {
            WORD.setVolatile(memory, at, word);
        }

        @Override
        public void setSoon(int at, long word) {
            WORD.setOpaque(memory, at, word);
        }
    }
}
