package dev.pando.loop;

/**
 * Where so many coroutines of one loop wait for each other. When the last has come all go on, and the next round begins. One
 * that is cancelled while it waits counts no longer; the others wait for another in its place.
 */
public final class Barrier extends Shared {
    private final int parties;
    private final WaitLine<Barrier> line = new WaitLine<>();

    private Barrier(int parties) {
        this.parties = parties;
    }

    public static Barrier of(int parties) {
        if (parties <= 0) throw new IllegalArgumentException("parties must be greater than 0, not " + parties);
        return new Barrier(parties);
    }

    /** Waits until all are here. */
    public void await() {
        Coroutine me = atVerb("Barrier.await");
        if (line.size() + 1 == parties) line.serveAll();
        else line.stand(me, null, this);
    }

    /** How many wait here now. */
    public int waiting() {
        return line.size();
    }

    @Override
    public String toString() {
        return "Barrier[" + line.size() + " of " + parties + " are here]";
    }
}
