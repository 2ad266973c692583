package dev.pando.spi;

import org.jspecify.annotations.Nullable;

/**
 * What an engine knows of one worker.
 *
 * @param seat {@code null}: it is starting
 * @param name its name, also before it has a seat
 * @param pid the number of its process, 0 if it has none yet
 * @param ageNanos how long ago it was started
 * @param tasks how many tasks it has begun
 * @param cpuNanos how long it had a processor, -1 if that is not known
 * @param residentBytes the memory of it and of the processes that it started, -1 if that is not known
 */
public record WorkerFacts(
        @Nullable Seat seat, String name, long pid, long ageNanos, int tasks, long cpuNanos, long residentBytes) {}
