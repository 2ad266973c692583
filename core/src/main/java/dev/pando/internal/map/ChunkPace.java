package dev.pando.internal.map;

/**
 * How large the next chunk of a map is: about a millisecond of work, or of the source's time if that is slower, so that
 * an element is neither drowned in overhead nor made to wait for its neighbours. Measured, unless the user chose a
 * size. The reader's thread.
 */
final class ChunkPace {
    private static final long TARGET_NANOS = 1_000_000;

    /** Elements in a chunk at most: beyond this an element's share of the overhead gets no smaller. */
    private static final int LARGEST_CHUNK = 8192;

    /**
     * A chunk is so many times as large as what was last tried at most, since elements may differ. A chunk of each size
     * goes to each worker, and a second one waits there, before the first comes back; so a million elements that cost
     * nothing would be half of their chunks in growing if each were twice the last.
     */
    private static final int GROWTH = 8;

    /**
     * A chunk that takes this many times the target hands back what it has not begun. Twice is ordinary, since elements
     * differ from those that were measured; twice more lets the usual jitter of a millisecond pass.
     */
    private static final long SLOW_FACTOR = 4;

    private final MapOptions<?> options;
    private int size;
    private long begun;
    private long waited;

    ChunkPace(MapOptions<?> options) {
        this.options = options;
        this.size = Math.max(1, options.chunk());
    }

    int size() {
        return size;
    }

    /** The first input of a chunk came. */
    void begins() {
        if (size > 1) {
            begun = System.nanoTime();
            waited = 0;
        }
    }

    /** The reader waited so long for results, which is no time of the source's. */
    void waited(long nanos) {
        waited += nanos;
    }

    /** The source gave so many inputs for a chunk. */
    void filled(int inputs) {
        if (inputs > 1) {
            long each = (System.nanoTime() - begun - waited) / inputs;
            if (each * size > TARGET_NANOS) {
                resize(each, inputs);
            }
        }
    }

    /** A worker took so long for so many elements. */
    void worked(long nanos, int elements) {
        if (nanos > 0 && elements > 0) {
            resize(nanos / elements, elements);
        }
    }

    private void resize(long nanosEach, int tried) {
        if (options.chunk() > 0 || oneByOne()) {
            return;
        }
        long aim = TARGET_NANOS / Math.max(1, nanosEach);
        long limit = options.window() > 0 ? Math.max(1, options.window() / options.chunks()) : LARGEST_CHUNK;
        size = (int) Math.clamp(Math.min(aim, (long) GROWTH * tried), 1, limit);
    }

    /** A deadline, and a retry, are an element's own: its neighbours must not use them up. */
    private boolean oneByOne() {
        return options.options().hasTimeout() || options.options().retries() > 0;
    }

    /** Returns how long a chunk may take before it hands back what it has not begun. */
    long budget() {
        return options.chunk() > 0 ? Long.MAX_VALUE : TARGET_NANOS * SLOW_FACTOR;
    }
}
