package dev.pando.spi;

import java.nio.file.Path;
import java.util.Map;

/**
 * The flight recordings that the workers of a {@link VisibleEngine} make of themselves, each in its own JVM of this
 * machine. One recording at a time; any thread may ask.
 */
public interface WorkerRecordings {

    /**
     * Lets every worker record, and every worker that comes later. Returns which workers do not, with the reason of
     * each, once all that are here have answered or the patience is over.
     *
     * @param plan what they record, and where it stays
     * @throws IllegalStateException another recording of this pool goes on
     */
    Map<String, String> begin(RecordingPlan plan, long patienceNanos);

    /**
     * Lets every worker write what it has recorded so far into a file of this folder, and go on. Returns which workers
     * did not, with the reason of each.
     */
    Map<String, String> write(Path folder, long patienceNanos);

    /**
     * Ends the recording of every worker, which leaves its file in the folder of the plan. Returns which workers did
     * not, with the reason of each.
     */
    Map<String, String> end(long patienceNanos);
}
