package dev.pando;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A worker at one moment. What is not known of this kind of worker is absent and never zero.
 *
 * @param name as tasks and threads are told it: {@code io-3}
 * @param activity what it does
 * @param task what it runs
 * @param pid the number of its process, if it has one of its own
 * @param age how long ago its process was started
 * @param tasks how many tasks it has begun
 * @param cpuTime how long its process had a processor
 * @param memory the bytes that its process has in RAM, together with the processes that it started
 */
public record WorkerInfo(
        String name,
        Activity activity,
        Optional<TaskInfo> task,
        OptionalLong pid,
        Optional<Duration> age,
        OptionalInt tasks,
        Optional<Duration> cpuTime,
        OptionalLong memory) {

    /** What a worker does. */
    public enum Activity {
        /** Its process is not ready for a task. */
        STARTING,
        /** It is ready, and has no task. */
        IDLE,
        /** It has a task. */
        RUNNING
    }
}
