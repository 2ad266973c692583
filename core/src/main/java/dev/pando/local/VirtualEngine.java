package dev.pando.local;

import dev.pando.internal.util.ApartCounts;
import dev.pando.internal.util.MemoryPause;
import dev.pando.spi.DirectEngine;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A virtual thread for each job, {@code limit} at a time; each, when it is done, starts one for the next in line. If no
 * thread can be started, its counts are lowered again and its job goes back where it came from.
 */
final class VirtualEngine implements DirectEngine {
    /** Enough for a want of memory that passes. */
    private static final int TRIES = 100;

    private final Host host;
    private final int limit;

    private final Consumer<Runnable> threadStarter;

    /** Places in use, at most {@link #limit}. Raised before a job is taken, lowered when its thread is done. */
    private final AtomicInteger places = new AtomicInteger();

    /**
     * The threads that were started, in a place or beyond the limit, and those that are done. Submitters write the one,
     * the threads the other: one number for both slowed each task by a tenth.
     */
    private final ApartCounts threads = new ApartCounts(2);

    private static final int STARTED = 0;
    private static final int DONE = 1;

    VirtualEngine(Host host, int limit) {
        this(host, limit, Thread::startVirtualThread);
    }

    VirtualEngine(Host host, int limit, Consumer<Runnable> threadStarter) {
        this.host = host;
        this.limit = limit;
        this.threadStarter = threadStarter;
    }

    @Override
    public int width() {
        return limit;
    }

    @Override
    public boolean take(Job job) {
        boolean bounded = limit != Integer.MAX_VALUE;
        if (bounded && (host.anyInLine() || !takePlace())) {
            return false; // or it would overtake those in line
        }
        try {
            start(job, bounded);
        } catch (Throwable t) {
            if (bounded) {
                wakeForOthers();
            }
            throw t;
        }
        return true;
    }

    /** A job may have come to stand in line while this thread held a place in vain, and its wake-up have found none. */
    private void wakeForOthers() {
        try {
            wake();
        } catch (Throwable noThread) {
            // the next submission wakes again
        }
    }

    /** If no thread can be started, tries again, unless a thread in another place sees to the line when it is done. */
    @Override
    public void wake() {
        for (int tries = 1; ; tries++) {
            try {
                startThreads();
                return;
            } catch (Throwable t) {
                if (places.get() > 0) {
                    return;
                }
                if (tries == TRIES) {
                    throw t;
                }
                MemoryPause.rest();
            }
        }
    }

    private void startThreads() {
        while (takePlace()) {
            Job job = host.next();
            if (job != null) {
                startOrReturn(job);
                continue;
            }
            places.decrementAndGet();
            // else a job came while this thread held the place that the job's wake-up looked for
            if (!host.anyInLine()) {
                break;
            }
        }
        // in this order: when it is over, no thread is started any more
        if (host.over() && noneAlive()) {
            host.ended();
        }
    }

    /** Returns whether every thread that was started is done. Those that are done are looked at first, as both grow. */
    private boolean noneAlive() {
        long done = threads.get(DONE);
        return threads.get(STARTED) == done;
    }

    @Override
    public void rescue(Job job) {
        start(job, false);
    }

    private boolean takePlace() {
        for (int now = places.get(); now < limit; now = places.get()) {
            if (places.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    private void start(Job job, boolean inPlace) {
        threads.increment(STARTED);
        try {
            threadStarter.accept(() -> run(job, inPlace));
        } catch (Throwable t) {
            releasePlace(inPlace);
            throw t;
        }
    }

    private void startOrReturn(Job job) {
        try {
            start(job, true);
        } catch (Throwable t) {
            job.backInLine();
            throw t;
        }
    }

    private void releasePlace(boolean inPlace) {
        if (inPlace) {
            places.decrementAndGet();
        }
        threads.increment(DONE);
    }

    private void run(Job job, boolean inPlace) {
        try {
            runHere(job, inPlace);
        } finally {
            releasePlace(inPlace);
            startSuccessor();
        }
    }

    /**
     * Sees to the next in line. A thread that cannot start another runs the next job itself, again and again, or else
     * the line would stand still.
     */
    private void startSuccessor() {
        while (host.anyInLine() || host.over()) {
            try {
                startThreads();
                return;
            } catch (Throwable noThread) {
                if (!takePlace()) {
                    return; // a thread in another place sees to the line when it is done
                }
                threads.increment(STARTED);
                Job next = host.next();
                if (next != null) {
                    runHere(next, true);
                }
                releasePlace(true);
                MemoryPause.rest();
            }
        }
    }

    private void runHere(Job job, boolean inPlace) {
        Seat seat = seat(inPlace);
        try {
            job.run(seat);
        } finally {
            seat.leave();
        }
    }

    /** Waits until there is memory for it: no other thread has this job. */
    private Seat seat(boolean inPlace) {
        while (true) {
            try {
                return host.visit(inPlace);
            } catch (OutOfMemoryError noMemory) {
                MemoryPause.rest();
            }
        }
    }
}
