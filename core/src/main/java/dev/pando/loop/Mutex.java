package dev.pando.loop;

import dev.pando.Action;
import dev.pando.internal.loop.Coroutine;
import dev.pando.internal.loop.LoopBound;
import dev.pando.internal.loop.LoopVerbs;
import dev.pando.internal.loop.WaitQueue;
import dev.pando.internal.util.Checks;
import java.util.concurrent.Callable;
import kotlin.internal.LowPriorityInOverloadResolution;
import org.jspecify.annotations.Nullable;

/**
 * A lock between coroutines of one loop, for code that must not be interleaved at a verb in its middle. Coroutines that
 * wait get the lock in the order of asking; it is handed over, so that no newcomer overtakes. It is not re-entrant.
 *
 * {@snippet :
 * mutex.withLock(() -> { write(); Loop.sleep(pause); write(); });
 * }
 */
public final class Mutex {
    private final LoopBound loop = new LoopBound();
    private final WaitQueue<Mutex> line = new WaitQueue<>();
    private @Nullable Coroutine owner;

    /** Makes a mutex that is free. */
    public Mutex() {}

    /**
     * Takes the lock, or waits for it.
     *
     * @throws IllegalStateException the caller has the lock already, and would wait for itself
     */
    public void lock() {
        Coroutine me = loop.atVerb("Mutex.lock");
        if (owner == me) {
            throw new IllegalStateException(me.name() + " has locked this mutex already, and would wait for itself");
        }
        if (owner == null) {
            owner = me;
        } else {
            line.stand(me, null, this);
        }
    }

    /** Takes the lock if it is free. Returns false if it is not. */
    public boolean tryLock() {
        Coroutine me = loop.caller("Mutex.tryLock");
        if (owner != null) {
            return false;
        }
        owner = me;
        return true;
    }

    /**
     * Hands the lock to the coroutine that has waited longest.
     *
     * @throws IllegalStateException the caller has not locked this mutex
     */
    public void unlock() {
        Coroutine me = loop.caller("Mutex.unlock");
        if (owner != me) {
            throw new IllegalStateException(me.name() + " cannot unlock this mutex: " + state());
        }
        handOver();
    }

    /**
     * Takes the lock, or waits for it, runs the body, and unlocks, however the body ends. What the body throws is
     * thrown, a checked exception inside a {@link dev.pando.TaskFailedException}.
     *
     * @throws IllegalStateException the caller has the lock already, and would wait for itself
     * @throws java.util.concurrent.CancellationException the caller was cancelled while it waited: the body was not run
     */
    public <T extends @Nullable Object> T withLock(Callable<T> body) {
        Checks.present(body, "body");
        lock();
        try {
            return LoopVerbs.unchecked("what ran with a mutex locked", body);
        } finally {
            unlock();
        }
    }

    /**
     * As {@link #withLock(Callable)}, for a body without a value.
     *
     * @throws IllegalStateException the caller has the lock already, and would wait for itself
     * @throws java.util.concurrent.CancellationException the caller was cancelled while it waited: the body was not run
     */
    @LowPriorityInOverloadResolution
    public void withLock(Action body) {
        withLock(ActionBody.of(body, "body"));
    }

    /** Returns the calling coroutine. Throws if it has not locked this, or, at a verb that waits, was cancelled. */
    Coroutine holder(String verb, boolean waits) {
        Coroutine me = loop.caller(verb);
        if (owner != me) {
            throw new IllegalStateException(verb + " was called by " + me.name() + ", which must lock the mutex first,"
                    + " by Mutex.withLock, say: " + state());
        }
        return waits ? loop.atVerb(verb) : me;
    }

    /** Hands the lock on. Called by the coroutine that has it. */
    void handOver() {
        owner = line.isEmpty() ? null : line.serve().coroutine;
    }

    /** Takes the lock, or waits for it, whether or not the coroutine is cancelled meanwhile. */
    void lockAgain(Coroutine me) {
        while (owner != null) {
            try {
                line.standFirm(me, null, this);
                return;
            } catch (OutOfMemoryError noMemory) { // the code around would unlock what it has not locked
                me.pass();
            }
        }
        owner = me;
    }

    private String state() {
        Coroutine now = owner;
        return now == null ? "nobody has locked it" : now.name() + " has locked it";
    }

    /** Returns whether a coroutine has the lock. */
    public boolean isLocked() {
        return owner != null;
    }

    @Override
    public String toString() {
        Coroutine now = owner;
        return now == null ? "Mutex[free]" : "Mutex[" + now.name() + " has it]";
    }
}
