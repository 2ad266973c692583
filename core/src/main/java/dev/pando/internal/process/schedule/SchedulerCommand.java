package dev.pando.internal.process.schedule;

/** What a {@link WorkerScheduler} wants done, to one worker or to the pool. */
public sealed interface SchedulerCommand {

    /** Returns the worker that this is about, 0 if it is about the pool. */
    default int worker() {
        return 0;
    }

    /**
     * Start a worker. {@code soon}: a task waits for it, or will when the running task ends; else the start may take a
     * little time.
     */
    record Launch(int worker, boolean soon) implements SchedulerCommand {}

    /**
     * Have a worker look for a job; the answer is {@link WorkerScheduler#fed} or {@link WorkerScheduler#foundNothing}.
     *
     * @param run the run that the scheduler takes the job to become, which needs no answer then; 0: none
     */
    record Feed(int worker, int run) implements SchedulerCommand {}

    record Release(int worker) implements SchedulerCommand {}

    record Kill(int worker, String why) implements SchedulerCommand {}

    /** No worker gets ready, and none is left. */
    record Break(String why) implements SchedulerCommand {}

    /** No worker is left, and none will come. */
    record End() implements SchedulerCommand {}
}
