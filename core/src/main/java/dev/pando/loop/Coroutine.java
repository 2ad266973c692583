package dev.pando.loop;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.pando.internal.util.FieldHandles;
import dev.pando.spi.Waiter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One activity of a loop: a virtual thread, from the moment it begins, that runs only while it holds the {@link Turn}.
 *
 * <p>Threads: all fields belong to whoever holds the turn, except those that say otherwise. What may surprise: it has no
 * thread until it begins, and a coroutine that begins when another has ended takes that one's thread.
 */
abstract class Coroutine extends Alarm implements Waiter, Runnable {
    /** Something that a coroutine does without the turn, and that its cancellation ends. */
    interface Interruptible {
        void interrupt();
    }

    /** Bits of {@link #posted}: what somebody without the turn has to say. */
    static final int WOKEN = 1;

    static final int CANCELLED = 2;
    static final int BACK = 4;
    static final int NEW = 8;

    /** A thread that was roused looks about a microsecond for its turn, unless there is but one processor to look on. */
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 50 : 0;

    final LoopEngine loop;
    final Turn turn;
    final long number;

    /** Whose stack it has. Written by whoever lets it begin. */
    @Nullable Thread thread;

    /** The turn is its. Written by whoever hands it over, and by itself. */
    volatile boolean granted;

    /** Its thread parks, or is about to: whoever grants the turn must wake it. Written by both. */
    private volatile boolean asleep;

    /** What was posted and not read yet. Any thread, by atomic steps. */
    @SuppressWarnings("UnusedVariable") // it is used through its handle
    private volatile int posted;

    /** The next in the stack of those posted. Written by whoever posts it. */
    @Nullable Coroutine nextPosted;

    /** The next in the {@link Ring}. */
    @Nullable Coroutine nextReady;

    /** Its neighbours in the {@link Census}. Read by anybody who looks. */
    @Nullable Coroutine older;

    @Nullable Coroutine younger;

    /** It gave the turn away, and is not in the ring: somebody must wake it. */
    boolean waiting;

    /** It was woken while it did not wait: its next wait ends at once. */
    private boolean wakened;

    /** It is to be told, at its next verb, that it was cancelled. */
    private boolean cancelled;

    boolean ended;

    /** Why no thread could be started for it when that was last tried. */
    @Nullable Throwable unbegun;

    /** What it waits for, and since when, for people who look. Read by any thread. */
    @Nullable Object waitsFor;

    long since;

    /** The innermost of its timeouts. */
    @Nullable Scope scope;

    /** The blocking call that it is in. */
    @Nullable Interruptible trip;

    private static final VarHandle POSTED = FieldHandles.find(MethodHandles.lookup(), "posted", int.class);

    Coroutine(LoopEngine loop, long number) {
        this.loop = loop;
        this.turn = loop.turn;
        this.number = number;
    }

    /** What it is called, by people. */
    public abstract String name();

    /** What it does, from begin to end. Never throws. */
    abstract void perform();

    /** No thread could be started for it. Never throws. */
    abstract void cannotBegin(Throwable why);

    /** The loop ends: nobody wants it any more. */
    abstract void abandon();

    /** The body of its thread, and of those that begin when it has ended. */
    @Override
    public final void run() {
        if (!granted) awaitTurn();
        granted = false;
        turn.live(this);
    }

    /** Notes news for this coroutine, from any thread. Returns true if the caller must push the coroutine on the turn's stack. */
    @CheckReturnValue
    final boolean post(int bit) {
        return (int) POSTED.getAndBitwiseOr(this, bit) == 0;
    }

    /** Returns the bits that were posted, each of which the caller must act on: they are cleared. */
    @CheckReturnValue
    final int takePosted() {
        return (int) POSTED.getAndSet(this, 0);
    }

    @Override
    public final void wake() {
        if (turn.isMine()) wakeNow();
        else turn.post(this, WOKEN);
    }

    final void wakeNow() {
        if (waiting) {
            waiting = false;
            turn.ready(this);
        } else {
            wakened = true;
        }
    }

    @Override
    final void ring() {
        wakeNow();
    }

    /** It is to end at its next verb. Any thread. */
    final void cancel() {
        if (turn.isMine()) cancelNow();
        else turn.post(this, CANCELLED);
    }

    final void cancelNow() {
        if (ended) return;
        cancelled = true;
        stir();
    }

    /** Something has come that its wait, or its blocking call, shall not outlast. */
    final void stir() {
        if (trip != null) trip.interrupt();
        else wakeNow();
    }

    /** At every verb: ends it here if it was cancelled, if its time is up, or if its thread was interrupted. */
    final void check() {
        if (cancelled) {
            cancelled = false;
            throw new CancellationException(name() + " was cancelled");
        }
        Scope due = scope == null ? null : scope.outermostDue();
        if (due != null) throw due.ending();
        if (Thread.interrupted()) throw new CancellationException(name() + " was interrupted");
    }

    /** Gives the turn away until it is woken, which may be for no reason: the caller looks again. */
    final void suspend(Object on) {
        if (wakened) {
            wakened = false;
            return;
        }
        waitsFor = on;
        since = turn.now();
        waiting = true;
        turn.give(this);
        waitsFor = null;
    }

    final void awaitTurn() {
        boolean interrupted = false;
        while (!granted) {
            asleep = true;
            if (!granted) LockSupport.park();
            asleep = false;
            if (Thread.interrupted()) { // or it could not park again
                interrupted = true;
                turn.post(this, WOKEN);
            }
            for (int i = 0; !granted && i < SPINS; i++) Thread.onSpinWait(); // roused, so it is among the next
        }
        granted = false;
        if (interrupted) Thread.currentThread().interrupt();
    }

    /** The turn is its. */
    final void grant() {
        granted = true;
        Thread mine = thread;
        if (mine != null) unpark(mine);
    }

    /** Unparks the thread of this coroutine, or starts one, so that it is awake when it gets the turn. Returns false if none could be started. */
    @CheckReturnValue
    final boolean rouse() {
        Thread mine = thread;
        if (mine == null) return begin();
        unpark(mine);
        return true;
    }

    private void unpark(Thread mine) {
        if (!asleep) return;
        asleep = false; // the thread will look again before it parks again
        LockSupport.unpark(mine);
    }

    private boolean begin() {
        Thread made = null;
        try {
            made = loop.threads.newThread(this);
            thread = made;
            made.start();
            return true;
        } catch (Throwable t) { // no memory, say
            thread = null;
            unbegun = t;
            return false;
        }
    }

    @Override
    public final boolean await(Object on, BooleanSupplier isSo, long deadline) throws InterruptedException {
        if (isSo.getAsBoolean()) return true;
        if (deadline != NEVER) turn.sleepers.add(this, deadline);
        try {
            while (!isSo.getAsBoolean()) {
                if (Thread.interrupted()) throw new InterruptedException();
                check();
                if (deadline != NEVER && !isSet()) return false;
                suspend(on);
            }
            return true;
        } finally {
            turn.sleepers.remove(this);
        }
    }

    /** The calling coroutine waits until that moment of the loop's clock. */
    final void sleepUntil(long moment) {
        turn.sleepers.add(this, moment);
        try {
            while (isSet()) {
                suspend("the clock");
                check();
            }
        } finally {
            turn.sleepers.remove(this);
        }
    }

    @Override
    public final long now() {
        return turn.clock.now();
    }

    @Override
    public final boolean mayLook() {
        return false;
    }

    @Override
    public final String toString() {
        return name();
    }
}
