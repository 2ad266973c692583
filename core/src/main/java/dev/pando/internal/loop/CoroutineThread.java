package dev.pando.internal.loop;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a coroutine: started for its first turn, and spun and parked until the {@link Turn} is handed to it. A
 * superclass and no field, so that a coroutine stays one object.
 */
abstract class CoroutineThread extends TimerEntry implements Runnable {
    /**
     * How often a woken thread looks for its turn before it parks again: about a microsecond, since a thread is woken
     * only a few turns ahead. On a single processor the holder cannot run meanwhile, so that looking would only delay
     * the turn.
     */
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 50 : 0;

    /** The thread whose stack this coroutine has; null until it begins. Written with the turn. */
    @Nullable
    Thread thread;

    /** Whether the turn was handed to this coroutine. Set by the thread that hands it over, cleared by this one's. */
    volatile boolean granted;

    /**
     * Whether the thread parks or is about to, so that {@link #grant} must unpark it. Cleared by the granting thread as
     * well.
     */
    private volatile boolean asleep;

    /** Why no thread could be started for this coroutine at the last try. */
    @Nullable
    Throwable unbegun;

    /** Returns what makes the thread. */
    abstract ThreadFactory threads();

    /** Called by the thread when an interrupt, and not the turn, has ended its park. */
    abstract void interruptedBeforeTurn();

    final void awaitTurn() {
        boolean interrupted = false;
        while (!granted) {
            asleep = true;
            if (!granted) {
                LockSupport.park();
            }
            asleep = false;
            if (Thread.interrupted()) { // or it could not park again
                interrupted = true;
                interruptedBeforeTurn();
            }
            for (int i = 0; !granted && i < SPINS; i++) {
                Thread.onSpinWait(); // woken ahead of its turn, which is near
            }
        }
        granted = false;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hands the turn to this coroutine, which has a thread. */
    final void grant() {
        granted = true;
        Thread mine = thread;
        if (mine != null) {
            unpark(mine);
        }
    }

    /**
     * Unparks or starts the thread of this coroutine, so that it is awake for its turn. Returns false if none could be
     * started.
     */
    @CheckReturnValue
    final boolean rouse() {
        Thread mine = thread;
        if (mine == null) {
            return begin();
        }
        unpark(mine);
        return true;
    }

    private void unpark(Thread mine) {
        if (!asleep) {
            return;
        }
        asleep = false; // the thread will look again before it parks again
        LockSupport.unpark(mine);
    }

    private boolean begin() {
        Thread made = null;
        try {
            made = threads().newThread(this);
            thread = made;
            made.start();
            return true;
        } catch (Throwable t) { // no memory, say
            thread = null;
            unbegun = t;
            return false;
        }
    }
}
