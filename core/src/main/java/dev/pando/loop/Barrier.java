package dev.pando.loop;

import dev.pando.internal.loop.Coroutine;
import dev.pando.internal.loop.LoopBound;
import dev.pando.internal.loop.WaitQueue;
import dev.pando.internal.util.Checks;

/**
 * Where a fixed number of coroutines of one loop wait for each other. When the last has come all go on, and the next
 * round begins. A coroutine that is cancelled while it waits counts no longer; the others wait for another in its
 * place.
 */
public final class Barrier {
    private final LoopBound loop = new LoopBound();
    private final int parties;
    private final WaitQueue<Barrier> line = new WaitQueue<>();

    private Barrier(int parties) {
        this.parties = parties;
    }

    /**
     * Makes a barrier for this number of coroutines.
     *
     * @throws IllegalArgumentException the number is zero or negative
     */
    public static Barrier of(int parties) {
        return new Barrier(Checks.positive(parties, "parties"));
    }

    /** Waits until all are here. */
    public void await() {
        Coroutine me = loop.atVerb("Barrier.await");
        if (line.size() + 1 == parties) {
            line.serveAll();
        } else {
            line.stand(me, null, this);
        }
    }

    /** Returns how many wait here now. */
    public int waiting() {
        return line.size();
    }

    @Override
    public String toString() {
        return "Barrier[" + line.size() + " of " + parties + " are here]";
    }
}
