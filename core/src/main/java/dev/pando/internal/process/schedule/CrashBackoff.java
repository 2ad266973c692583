package dev.pando.internal.process.schedule;

/**
 * Holds back new workers when those that were started keep dying: the first few are replaced at once, then each waits
 * twice as long as the one before. A worker that gets ready, or answers, ends the storm. Belongs to the
 * {@link WorkerScheduler}.
 */
final class CrashBackoff {
    private static final long FIRST = 50_000_000L;
    private static final long LONGEST = 2_000_000_000L;
    /** Failed starts in a row after which the next worker will not get ready either. */
    private static final int HOPELESS_AT_FIRST = 3;

    private static final int HOPELESS_LATER = 8;

    private boolean everReady;
    private int failures;
    private int deaths;
    private long notBefore = Long.MIN_VALUE;
    private boolean held;

    /** A worker got ready. It may still die at its first task. */
    void ready() {
        everReady = true;
        failures = 0;
    }

    /** A worker answered a task. Others may still be unable to get ready. */
    void answered(long now) {
        deaths = 0;
        if (failures == 0) {
            notBefore = Math.min(notBefore, now);
        }
    }

    boolean everReady() {
        return everReady;
    }

    void tick(long now) {
        if (now >= notBefore) {
            held = false;
        }
    }

    void failedToStart(long now) {
        failures++;
        pause(now, failures);
    }

    /** The parent had no memory to start a worker, which says nothing about the next. */
    void starved(long now) {
        pause(now, 1);
    }

    /** Returns whether the next worker is taken not to get ready either. */
    boolean isHopeless() {
        return failures >= (everReady ? HOPELESS_LATER : HOPELESS_AT_FIRST);
    }

    void died(long now, int harmless) {
        deaths++;
        if (deaths > harmless) {
            pause(now, deaths - harmless);
        }
    }

    private void pause(long now, int times) {
        notBefore = now + Math.min(LONGEST, FIRST << Math.min(10, times - 1));
    }

    /** Returns whether a worker may be started now; if not, {@link #due} tells when to ask again. */
    boolean mayLaunch(long now) {
        held = now < notBefore;
        return !held;
    }

    long due() {
        return held ? notBefore : WorkerScheduler.NEVER;
    }
}
