package dev.pando;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known about a task at this moment. What has not happened, or cannot be measured by this kind of worker, is
 * absent and never zero.
 *
 * @param id unique in its pool, counted up in order of submission
 * @param name how it is called: {@code render-17}
 * @param worker the worker that runs it or ran it last
 * @param attempts how often a worker began it
 * @param queued when it was submitted
 * @param started when a worker began it, the last time
 * @param finished when it was done
 * @param bill what the last attempt cost
 * @param progress how far it has last said that it is; a new attempt keeps it until it says something
 */
public record TaskInfo(
        long id,
        String name,
        Optional<String> worker,
        int attempts,
        Instant queued,
        Optional<Instant> started,
        Optional<Instant> finished,
        Bill bill,
        Optional<TaskProgress> progress) {

    /**
     * What the last attempt cost. A pool of this JVM fills it in when it was opened {@code metered()}: asking the
     * operating system for a thread's time costs more than a small task.
     *
     * @param cpuTime how long it had a processor
     * @param allocatedBytes how much memory it allocated
     * @param sentBytes how much was sent to a worker of another JVM
     * @param receivedBytes how much that worker answered
     */
    public record Bill(
            Optional<Duration> cpuTime,
            OptionalLong allocatedBytes,
            OptionalLong sentBytes,
            OptionalLong receivedBytes) {}
}
