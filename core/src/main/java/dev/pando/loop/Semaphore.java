package dev.pando.loop;

/**
 * So many permits between coroutines of one loop. Whoever waits gets one in the order of asking.
 */
public final class Semaphore extends Shared {
    private final WaitLine<Semaphore> line = new WaitLine<>();
    private int available;

    private Semaphore(int permits) {
        this.available = permits;
    }

    public static Semaphore of(int permits) {
        if (permits < 0) throw new IllegalArgumentException("permits must not be negative, but is " + permits);
        return new Semaphore(permits);
    }

    /** Takes a permit, or waits for one. */
    public void acquire() {
        Coroutine me = atVerb("Semaphore.acquire");
        if (available > 0) available--;
        else line.stand(me, null, this);
    }

    /** Takes a permit if there is one. */
    public boolean tryAcquire() {
        caller("Semaphore.tryAcquire");
        if (available == 0) return false;
        available--;
        return true;
    }

    /** Gives a permit, to the first who waits. */
    public void release() {
        caller("Semaphore.release");
        if (line.isEmpty()) available++;
        else line.serve();
    }

    public int available() {
        return available;
    }

    @Override
    public String toString() {
        return "Semaphore[" + available + " available]";
    }
}
