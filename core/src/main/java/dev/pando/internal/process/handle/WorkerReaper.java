package dev.pando.internal.process.handle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.util.MemoryPause;
import dev.pando.internal.util.Uninterruptibly;
import dev.pando.spi.Failure;
import dev.pando.spi.Failure.Progress;
import dev.pando.spi.Seat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The end of a worker. It begins when the process has exited, or when its channel has ended, whichever is noticed
 * first, and is carried out once: the rest of its messages is read, its process tree ended, its last output collected,
 * its tasks reported. An answer that was complete when the worker died counts.
 */
final class WorkerReaper implements Runnable {
    /**
     * How long a worker whose channel has ended may take to exit by itself: its own exit tells more than our kill. A
     * JVM that ends runs shutdown hooks, for which a second is usual.
     */
    private static final long EXIT_MILLIS = 1000;

    /**
     * How long a channel may outlive its worker before another process is taken to hold it open. Usually it ends first:
     * the kernel closes it at the exit, and the thread that reads needs to be scheduled once.
     */
    private static final long LAST_BYTES_MILLIS = 30;

    /**
     * How long to wait for the rest of a channel that another process may hold open: what is in the pipe is read in far
     * less.
     */
    private static final long REST_MILLIS = 300;

    /**
     * Rests to wait while a message is settled: 30 seconds, because user code that unpacks a result may take long, or
     * never end.
     */
    private static final int SETTLING_RESTS = 100;

    /**
     * The same after our own kill. A task that was stopped, or a pool that was closed, does not wait for an answer
     * which a worker has made costly to unpack.
     */
    private static final int KILLED_RESTS = 1;

    private static final int STEPS = 11;

    private final WorkerHandle worker;
    private final Supervisor supervisor;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch channelEnd = new CountDownLatch(1);

    /** Whether a message is being unpacked or settled. Written by the thread that reads. */
    volatile boolean settling;

    /** Nothing is left to do: the pool may have ended, so that no thread of it may start any more. */
    @GuardedBy("this")
    private boolean over;

    private volatile @Nullable String failure;

    /** The tasks that the worker has not answered. Used by the thread that carries the end out, as the one below. */
    private List<Assignment> left = List.of();

    private String reason = "";

    WorkerReaper(WorkerHandle worker) {
        this.worker = worker;
        this.supervisor = worker.supervisor;
    }

    /** No more messages come. Called once, by the thread that read them, as its last act. */
    void channelEnded(@Nullable String because) {
        failure = because;
        channelEnd.countDown();
        WorkerHandle.Running running = worker.running;
        while (running != null) {
            try {
                // the JDK reports the exit a moment later
                if (worker.services.os().hasEnded(running.process().pid())) {
                    giveAwayPlace();
                }
                awaitExit(running.process());
                break;
            } catch (OutOfMemoryError noMemory) {
                MemoryPause.rest();
            }
        }
        carryOut();
    }

    /**
     * The process has exited. Its messages may not all be read yet, or never end, if a helper process holds the pipe.
     */
    @Override
    public void run() {
        WorkerHandle.Running running = java.util.Objects.requireNonNull(worker.running);
        if (await(channelEnd, LAST_BYTES_MILLIS)) {
            return; // the thread that read the channel carries it out, and looks for the process tree, once
        }
        try {
            running.tree().end();
        } catch (OutOfMemoryError noMemory) {
            // again further down
        }
        int rests = worker.whyKilled() == null ? SETTLING_RESTS : KILLED_RESTS;
        for (int patience = rests; patience > 0 && !await(channelEnd, REST_MILLIS); patience--) {
            if (!settling) {
                break;
            }
        }
        carryOut();
    }

    private static void awaitExit(Process process) {
        Uninterruptibly.await(() -> {
            if (!process.waitFor(EXIT_MILLIS, TimeUnit.MILLISECONDS)) {
                process.toHandle().destroyForcibly();
            }
            process.waitFor();
        });
    }

