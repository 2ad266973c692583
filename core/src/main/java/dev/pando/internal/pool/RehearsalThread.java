package dev.pando.internal.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread of the {@link PoolRehearsal}, once in a JVM, and then of the {@link BeanWatch}, as long as a pool is open.
 * A class of its own, since the classes of those are not to be loaded before the first results are there.
 */
public final class RehearsalThread extends Thread {
    /** The first results of a program shall not share the processors with a rehearsal. */
    private static final long DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Whether the thread is here, or not needed any more. */
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private static volatile boolean rehearsed;

    private final long delayNanos;
    private final boolean stays;

    private RehearsalThread(long delayNanos, boolean stays) {
        super(null, null, "pando-rehearsal", 0, false);
        this.delayNanos = delayNanos;
        this.stays = stays;
        setDaemon(true);
    }

    /**
     * Called when a pool has been opened; the rehearsal of the first comes a moment later. Never throws: a pool without
     * rehearsal is as good while there is memory.
     */
    public static void once() {
        if (BEGUN.get() || !BEGUN.compareAndSet(false, true)) {
            return;
        }
        try {
            new RehearsalThread(DELAY_NANOS, true).start();
        } catch (Throwable noThread) {
            BEGUN.set(false);
        }
    }

    /** Rehearses at once, and waits for the end. */
    public static void now() throws InterruptedException {
        BEGUN.set(true);
        Thread thread = new RehearsalThread(0, false);
        thread.start();
        thread.join();
    }

    @Override
    public void run() {
        LockSupport.parkNanos(delayNanos);
        boolean hasWatched = false;
        try {
            if (!rehearsed) {
                PoolRehearsal.play();
                rehearsed = true;
            }
            hasWatched = stays && BeanWatch.isWanted();
            if (hasWatched) {
                setName("pando-beans");
                BeanWatch.stay();
            }
        } catch (Throwable noMemory) {
            // the next pool to be opened tries again
        }
        if (hasWatched || !rehearsed) {
            BEGUN.set(false);
        }
        if (hasWatched && OpenPools.isAnyOpen()) {
            once(); // a pool was opened that still saw this thread
        }
    }
}
