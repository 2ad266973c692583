package dev.pando;

import dev.pando.internal.PoolImpl;
import dev.pando.internal.util.Checks;
import java.util.Map;

/**
 * Flight recordings of a pool: one file with what this program has recorded, and what each of its worker processes has
 * recorded of itself. A value: each method returns another one, and {@link #start} starts it.
 *
 * {@snippet :
 * try (PoolRecording recording = Recordings.of(pool).start()) {
 *     pool.map(Pdf::render, paths).toList();
 *     recording.dump(Path.of("render.jfr"));
 * }
 * }
 *
 * <p>In the category Pando are the events of the pool, with the task's name, attempt and worker. A worker process adds
 * {@code dev.pando.TaskRun}, which lasts as long as the task. Nodes of a cluster are not recorded.
 */
public final class Recordings {
    private static final long MOST_BYTES = 64L << 20;
    private static final long FEWEST_BYTES = 1L << 20;

    private final Pool pool;
    private final Map<String, String> settings;
    private final boolean isDetailed;
    private final long mostBytes;

    private Recordings(Pool pool, Map<String, String> settings, boolean isDetailed, long mostBytes) {
        this.pool = pool;
        this.settings = settings;
        this.isDetailed = isDetailed;
        this.mostBytes = mostBytes;
    }

    /** Recordings of this pool, of the events that the JDK's own settings {@code default} name. */
    public static Recordings of(Pool pool) {
        return new Recordings(Checks.present(pool, "pool"), Map.of(), false, MOST_BYTES);
    }

    /** The events of the JDK's own settings {@code profile}, which cost a program about two parts in a hundred. */
    public Recordings detailed() {
        return new Recordings(pool, settings, true, mostBytes);
    }

    /**
     * Settings beside or in the place of the JDK's own, as {@code jdk.jfr.Recording} takes them: {@code
     * jdk.ThreadPark#threshold} is {@code 20 ms}.
     */
    public Recordings settings(Map<String, String> settings) {
        return new Recordings(pool, Map.copyOf(settings), isDetailed, mostBytes);
    }

    /**
     * How much is kept of this program, of each worker, and of all workers together that have ended; the oldest goes
     * first. The default is 64 MiB.
     *
     * @throws IllegalArgumentException less than a mebibyte
     */
    public Recordings mostBytes(long bytes) {
        if (bytes < FEWEST_BYTES) {
            throw new IllegalArgumentException("bytes must be " + FEWEST_BYTES + " at least, not " + bytes);
        }
        return new Recordings(pool, settings, isDetailed, bytes);
    }

    /**
     * Starts the recording, and returns once the workers that are here record, or have not answered for ten seconds. A
     * worker that starts later records from before its first task on. While a pool is recorded, no task is sent to a
     * worker process ahead of its turn. The recording stops by itself while there is room left on the disk.
     *
     * @throws IllegalStateException this Java has no module {@code jdk.jfr}, or the pool is being recorded already
     * @throws java.io.UncheckedIOException there is no room for a recording
     */
    public PoolRecording start() {
        if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
            throw new IllegalStateException("this runtime has no module jdk.jfr, which records");
        }
        return ((PoolImpl) pool).record(settings, isDetailed, mostBytes);
    }
}
