package dev.pando;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A flight recording that goes on until it is closed, as {@link Recordings} has started it. To close it twice does no
 * harm. Any thread may use it.
 */
public interface PoolRecording extends AutoCloseable {

    /**
     * Writes what was recorded so far into this file, one recording of the program and of its workers, for JDK Mission
     * Control, the {@code jfr} tool and {@code jdk.jfr.consumer.RecordingFile}. Replaces a file that is there, once the
     * new one is whole. The recording goes on. May be called when the pool is closed.
     *
     * @return what is missing: the reason, by the name of the worker, or by that of the pool for all that came later;
     *     empty if nothing is. Of a worker that was killed its last second may be missing, which is not told here
     * @throws IOException the file cannot be written: the disk is full, say
     * @throws IllegalStateException it is closed
     */
    Map<String, String> dump(Path file) throws IOException;

    /** Ends the recording, and deletes what no {@link #dump} has written. */
    @Override
    void close();
}
