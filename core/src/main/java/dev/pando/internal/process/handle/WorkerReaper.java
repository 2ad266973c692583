package dev.pando.internal.process.handle;

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
 * first, and is carried out once: the rest of what it said is heard, its family ended, its last words collected, what
 * it was at reported. An answer that was complete when the worker died counts.
 */
final class WorkerReaper {
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
     * How many times as long, 30 seconds, where code of the user's that unpacks a result takes its time, or never ends.
     */
    private static final int HEARING_RESTS = 100;

    private final WorkerHandle worker;
    private final Supervisor supervisor;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch silent = new CountDownLatch(1);

    /** Whether something that it said is being unpacked or settled. Written by the thread that listens. */
    volatile boolean hearing;

    private volatile @Nullable String failure;

    WorkerReaper(WorkerHandle worker) {
        this.worker = worker;
        this.supervisor = worker.supervisor;
    }

    /** Nothing more will be heard. Called once, by the thread that listened, as its last act. */
    void silent(@Nullable String because) {
        failure = because;
        silent.countDown();
        WorkerHandle.Running running = worker.running;
        if (running != null) {
            // its parent is told a moment later
            if (worker.services.os().hasEnded(running.process().pid())) {
                giveAwayPlace();
            }
            awaitExit(running.process());
        }
        carryOut();
    }

    /**
     * The process has exited. What it said may not all be heard yet, or never end, where a helper process holds the
     * pipe.
     */
    void exited() {
        WorkerHandle.Running running = java.util.Objects.requireNonNull(worker.running);
        if (await(silent, LAST_BYTES_MILLIS)) {
            return; // the thread that ended the silence carries it out, and looks for the process tree, once
        }
        running.tree().end();
        for (int patience = HEARING_RESTS; patience > 0 && !await(silent, REST_MILLIS); patience--) {
            if (!hearing) {
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

    private void carryOut() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        WorkerHandle.Running running = worker.running;
        List<Assignment> left = worker.inFlight.close(worker.services.host());
        if (running != null && worker.seat == null) {
            running.output().awaitEnd(TimeUnit.MILLISECONDS.toNanos(REST_MILLIS));
        }
        boolean wasReady = worker.seat != null;
        giveAwayPlace();
        String reason = DeathReport.reason(worker, failure);
        if (!wasReady) {
            supervisor.diedUnready(worker, reason);
        }
        List<Assignment> unheard = left.stream().filter(this::isUnheard).toList();
        unheard.forEach(this::giveBack); // they need not wait for what others did here
        supervisor.hire(); // also for those
        if (running != null) {
            running.tree().end();
            running.output().awaitEnd(TimeUnit.MILLISECONDS.toNanos(REST_MILLIS));
        }
        for (Assignment heard : left) {
            if (!unheard.contains(heard)) {
                report(heard, reason);
            }
        }
        worker.closeChannels();
        worker.memory.dead();
        Seat seat = worker.seat;
        if (seat != null && worker.isReleased()) {
            seat.leave();
        } else if (seat != null) {
            seat.lost(reason);
        }
        supervisor.buried(worker);
    }

    /**
     * Before the reason is known: that takes a look into files, and no waiter needs it so soon if the worker was ready.
     */
    private void giveAwayPlace() {
        if (worker.seat == null) {
            return;
        }
        supervisor.died(worker.id, "it died just when it was ready");
        supervisor.hire();
    }

    /** The worker never began it, and was not killed for it. */
    private boolean isUnheard(Assignment left) {
        boolean itsOwnFault = worker.whyKilled() == null || failure != null;
        return itsOwnFault && progress(left) == Progress.NOT_STARTED;
    }

    private void giveBack(Assignment left) {
        tellWhere(left);
        worker.giveBack(left.job, left.attempt, left.payload);
    }

    private void report(Assignment left, String reason) {
        tellWhere(left);
        left.job.fail(left.attempt, new Failure.Lost(progress(left), DeathReport.of(worker, left.job.name(), reason)));
    }

    /** If this task was told to stop, a caller waits for its stack trace: reports an empty one. */
    private void tellWhere(Assignment left) {
        if (left.stopped) {
            worker.stuck(left, java.util.List.of());
        }
    }

    /** What it said last may be older than what it noted, and the other way round before it had the progress page. */
    private Progress progress(Assignment left) {
        Progress noted = worker.inFlight.noted(left.run);
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
