package dev.pando.internal.loop;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.pando.TaskFuture;
import dev.pando.internal.util.FaultKind;
import dev.pando.internal.util.FaultLog;
import dev.pando.internal.util.FieldHandles;
import dev.pando.internal.util.MemoryPause;
import dev.pando.spi.Waiter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An activity of a loop: a virtual thread, from the moment it begins, that runs only while it holds the {@link Turn}.
 *
 * <p>Threads: all fields belong to the thread that holds the turn, except those that say otherwise. What may surprise:
 * a coroutine has no thread until it begins, and when it begins as another ends it takes that one's thread.
 */
public abstract class Coroutine extends CoroutineThread implements Waiter {
    /** Something that a coroutine does without the turn, and that its cancellation ends. */
    interface Interruptible {
        void interrupt();
    }

    /** Bits of {@link #posted}: news from threads without the turn. */
    static final int WOKEN = 1;

    static final int CANCELLED = 2;
    static final int BACK = 4;
    static final int NEW = 8;

    final LoopRuntime loop;
    final Turn turn;
    final long number;

    /** The news that the holder of the turn has not read yet. Any thread, by atomic steps. */
    @SuppressWarnings("UnusedVariable") // used through its handle
    private volatile int posted;

    /** The link of the turn's stack. Written by the thread that pushes, and by the holder that reads. */
    @Nullable
    Coroutine nextPosted;

    /** The link of the {@link ReadyQueue}. */
    @Nullable
    Coroutine nextReady;

    /** The links of the {@link CoroutineRegistry}. Read by any thread that makes a dump. */
    @Nullable
    Coroutine older;

    @Nullable
    Coroutine younger;

    /** Whether this coroutine gave the turn away and is not in the ring, so that it runs again only once woken. */
    boolean waiting;

    /**
     * Whether a wake came while this coroutine did not wait: its next wait ends at once, or else the wake would be
     * lost.
     */
    private boolean wakened;

    /** Whether the next verb throws a cancellation. */
    private boolean cancelled;

    boolean ended;

    /** Whether the loop's end has cancelled this coroutine. */
    boolean abandoned;

    /** What this coroutine waits for, and since when. Only for dumps; read by any thread. */
    @Nullable
    Object waitsFor;

    long since;

    /** The innermost timeout around the code that runs. */
    @Nullable
    TimeoutScope scope;

    /** The blocking call under way. */
    @Nullable
    Interruptible trip;

    private static final VarHandle POSTED = FieldHandles.find(MethodHandles.lookup(), "posted", int.class);

    Coroutine(LoopRuntime loop, long number) {
        this.loop = loop;
        this.turn = loop.turn;
        this.number = number;
    }

    /** Returns the name for messages and dumps. */
    public abstract String name();

    /** Returns the future by which users know this coroutine. Returns null if they do not know it. Any thread. */
    abstract @Nullable TaskFuture<?> future();

    /** Runs the body, with the turn. Never throws. */
    abstract void perform();

    /** Ends this coroutine because no thread could be started for it. What this throws is logged. */
    abstract void cannotBegin(Throwable why);

    /**
     * Returns whether this coroutine would only end its loop: then a loop without any other one ends without a thread.
     */
    boolean endsIdleLoop() {
        return false;
    }

    /** Cancels this coroutine because its loop ends. */
    abstract void abandon();

    /** As {@link #abandon}, for a caller that has others to see to. */
    final void giveUp() {
        try {
            abandon();
        } catch (Throwable noMemory) {
            FaultLog.tell(FaultKind.LOOP_END, this, noMemory);
            cancelNow(); // its next verb ends it
        }
    }

    /** The body of the thread: this coroutine, and then those that begin on the same thread. */
    @Override
    public final void run() {
        if (!granted) {
            awaitTurn();
        }
        granted = false;
        turn.live(this);
    }

    @Override
    final ThreadFactory threads() {
        return loop.threads;
    }

    @Override
    final void interruptedBeforeTurn() {
        turn.post(this, WOKEN);
    }

    /**
     * Notes news for this coroutine, from any thread. Returns true if the caller must push the coroutine on the turn's
     * stack.
     */
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
        if (turn.isMine()) {
            wakeNow();
        } else {
            turn.post(this, WOKEN);
        }
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

    /** Makes the next verb throw a cancellation. Any thread. */
    final void cancel() {
        if (turn.isMine()) {
            cancelNow();
        } else {
            turn.post(this, CANCELLED);
        }
    }

    final void cancelNow() {
        if (ended) {
            return;
        }
        cancelled = true;
        stir();
    }

    /** Ends a wait, or interrupts a blocking call, so that the coroutine sees a cancellation or a timeout now. */
    final void stir() {
        if (trip != null) {
            trip.interrupt();
        } else {
            wakeNow();
        }
    }

    /**
     * Called at every verb. Throws if the coroutine was cancelled, if a timeout is over, or if the thread was
     * interrupted.
     */
    final void check() {
        checkEnded();
        if (Thread.interrupted()) {
            throw new CancellationException(name() + " was interrupted");
        }
    }

    private void checkEnded() {
        if (cancelled) {
            cancelled = false;
            throw new CancellationException(name() + " was cancelled");
        }
        TimeoutScope due = scope == null ? null : scope.outermostDue();
        if (due != null) {
            throw due.ending();
        }
    }

    /** Lets the others go first when there is no memory to stand in a line. */
    public final void pass() {
        MemoryPause.rest();
        turn.pass(this);
    }

    /** Gives the turn away until this coroutine is woken. Wakes may be spurious, so that the caller must look again. */
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

    @Override
    public final boolean await(Object on, BooleanSupplier isSo, long deadline) throws InterruptedException {
        if (isSo.getAsBoolean()) {
            return true;
        }
        if (deadline != NEVER) {
            turn.timers.add(this, deadline);
        }
        try {
            while (!isSo.getAsBoolean()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                checkEnded(); // without a second look at the interrupt, or else it would be told as a cancellation
                if (deadline != NEVER && !isSet()) {
                    return false;
                }
                suspend(on);
            }
            return true;
        } finally {
            turn.timers.remove(this);
        }
    }

    /** Makes the calling coroutine wait until that moment of the loop's clock. */
    final void sleepUntil(long moment) {
        turn.timers.add(this, moment);
        try {
            while (isSet()) {
                suspend("the clock");
                check();
            }
        } finally {
            turn.timers.remove(this);
        }
    }

    @Override
    public final long now() {
        return turn.clock.now();
    }

    @Override
    public final boolean isTimed() {
        return scope != null && scope.willEnd();
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
