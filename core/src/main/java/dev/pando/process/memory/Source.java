package dev.pando.process.memory;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Who gives this program memory to share. */
public abstract class Source {
    /** Written once, as the first thing a worker does. */
    private static volatile @Nullable Source parent;

    /** This program is a worker, and has what its parent gives. */
    static void becomesWorker(Source borrowed) {
        parent = borrowed;
    }

    /** The parent of this program, if it is a worker. */
    public static @Nullable Source parent() {
        return parent;
    }

    /** New memory; unless it is to be zero, it must be overwritten in full before it is shown to anybody. */
    public abstract Span take(long bytes, boolean zeros) throws IOException;
}
