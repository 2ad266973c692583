package dev.pando.loop;

import dev.pando.internal.loop.Coroutine;
import dev.pando.internal.loop.LoopBound;
import dev.pando.internal.loop.WaitQueue;
import dev.pando.internal.util.Checks;

/**
 * A fixed number of permits between coroutines of one loop. Coroutines that wait get one in the order of asking.
 */
public final class Semaphore {
    private final LoopBound loop = new LoopBound();
    private final WaitQueue<Semaphore> line = new WaitQueue<>();
    private int available;

    private Semaphore(int permits) {
        this.available = permits;
    }

    public static Semaphore of(int permits) {
        return new Semaphore(Checks.notNegative(permits, "permits"));
    }

    /** Takes a permit, or waits for one. */
    public void acquire() {
        Coroutine me = loop.atVerb("Semaphore.acquire");
        if (available > 0) {
            available--;
        } else {
            line.stand(me, null, this);
        }
    }

    /** Takes a permit if there is one. Returns false if there is none. */
    public boolean tryAcquire() {
        loop.caller("Semaphore.tryAcquire");
        if (available == 0) {
            return false;
        }
        available--;
        return true;
    }

    /** Gives a permit back: to the coroutine that has waited longest, if one waits. */
    public void release() {
        loop.caller("Semaphore.release");
        if (line.isEmpty()) {
            available++;
        } else {
            line.serve();
        }
    }

    public int available() {
        return available;
    }

    @Override
    public String toString() {
        return "Semaphore[" + available + " available]";
    }
}
