package dev.pando;

/**
 * Is told what happens in a pool, on the thread where it happens: keep it short. What it throws is logged and changes
 * nothing.
 */
public interface PoolListener {

    /** A task was accepted. */
    default void queued(TaskInfo task) {}

    /** A worker began a task; once for each attempt. */
    default void started(TaskInfo task) {}

    /** A task has said how far it is: {@link Worker#progress}. */
    default void progressed(TaskInfo task) {}

    /** A task is done; {@code future} tells how. A thread that waits for it may be woken a moment before. */
    default void finished(TaskInfo task, TaskFuture<?> future) {}

    /** A task was refused, and why. */
    default void rejected(String pool, String reason) {}

    /** A worker is ready. */
    default void workerStarted(String worker) {}

    /** A worker died. Told before the tasks that it took along end. */
    default void workerLost(String worker, String reason) {}
}
