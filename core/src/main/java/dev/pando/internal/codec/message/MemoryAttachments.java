package dev.pando.internal.codec.message;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What one message takes along in shared memory, usually nothing. Used by the thread that encodes it. */
public final class MemoryAttachments {
    /** From this many bytes on an array is faster through shared memory than through a pipe (bench/README.md). */
    public static final int LARGE = 1 << 16;

    private final @Nullable SharedMemory sharedMemory;
    private SharedMemory.@Nullable MessageAttachments leaving;

    public MemoryAttachments(@Nullable SharedMemory sharedMemory) {
        this.sharedMemory = sharedMemory;
    }

    public Object replaced(Object object) throws IOException {
        if (sharedMemory == null || !(object instanceof Shareable || bytes(object) >= LARGE)) {
            return object;
        }
        if (leaving == null) {
            leaving = sharedMemory.leaving();
        }
        return leaving.replace(object);
    }

    public void complete() {
        if (leaving != null) {
            leaving.complete();
        }
    }

    public void letGo() {
        if (leaving != null) {
            leaving.letGo();
        }
    }

    /** Returns what the message took along, or null if nothing. */
    public SharedMemory.@Nullable MessageAttachments attachments() {
        return leaving;
    }

    /** Returns the size of a primitive array that memory can hold as it is. Returns 0 for anything else. */
    private static long bytes(Object object) {
        return PrimitiveArrays.covers(object.getClass()) && !(object instanceof boolean[])
                ? PrimitiveArrays.size(object)
                : 0;
    }
}
