package dev.pando.internal.process.handle;

/**
 * What the handle of a worker reports, on whatever thread it happens. Each report may bring commands for this worker or
 * for others, which are carried out before the report returns, unless its own sentence says otherwise.
 */
public interface Supervisor {

    /** The worker has said that it is ready. */
    void ready(int worker);

    /** The initializer threw. */
    void unfit(WorkerHandle worker, Throwable thrown);

    /** The worker took a task, as this run. */
    void fed(int worker, int run);

    /** The run was asked to stop. */
    void stopping(int worker, int run);

    /**
     * The worker has answered the only run that it had, which is about to be settled: a caller that learns of the
     * result may submit more, and this worker will look for it. Returns what the caller tells {@link #settled} once the
     * run is settled.
     */
    boolean answered(WorkerHandle worker, int run);

    /**
     * The run that was {@link #answered} is settled.
     *
     * @param looksNext whether the worker is about to look at the queue, as far as is known here
     */
    void settled(WorkerHandle worker, boolean looksNext);

    /** The worker has nothing to do any more, and nothing of it is left to settle. */
    void rested(WorkerHandle worker);

    /** The worker has answered this run and goes on with the next that it was sent. */
    void wentOn(int worker, int run);

    /** The worker holds more memory than it should; {@code farMore}: so much that it leaves after its task. */
    void worn(int worker, boolean farMore);

    /** The worker has said that it leaves, without a command. */
    void departing(int worker);

    /** The process of a worker that was ready is no more. */
    void died(int worker, String why);

    /** The process of a worker that never got ready is no more. */
    void diedUnready(WorkerHandle worker, String why);

    /** The worker has no thread, and so no process. */
    void neverCame(WorkerHandle worker, String why);

    /** Nothing is left of the worker: its children, its output, its files are gone. */
    void buried(WorkerHandle worker);

    /** Tasks that this worker had may be back in the queue, so that another has to take them. */
    void checkQueue();

    /** Tasks of a dead worker are back in the queue: one worker more is wanted, even where others are about to look. */
    void hire();
}
