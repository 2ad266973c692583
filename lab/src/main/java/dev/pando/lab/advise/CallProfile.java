package dev.pando.lab.advise;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a call of the function does. Times are those of an average call, in nanoseconds.
 *
 * @param kind what follows from the times
 * @param because why it is this kind, as the end of a sentence
 * @param calls how many calls the times come from
 * @param wallNanos from its beginning to its end
 * @param cpuNanos the processor time of that
 * @param waitNanos how long it waited for something of its own
 * @param delayNanos how long it had no processor, because of other programs; empty if the system does not tell
 * @param pauseNanos how long the collector stopped it
 * @param allocatedBytes what the call allocated, where the JVM can tell
 * @param argumentBytes the serialized size of the argument; empty if it is not serializable
 * @param resultBytes the serialized size of the result; empty if it is not serializable
 * @param obstacle why the function cannot be sent to another process; empty if it can
 */
public record CallProfile(
        WorkKind kind,
        String because,
        long calls,
        double wallNanos,
        double cpuNanos,
        double waitNanos,
        OptionalLong delayNanos,
        double pauseNanos,
        OptionalLong allocatedBytes,
        OptionalLong argumentBytes,
        OptionalLong resultBytes,
        Optional<String> obstacle) {

    /** Returns the part of its own time that a call waits: from 0, only computing, to 1, only waiting. */
    public double waitShare() {
        double own = cpuNanos + waitNanos;
        return own <= 0 ? 0 : waitNanos / own;
    }

    /** Returns how many workers keep a processor busy: {@code 1 + wait / compute}. */
    double workersPerProcessor() {
        return Math.clamp(1 + waitNanos / Math.max(1, cpuNanos), 1, 1_000);
    }

    CallProfile withObstacle(String found) {
        return new CallProfile(
                kind,
                because,
                calls,
                wallNanos,
                cpuNanos,
                waitNanos,
                delayNanos,
                pauseNanos,
                allocatedBytes,
                argumentBytes,
                resultBytes,
                Optional.of(found));
    }

    /** Returns whether the function can be sent to another process. */
    public boolean travels() {
        return obstacle.isEmpty();
    }
}
