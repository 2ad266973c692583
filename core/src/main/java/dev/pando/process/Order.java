package dev.pando.process;

/** What a {@link Roster} wants done, to one worker or to the pool. */
sealed interface Order {
    /** Soon: somebody waits for it, or will when the task that is running ends. Otherwise it has a little time. */
    record Launch(int worker, boolean soon) implements Order {}

    /**
     * Look for a job, and answer with {@link Roster#fed} or {@link Roster#nothing}.
     *
     * @param run the run that the roster takes the job to become, which need not be answered then; 0: none
     */
    record Feed(int worker, int run) implements Order {}

    record Release(int worker) implements Order {}

    record Kill(int worker, String why) implements Order {}

    /** No worker gets ready, and none is left. */
    record Break(String why) implements Order {}

    /** Nobody is left, and nobody will come. */
    record End() implements Order {}
}
