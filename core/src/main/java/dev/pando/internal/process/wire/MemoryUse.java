package dev.pando.internal.process.wire;

import java.io.IOException;

/** What shared memory is asked for, which decides what it must be. */
public enum MemoryUse {
    /** An array is copied in, and copied out once: no user sees the memory. */
    COPY(0),

    /** A user sees the memory itself, after all of it was overwritten. */
    FILLED_ARRAY(1),

    /** A user sees the memory itself, and it is zero. */
    ZERO_ARRAY(2);

    /** Stands for the use in a message. */
    final int number;

    MemoryUse(int number) {
        this.number = number;
    }

    /** Whether a user may get at the memory itself, with native code or atomic instructions. */
    public boolean isShown() {
        return this != COPY;
    }

    static MemoryUse of(int number) throws IOException {
        for (MemoryUse use : values()) {
            if (use.number == number) {
                return use;
            }
        }
        throw new BadFrameException("a use of memory that there is not: " + number);
    }
}
