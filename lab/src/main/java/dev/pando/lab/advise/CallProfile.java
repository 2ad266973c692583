package dev.pando.lab.advise;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a call of the function does without other load. Medians over the sample.
 *
 * @param wallNanos from its beginning to its end
 * @param cpuNanos the processor time of that
 * @param allocatedBytes what the call allocated, where the JVM can tell
 * @param argumentBytes the serialized size of the argument; empty if it is not serializable
 * @param resultBytes the serialized size of the result; empty if it is not serializable
 * @param obstacle why the function cannot be sent to another process; empty if it can
 */
public record CallProfile(
        int calls,
        double wallNanos,
        double cpuNanos,
        OptionalLong allocatedBytes,
        OptionalLong argumentBytes,
        OptionalLong resultBytes,
        Optional<String> obstacle) {

    /** Returns the part of its time that a call waits: from 0, only computing, to 1, only waiting. */
    public double waitShare() {
        return wallNanos <= 0 ? 0 : Math.clamp(1 - cpuNanos / wallNanos, 0, 1);
    }

    /** Returns how many workers keep a processor busy: {@code 1 + wait / compute}. */
    double workersPerProcessor() {
        return Math.clamp(wallNanos / Math.max(1, cpuNanos), 1, 1_000);
    }

    CallProfile withObstacle(String found) {
        return new CallProfile(
                calls, wallNanos, cpuNanos, allocatedBytes, argumentBytes, resultBytes, Optional.of(found));
    }

    /** Returns whether the function can be sent to another process. */
    public boolean travels() {
        return obstacle.isEmpty();
    }
}
