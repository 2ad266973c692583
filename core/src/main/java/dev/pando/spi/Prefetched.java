package dev.pando.spi;

/**
 * A job that was sent to its worker ahead of its turn ({@link PrefetchingHost.Candidate#ahead}). It has not begun as
 * long as the worker has not taken it up, and only the worker and a caller of this can tell: no message is sent at that
 * moment. The {@link Job#packedWork} of such a job is one of these.
 *
 * <p>Threads: any, at any time; answers without waiting for the worker.
 */
public interface Prefetched {

    /** If the worker has taken it up, {@link Job#begin} has been called when this returns. */
    void look();

    /**
     * {@code true}: it is the caller's alone, and the worker will skip it. {@code false}: as after {@link #look}, or
     * another thread took it back.
     */
    boolean takeBack();
}
