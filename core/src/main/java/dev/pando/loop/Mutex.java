package dev.pando.loop;

import org.jspecify.annotations.Nullable;

/**
 * A lock between coroutines of one loop, for what must not be interrupted by a verb in its middle. Whoever waits gets it in
 * the order of asking; it is handed over, so nobody overtakes. It is not re-entrant.
 *
 * {@snippet :
 * mutex.lock();
 * try { write(); Loop.sleep(pause); write(); } finally { mutex.unlock(); }
 * }
 */
public final class Mutex {
    private final Shared loop = new Shared();
    private final WaitLine<Mutex> line = new WaitLine<>();
    private @Nullable Coroutine owner;

    public Mutex() {}

    /**
     * Waits until it is the caller's.
     *
     * @throws IllegalStateException it is already, and so would wait for itself
     */
    public void lock() {
        Coroutine me = loop.atVerb("Mutex.lock");
        if (owner == me) throw new IllegalStateException(me.name() + " has locked this mutex already, and would wait for itself");
        if (owner == null) owner = me;
        else line.stand(me, null, this);
    }

    /** Takes it if it is free. */
    public boolean tryLock() {
        Coroutine me = loop.caller("Mutex.tryLock");
        if (owner != null) return false;
        owner = me;
        return true;
    }

    /** Hands it to the first who waits. */
    public void unlock() {
        Coroutine me = loop.caller("Mutex.unlock");
        if (owner != me) {
            throw new IllegalStateException(me.name() + " cannot unlock this mutex: "
                    + (owner == null ? "nobody has locked it" : owner.name() + " has locked it"));
        }
        owner = line.isEmpty() ? null : line.serve().who;
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
