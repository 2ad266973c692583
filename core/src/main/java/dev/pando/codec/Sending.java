package dev.pando.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What one message takes along in shared memory, usually nothing. Used by the thread that encodes it. */
final class Sending {
    /** From this many bytes on an array is faster through shared memory than through a pipe (bench/README.md). */
    static final int LARGE = 1 << 16;

    private final @Nullable Shared shared;
    private Shared.@Nullable Leaving leaving;

    Sending(@Nullable Shared shared) {
        this.shared = shared;
    }

    Object replaced(Object object) throws IOException {
        if (shared == null || !(object instanceof Shareable || bytes(object) >= LARGE)) return object;
        if (leaving == null) leaving = shared.leaving();
        return leaving.replace(object);
    }

    void complete() {
        if (leaving != null) leaving.complete();
    }

    void letGo() {
        if (leaving != null) leaving.letGo();
    }

    /** Returns what the message took along, or null if nothing. */
    Shared.@Nullable Leaving attachments() {
        return leaving;
    }

    /** Returns the size of a primitive array that memory can hold as it is. Returns 0 for anything else. */
    private static long bytes(Object object) {
        return Primitives.covers(object.getClass()) && !(object instanceof boolean[]) ? Primitives.size(object) : 0;
    }
}
