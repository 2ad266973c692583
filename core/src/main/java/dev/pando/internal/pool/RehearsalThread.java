package dev.pando.internal.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread of the {@link PoolRehearsal}, once in a JVM. A class of its own, since the rehearsal's class is not to be
 * loaded before the first results are there.
 */
public final class RehearsalThread extends Thread {
    /** The first results of a program shall not share the processors with a rehearsal. */
    private static final long DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private final long delayNanos;

    private RehearsalThread(long delayNanos) {
        super(null, null, "pando-rehearsal", 0, false);
        this.delayNanos = delayNanos;
        setDaemon(true);
    }

    /**
     * Called when a pool is opened; the rehearsal of the first comes a moment later. Never throws: a pool without
     * rehearsal is as good while there is memory.
     */
    public static void once() {
        if (BEGUN.get() || !BEGUN.compareAndSet(false, true)) {
            return;
        }
        try {
            new RehearsalThread(DELAY_NANOS).start();
        } catch (Throwable noThread) {
            BEGUN.set(false);
        }
    }

    /** Rehearses at once, and waits for the end. */
    public static void now() throws InterruptedException {
        BEGUN.set(true);
        Thread thread = new RehearsalThread(0);
        thread.start();
        thread.join();
    }

    @Override
    public void run() {
        LockSupport.parkNanos(delayNanos);
        try {
            PoolRehearsal.play();
        } catch (Throwable noMemory) {
            BEGUN.set(false); // the next pool to be opened tries again
        }
    }
}
