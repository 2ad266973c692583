package dev.pando.lab.advise;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one call of the function does, when nothing else goes on. Medians over the sample.
 *
 * @param wallNanos from its beginning to its end
 * @param cpuNanos how long of that it kept a processor busy
 * @param allocatedBytes what it allocated, where the JVM can tell
 * @param argumentBytes the size of the argument as it would travel; absent if it cannot
 * @param resultBytes that of the result
 * @param obstacle why it cannot be sent to another process, if it cannot
 */
public record Profile(
        int calls, double wallNanos, double cpuNanos, OptionalLong allocatedBytes, OptionalLong argumentBytes, OptionalLong resultBytes,
        Optional<String> obstacle) {

    /** Which part of its time it waits: 0 computes, 1 waits. */
    public double waitShare() {
        return wallNanos <= 0 ? 0 : Math.clamp(1 - cpuNanos / wallNanos, 0, 1);
    }

    /** How many workers keep one processor busy: {@code 1 + wait / compute}. */
    double workersPerProcessor() {
        return Math.clamp(wallNanos / Math.max(1, cpuNanos), 1, 1_000);
    }

    Profile withObstacle(String found) {
        return new Profile(calls, wallNanos, cpuNanos, allocatedBytes, argumentBytes, resultBytes, Optional.of(found));
    }

    /** It can be sent to another process. */
    public boolean travels() {
        return obstacle.isEmpty();
    }
}
