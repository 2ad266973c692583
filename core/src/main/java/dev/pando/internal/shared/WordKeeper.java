package dev.pando.internal.shared;

/** A construct whose word names its holder. Guarded by the lock of the table. */
interface WordKeeper {

    /**
     * If the word names this run of this worker, the table notes that it has it, and the word says so.
     *
     * @param number the worker's
     * @param run 0: any
     */
    void seizeFrom(int number, int run);
}
