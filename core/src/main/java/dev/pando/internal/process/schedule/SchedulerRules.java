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

    /** Returns until when a worker that starts now has time to get ready. */
    long startEnd(long now) {
        return after(now, startNanos);
    }

    /** Returns until when a worker that was asked now to stop its task has time to do so. */
    long graceEnd(long now) {
        return after(now, graceNanos);
    }

    /** Returns until when a worker that leaves now has time to end. */
    long leaveEnd(long now) {
        return after(now, leaveNanos);
    }

    /** Returns until when a worker that begins to rest now may do so. */
    long idleEnd(long now) {
        return after(now, idleNanos);
    }

    /** Returns {@link WorkerScheduler#NEVER} if the clock would overflow before. */
    private static long after(long now, long nanos) {
        long then = now + nanos;
        return nanos == WorkerScheduler.NEVER || then < now ? WorkerScheduler.NEVER : then;
    }
}
