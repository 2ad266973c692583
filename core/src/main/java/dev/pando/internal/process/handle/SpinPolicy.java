package dev.pando.internal.process.handle;

/**
 * How long a caller looks for the next answer of a worker before it goes to sleep. Written by the thread that serves
 * the worker; read by any caller.
 */
public final class SpinPolicy {
    /** An answer that usually comes within this time is worth looking for: to sleep and be woken takes as long. */
    private static final long WORTH_NANOS = 100_000;

    /** The inverse of the weight of the last answer in the average: some ten answers back the past has faded. */
    private static final int FADING = 8;

    /**
     * What tasks took lately, from being sent to their answer. Long ones count for long, so that few are looked for in
     * vain.
     */
    private volatile long averageNanos = WORTH_NANOS;

    /** @param nanos from being sent, or from the answer before, to this answer */
    public void answered(long nanos) {
        long before = averageNanos;
        averageNanos = before + (nanos - before) / FADING;
    }

    /** Returns the nanoseconds to spin for the next answer: twice the average, or 0 where the average is too long. */
    public long spinNanos() {
        long usual = averageNanos;
        return usual < WORTH_NANOS ? 2 * usual : 0;
    }
}
