package dev.pando.internal.process.schedule;

/** What a {@link WorkerScheduler} wants done, to one worker or to the pool. */
public sealed interface SchedulerCommand {
    /**
     * Starts a worker. {@code soon}: a task waits for it, or will when the running one ends; else it has a little time.
     */
    record Launch(int worker, boolean soon) implements SchedulerCommand {}

    /**
     * Look for a job, and answer with {@link WorkerScheduler#fed} or {@link WorkerScheduler#nothing}.
     *
     * @param run the run that the scheduler takes the job to become, which need not be answered then; 0: none
     */
    record Feed(int worker, int run) implements SchedulerCommand {}

    record Release(int worker) implements SchedulerCommand {}

    record Kill(int worker, String why) implements SchedulerCommand {}

    /** No worker gets ready, and none is left. */
    record Break(String why) implements SchedulerCommand {}

    /** No worker is left, and none will come. */
    record End() implements SchedulerCommand {}
}
