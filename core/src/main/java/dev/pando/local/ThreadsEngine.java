package dev.pando.local;

import dev.pando.internal.util.MemoryPause;
import dev.pando.spi.Engine;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A set of platform threads, each of which takes the next job in line until there is none. A thread that finds none
 * lists itself as idle, looks once more, and parks; a thread that adds a job adds it first and then wakes the thread
 * that went idle last. So one of the two always sees the other, and a cache that is warm stays in use.
 *
 * <p>The threads are no daemons, so that work which was accepted is done before the JVM ends; and they go home after a
 * second without work, so that a pool which was forgotten neither holds up the end of the JVM nor stays in memory.
 */
final class ThreadsEngine implements Engine {
    private static final long IDLE_NANOS_UNTIL_HOME = 1_000_000_000L;
    /**
     * Looks at the queue before a worker parks, half of them spinning and half yielding: a few microseconds, about what
     * it costs to park and be woken, so that the spinning never costs more than twice the best choice.
     */
    private static final int LOOKS_UNTIL_PARKED = 60;

    /** How long a worker rests that no other thread knows of. */
    private static final long NANOS_UNLISTED = 1_000_000;

    /** Enough for a want of memory that passes. */
    private static final int TRIES = 100;

    private final Host host;
    private final int width;
    private final @Nullable Runnable initializer;
    private final Consumer<Thread> threadStarter;
    private final ConcurrentLinkedDeque<WorkerThread> idle = new ConcurrentLinkedDeque<>();

    /**
     * The threads that serve the queue, at most {@link #width}; raised before a thread is started, lowered when it
     * ends.
     */
    private final AtomicInteger serving = new AtomicInteger();

    /** The threads of the pool, and those that were started for one job beyond its width. */
    private final AtomicInteger alive = new AtomicInteger();

    private final AtomicInteger names = new AtomicInteger();
    private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

    private volatile boolean everReady;

    ThreadsEngine(Host host, int width, @Nullable Runnable initializer) {
        this(
                host,
                width,
                initializer,
                new Consumer<>() { // not a lambda: a program's first ones cost milliseconds
                    @Override
                    public void accept(Thread thread) {
                        thread.start();
                    }
                });
    }

    ThreadsEngine(Host host, int width, @Nullable Runnable initializer, Consumer<Thread> threadStarter) {
        this.host = host;
        this.threadStarter = threadStarter;
        this.width = width;
        this.initializer = initializer;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void wake() {
        WorkerThread last = idle.pollFirst();
        if (last != null) {
            LockSupport.unpark(last);
        } else if (serving.get() < width && host.anyInLine()) {
            enlist();
        }
        if (host.over()) {
            endWorkers();
        }
    }

    private void enlist() {
        for (int tries = 1; takePlace(); tries++) {
            try {
                start(null);
                return;
            } catch (Throwable t) {
                if (serving.get() > 0) {
                    return; // another thread comes for the job
                }
                // or one was to come that could not be started either, and a job relies on it
                if (tries == TRIES || !host.anyInLine()) {
                    throw t;
                }
                MemoryPause.rest();
            }
        }
    }

    private boolean takePlace() {
        for (int now = serving.get(); now < width; now = serving.get()) {
            if (serving.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void rescue(Job job) {
        start(job);
    }

    private void start(@Nullable Job only) {
        alive.incrementAndGet();
        try {
            threadStarter.accept(new WorkerThread(host.name() + "-" + names.incrementAndGet(), only));
        } catch (Throwable t) {
            if (only == null) {
                serving.decrementAndGet();
            }
            alive.decrementAndGet();
            throw t;
        }
    }

    /** No job will ever come again: wakes resting threads, so that they end; the last one reports the end. */
    private void endWorkers() {
        for (WorkerThread worker = idle.pollFirst(); worker != null; worker = idle.pollFirst()) {
            LockSupport.unpark(worker);
        }
        if (alive.get() == 0) {
            host.ended();
        }
    }

    private final class WorkerThread extends Thread {
        /** {@code null}: one that serves the queue. Otherwise a thread that was started for this job. */
        private final @Nullable Job only;

        WorkerThread(String name, @Nullable Job only) {
            super(null, null, name, 0, false);
            this.only = only;
            setDaemon(false);
            setContextClassLoader(loader); // that of the thread that opened the pool, not of the submitter
        }

        @Override
        public void run() {
            boolean ready = false;
            try {
                ready = ready();
                if (ready) {
                    work();
                }
            } finally {
                if (only == null) {
                    serving.decrementAndGet();
                }
                while (ready && !host.over() && host.anyInLine() && takePlace()) {
                    workOn();
                }
                host.leaving(this); // before the last thread reports the end of the pool
                alive.decrementAndGet();
                if (host.over()) {
                    endWorkers();
                }
            }
        }

        /** Stays, because a job came while this one was leaving: another thread might not be had. */
        private void workOn() {
            try {
                workAs(host.arrive(getName(), this), null);
            } catch (OutOfMemoryError noMemory) {
                MemoryPause.rest();
            } finally {
                serving.decrementAndGet();
            }
        }

        private boolean ready() {
            try {
                if (initializer != null) {
                    initializer.run();
                }
                everReady = true;
                return true;
            } catch (Throwable t) {
                if (!everReady || serving.get() <= 1) {
                    host.broken(t); // no other thread is there to do the work
                } else {
                    System.getLogger("dev.pando")
                            .log(System.Logger.Level.WARNING, "initializer failed on " + getName(), t);
                }
                return false;
            }
        }

        private void work() {
            workAs(seat(), only);
        }

        private void workAs(Seat seat, @Nullable Job only) {
            try {
                for (Job job = only != null ? only : next(); job != null; job = only != null ? null : next()) {
                    job.run(seat);
                    Thread.interrupted(); // what a task leaves behind is not the next one's
                }
            } finally {
                seat.leave();
            }
        }

        /** Waits until there is memory for it: the job relies on this thread. */
        private Seat seat() {
            while (true) {
                try {
                    return only == null ? host.arrive(getName(), this) : host.visit(false);
                } catch (OutOfMemoryError noMemory) {
                    MemoryPause.rest();
                }
            }
        }

        private @Nullable Job next() {
            Job job = host.next();
            return job != null ? job : rest();
        }

        /** The next job; {@code null} when it is time to go home. */
        private @Nullable Job rest() {
            long since = System.nanoTime();
            while (true) {
                boolean listed = listAsIdle();
                Job job = look();
                if (job == null && !host.over()) {
                    LockSupport.parkNanos(this, listed ? IDLE_NANOS_UNTIL_HOME : NANOS_UNLISTED);
                }
                boolean woken = listed && !idle.remove(this);
                if (job == null) {
                    job = host.next();
                }
                if (job != null) {
                    return job;
                }
                if (host.over()) {
                    return null;
                }
                if (woken) {
                    since = System.nanoTime();
                } else if (System.nanoTime() - since >= IDLE_NANOS_UNTIL_HOME) {
                    return null;
                }
            }
        }

        /** Returns false if there is no memory for it: then no thread wakes this one, which looks again soon. */
        private boolean listAsIdle() {
            try {
                idle.addFirst(this);
                return true;
            } catch (OutOfMemoryError noMemory) {
                return false;
            }
        }

        @SuppressWarnings("ThreadPriorityCheck") // a yield lets the thread with the next job bring it
        private @Nullable Job look() {
            for (int i = 0; i < LOOKS_UNTIL_PARKED; i++) {
                Job job = host.next();
                if (job != null || host.over()) {
                    return job;
                }
                if (i < LOOKS_UNTIL_PARKED / 2) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
            return host.next();
        }
    }
}
