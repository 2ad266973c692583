package dev.pando.loop;

import dev.pando.internal.loop.Coroutine;
import dev.pando.internal.loop.LoopBound;
import dev.pando.internal.loop.WaitQueue;
import org.jspecify.annotations.Nullable;

/**
 * A lock between coroutines of one loop, for code that must not be interleaved at a verb in its middle. Coroutines that
 * wait get the lock in the order of asking; it is handed over, so that no newcomer overtakes. It is not re-entrant.
 *
 * {@snippet :
 * mutex.lock();
 * try { write(); Loop.sleep(pause); write(); } finally { mutex.unlock(); }
 * }
 */
public final class Mutex {
    private final LoopBound loop = new LoopBound();
    private final WaitQueue<Mutex> line = new WaitQueue<>();
    private @Nullable Coroutine owner;

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

    /** Hands the lock to the coroutine that has waited longest. */
    public void unlock() {
        Coroutine me = loop.caller("Mutex.unlock");
        if (owner != me) {
            throw new IllegalStateException(me.name() + " cannot unlock this mutex: "
                    + (owner == null ? "nobody has locked it" : owner.name() + " has locked it"));
        }
        owner = line.isEmpty() ? null : line.serve().coroutine;
    }

    public boolean isLocked() {
        return owner != null;
    }

    @Override
    public String toString() {
        Coroutine now = owner;
        return now == null ? "Mutex[free]" : "Mutex[" + now.name() + " has it]";
    }
}
