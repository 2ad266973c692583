package dev.pando.internal.shared;

/** A construct whose memory a worker was shown, and may use without a call. Guarded by the lock of the table. */
interface WordKeeper {

    /**
     * This run of this worker has ended: what the memory says of it is in the table from here on.
     *
     * @param number the worker's
     * @param run 0: any
     */
    void seizeFrom(int number, int run);
}
