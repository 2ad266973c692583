package dev.pando.process;

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
 * The end of a worker. It begins when the process has exited, or when its channel has ended, whichever is noticed first,
 * and is carried out once: the rest of what it said is heard, its family ended, its last words collected, what it was at
 * reported. An answer that was complete when the worker died counts.
 */
final class Burial {
    /**
     * How long a worker whose channel has ended may take to exit by itself: its own exit tells more than our kill. A JVM that
     * ends runs shutdown hooks, for which a second is usual.
     */
    private static final long EXIT_MILLIS = 1000;

    /**
     * How long a channel may outlive its worker before another process is taken to hold it open. Usually it ends first: the
     * kernel closes it at the exit, and the thread that reads needs to be scheduled once.
     */
    private static final long LAST_BYTES_MILLIS = 30;

    /** How long to wait for the rest of a channel that another process may hold open: what is in the pipe is read in far less. */
    private static final long REST_MILLIS = 300;

    /** How many times as long, 30 seconds, where code of the user's that unpacks a result takes its time, or never ends. */
    private static final int HEARING_RESTS = 100;

    private final Hand hand;
    private final Supervisor supervisor;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch silent = new CountDownLatch(1);

    /** Whether something that it said is being unpacked or settled. Written by the thread that listens. */
    volatile boolean hearing;

    private volatile @Nullable String failure;

    Burial(Hand hand) {
        this.hand = hand;
        this.supervisor = hand.supervisor;
    }

    /** Nothing more will be heard. Called once, by the thread that listened, as its last act. */
    void silent(@Nullable String because) {
        failure = because;
        silent.countDown();
        Hand.Running running = hand.running;
        if (running != null) {
            if (hand.services.os().hasEnded(running.process().pid())) giveAwayPlace(); // its parent is told a moment later
            awaitExit(running.process());
        }
        carryOut();
    }

    /** The process has exited. What it said may not all be heard yet, or never end, where a helper process holds the pipe. */
    void exited() {
        Hand.Running running = java.util.Objects.requireNonNull(hand.running);
        if (await(silent, LAST_BYTES_MILLIS)) return; // who was silent carries it out, and looks for the family, once
        running.family().end();
        for (int patience = HEARING_RESTS; patience > 0 && !await(silent, REST_MILLIS); patience--) if (!hearing) break;
        carryOut();
    }

    private static void awaitExit(Process process) {
        Uninterruptibly.await(() -> {
            if (!process.waitFor(EXIT_MILLIS, TimeUnit.MILLISECONDS)) process.toHandle().destroyForcibly();
            process.waitFor();
        });
    }

    private void carryOut() {
        if (!begun.compareAndSet(false, true)) return;
        Hand.Running running = hand.running;
        List<Assignment> left = hand.tray.close(hand.services.host());
        if (running != null && hand.seat == null) running.drain().awaitEnd(TimeUnit.MILLISECONDS.toNanos(REST_MILLIS));
        boolean wasReady = hand.seat != null;
        giveAwayPlace();
        String reason = Autopsy.reason(hand, failure);
        if (!wasReady) supervisor.diedUnready(hand, reason);
        List<Assignment> unheard = left.stream().filter(this::isUnheard).toList();
        unheard.forEach(this::giveBack); // they need not wait for what others did here
        supervisor.hire(); // also for those
        if (running != null) {
            running.family().end();
            running.drain().awaitEnd(TimeUnit.MILLISECONDS.toNanos(REST_MILLIS));
        }
        for (Assignment heard : left) if (!unheard.contains(heard)) report(heard, reason);
        hand.closeChannels();
        hand.lent.dead();
        Seat seat = hand.seat;
        if (seat != null && hand.isReleased()) seat.leave();
        else if (seat != null) seat.lost(reason);
        supervisor.buried(hand);
    }

    /** Before the reason is known, which takes a look into files, and which nobody asks for so soon if it was ready. */
    private void giveAwayPlace() {
        if (hand.seat == null) return;
        supervisor.died(hand.id, "it died just when it was ready");
        supervisor.hire();
    }

    /** The worker never began it, and was not killed for it. */
    private boolean isUnheard(Assignment left) {
        boolean itsOwnFault = hand.whyKilled() == null || failure != null;
        return itsOwnFault && progress(left) == Progress.NOT_STARTED;
    }

    private void giveBack(Assignment left) {
        tellWhere(left);
        hand.giveBack(left.job, left.attempt, left.cargo);
    }

    private void report(Assignment left, String reason) {
        tellWhere(left);
        left.job.fail(left.attempt, new Failure.Lost(progress(left), Autopsy.of(hand, left.job.name(), reason)));
    }

    /** Who was stopped is waited for: it may have died before it could tell where it was. */
    private void tellWhere(Assignment left) {
        if (left.stopped) hand.stuck(left, java.util.List.of());
    }

    /** What it said last may be older than what it noted, and the other way round before it had the slate. */
    private Progress progress(Assignment left) {
        Progress noted = hand.tray.noted(left.run);
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