    /** A step that finds no memory is taken again, because no other thread buries this worker. */
    private void carryOut() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        boolean wasReady = worker.seat != null;
        for (int step = 0; step < STEPS; ) {
            try {
                take(step, wasReady);
                step++;
            } catch (OutOfMemoryError noMemory) {
                MemoryPause.rest();
            }
        }
    }

    private void take(int step, boolean wasReady) {
        WorkerHandle.Running running = worker.running;
        switch (step) {
            case 0 -> left = worker.inFlight.close(worker.services.host());
            case 1 -> {
                if (running != null && !wasReady) {
                    running.output().awaitEnd(TimeUnit.MILLISECONDS.toNanos(REST_MILLIS));
                }
                giveAwayPlace();
                reason = reason();
            }
            case 2 -> {
                WorkerShares shares = worker.shares;
                if (shares != null) {
                    // before its tasks are told, so that no waiter of them finds their locks held
                    shares.died(reason, left);
                }
                if (!wasReady) {
                    supervisor.diedUnready(worker, reason);
                }
                settle(true); // their retry need not wait for the steps below
            }
            case 3 -> supervisor.hire(); // also for the tasks given back
            case 4 -> {
                if (running != null) {
                    running.tree().end();
                    running.output().awaitEnd(TimeUnit.MILLISECONDS.toNanos(REST_MILLIS));
                }
            }
            case 5 ->
                leaveSeat(); // before its tasks are told, so that a reader of their failure finds the loss counted
            case 6 -> settle(false);
            case 7 -> worker.closeChannels();
            case 8 -> worker.memory.dead();
            case 9 -> {
                WorkerTape tape = worker.tape;
                if (tape != null) {
                    tape.died();
                }
            }
            default -> {
                end();
                supervisor.buried(worker);
            }
        }
    }

    private synchronized void end() {
        over = true;
    }

    synchronized boolean isOver() {
        return over;
    }

    private String reason() {
        try {
            return DeathReport.reason(worker, failure);
        } catch (OutOfMemoryError noMemory) {
            return "it died, and there is no memory to find out how";
        }
    }

    private void leaveSeat() {
        Seat seat = worker.seat;
        if (seat != null && worker.released) {
            seat.leave();
        } else if (seat != null) {
            reportLost(seat);
        }
    }

    /** With less memory less is told: the pool must learn that the worker is gone. */
    private void reportLost(Seat seat) {
        Assignment current = left.isEmpty() ? null : left.getFirst();
        String task = current == null ? "" : current.job.name();
        Failure.Lost loss;
        try {
            Progress came = current == null ? Progress.NOT_STARTED : progress(current);
            loss = new Failure.Lost(came, DeathReport.of(worker, task, reason));
        } catch (OutOfMemoryError noMemory) {
            seat.lost(reason);
            return;
        }
        seat.lost(loss, task);
    }

    /** Settles the tasks that the worker never began, or else the others. A task without memory ends with that. */
    private void settle(boolean unread) {
        for (int i = 0; i < left.size(); i++) {
            Assignment one = left.get(i);
            try {
                if (unread) {
                    one.unread = isUnread(one);
                }
                if (one.unread != unread) {
                    continue;
                }
                if (unread) {
                    giveBack(one);
                } else {
                    report(one, reason);
                }
            } catch (OutOfMemoryError noMemory) {
                one.job.fail(one.attempt, Failure.UNTOLD);
            }
        }
    }

    /**
     * Frees the place before the reason is known: the reason takes a look into files, and no waiter needs it so soon if
     * the worker was ready.
     */
    private void giveAwayPlace() {
        if (worker.seat == null) {
            return;
        }
        supervisor.died(worker.id, "it died just when it was ready");
        supervisor.hire();
    }

    /** Returns whether the worker never began the task, and was not killed for it. */
    private boolean isUnread(Assignment left) {
        boolean itsOwnFault = worker.whyKilled() == null || failure != null || worker.stopped;
        return itsOwnFault && progress(left) == Progress.NOT_STARTED;
    }

    private void giveBack(Assignment left) {
        reportStopped(left);
        worker.giveBack(left.job, left.attempt, left.payload);
    }

    private void report(Assignment left, String reason) {
        reportStopped(left);
        left.job.fail(
                left.attempt,
                new Failure.Lost(
                        progress(left),
                        DeathReport.of(worker, left.job.name(), reason),
                        worker.inFlight.stepOnPage(left.run)));
    }

    /** Reports an empty stack trace of a task that was asked to stop, because a caller waits for one. */
    private void reportStopped(Assignment left) {
        if (left.isStopped()) {
            left.reportStuck(List.of());
        }
    }

    /**
     * Returns the later of the last message and the note on the page: either may be older, the note before the worker
     * had the page.
     */
    private Progress progress(Assignment left) {
        Progress noted = worker.inFlight.progressOnPage(left.run);
        return left.progress.compareTo(noted) > 0 ? left.progress : noted;
    }

    private static boolean await(CountDownLatch latch, long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
