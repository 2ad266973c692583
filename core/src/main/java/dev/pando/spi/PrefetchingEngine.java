package dev.pando.spi;

/**
 * An engine whose workers are sent jobs before they are done with the last one, so that none waits for the next.
 * Optional: an engine that implements it gets a {@link PrefetchingHost} for a host. The {@link Job#packedWork} of a
 * job that was sent ahead is an {@link Prefetched}.
 */
public interface PrefetchingEngine extends Engine {

    /**
     * Returns for how many nanoseconds a thread that waits for the job in this seat should look for its end before it
     * parks, because the end may come sooner than a parked thread is woken. Zero where that is not likely, or where
     * another worker may need the processor.
     */
    long soon(Seat seat);

    /** Begins every job sent ahead that its worker has begun, so that a reader of the pool's counts sees it running. */
    void catchUp();

    /** Takes back all jobs that were sent ahead and have not begun, into the line. Returns how many. */
    int regain();
}
