package dev.pando;

/**
 * What a submission does when all workers are busy and the pool's queue is full. A task that submits to its own pool is
 * always let in.
 */
public enum WhenFull {
    /** Waits for room. An interrupt ends the wait with {@link SubmitInterruptedException}. */
    BLOCK,
    /** Throws {@link java.util.concurrent.RejectedExecutionException}. */
    REJECT,
    /** Runs the task on the submitting thread, which so has no time to submit more. */
    CALLER_RUNS
}
