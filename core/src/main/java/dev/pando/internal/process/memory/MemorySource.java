package dev.pando.internal.process.memory;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where this program gets memory to share. */
public abstract class MemorySource {
    /** Written once, as the first thing a worker does. */
    private static volatile @Nullable MemorySource parent;

    /** This program is a worker, and has what its parent gives. */
    static void becomesWorker(MemorySource borrowed) {
        parent = borrowed;
    }

    /** The parent of this program, if it is a worker. */
    public static @Nullable MemorySource parent() {
        return parent;
    }

    /** New memory; unless it is to be zero, it must be overwritten in full before it is shown. */
    public abstract SharedRegion take(long bytes, boolean zeros) throws IOException;
}
