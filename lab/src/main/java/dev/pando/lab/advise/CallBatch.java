package dev.pando.lab.advise;

import java.util.List;

/**
 * Some calls in a row on one thread, and where their time went, in nanoseconds.
 *
 * @param delay how long the thread was ready and had no processor; negative where the system does not tell
 * @param pause how long the collector stopped the thread
 * @param waits how often the thread began a wait that Java knows of: for a lock, or a sleep
 * @param parked how long the thread was inside those waits, until it ran again, where this was counted
 * @param allocated bytes; negative where the JVM does not tell
 */
record CallBatch(
        long calls,
        double wall,
        double cpu,
        double delay,
        double pause,
        double waits,
        double parked,
        double allocated) {

    static CallBatch sum(List<CallBatch> all) {
        return new CallBatch(
                all.stream().mapToLong(CallBatch::calls).sum(),
                all.stream().mapToDouble(CallBatch::wall).sum(),
                all.stream().mapToDouble(CallBatch::cpu).sum(),
                all.stream().allMatch(CallBatch::knowsDelay)
                        ? all.stream().mapToDouble(CallBatch::delay).sum()
                        : -1,
                all.stream().mapToDouble(CallBatch::pause).sum(),
                all.stream().mapToDouble(CallBatch::waits).sum(),
                all.stream().mapToDouble(CallBatch::parked).sum(),
                all.stream().allMatch(batch -> batch.allocated >= 0)
                        ? all.stream().mapToDouble(CallBatch::allocated).sum()
                        : -1);
    }

    boolean knowsDelay() {
        return delay >= 0;
    }

    /** Returns how long the calls waited for something of their own: not for a processor, and not for the collector. */
    double waiting() {
        return Math.max(0, wall - cpu - Math.max(0, delay) - pause);
    }

    /** Returns the time that a call would need on an idle machine. */
    double ownNanos() {
        return cpu + waiting();
    }

    double waitShare() {
        return ownNanos() <= 0 ? 0 : waiting() / ownNanos();
    }

    double waitsPerCall() {
        return waits / Math.max(1, calls);
    }

    /** Returns the part of the time that was spent inside waits that calls do not have when they are alone. */
    double parkedShareBeyond(CallBatch alone) {
        double more = waits <= 0 ? 0 : Math.max(0, 1 - alone.waitsPerCall() / waitsPerCall());
        return wall <= 0 ? 0 : more * Math.min(1, parked / wall);
    }

    /** Returns which part of the time is not the calls' own. */
    double noise() {
        return wall <= 0 ? 0 : 1 - Math.min(1, ownNanos() / wall);
    }
}
