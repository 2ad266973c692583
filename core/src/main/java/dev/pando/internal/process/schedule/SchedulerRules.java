package dev.pando.internal.process.schedule;

/**
 * What a {@link WorkerScheduler} keeps to: how many workers there may be, and how long each may take for what.
 *
 * @param recycleAfter tasks after which a worker leaves; 0: any number
 * @param idleNanos how long a worker may rest; {@link WorkerScheduler#NEVER}: for ever, as for every other duration
 */
public record SchedulerRules(
        int width, int spares, int recycleAfter, long startNanos, long graceNanos, long leaveNanos, long idleNanos) {
    /**
     * Returns the upper bound of processes, those included that are slow to leave: each worker may have a successor.
     */
    int most() {
        return 2 * width + spares;
    }
}
