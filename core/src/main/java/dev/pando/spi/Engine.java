package dev.pando.spi;

/**
 * The running workers of one pool. An engine decides which worker works; it never decides what becomes of a task.
 *
 * <p>What only some engines can do stands in interfaces of its own, which an engine implements beside this one: {@link
 * DirectEngine}, {@link PackingEngine}, {@link PrefetchingEngine}.
 *
 * <p>Threads: every method may be called from any thread, at any time after {@link Backend#start}, concurrently, and
 * must return without waiting for work to finish. What may surprise: {@link #wake} says that there <em>may</em> be
 * work, not that there is, and a worker that finds none simply goes back to rest.
 */
public interface Engine {

    /**
     * How many tasks this engine runs at once; {@link Integer#MAX_VALUE} when there is no such limit. The pool reads it
     * to size a map's window and to tell a full pool from one that has room.
     */
    int width();

    /** A task came to stand in the queue, or the pool began to close: makes sure that a worker looks. */
    void wake();

    /**
     * Runs this one job now, on a worker beyond the width. The pool asks for it only when every worker is waiting for
     * this very job, directly or by way of others, so that without it no worker would ever move again.
     */
    void rescue(Job job);

    /**
     * Makes the worker in this seat give up the job it runs. Asked only of workers that are not threads of this JVM
     * (those the pool interrupts by itself). The engine tells where the job is ({@link Job#stuck}), and reports as
     * ever: what came of the job if it obeyed, or {@link Job#fail} once the worker is gone.
     */
    default void stop(Job job, int attempt, Seat seat) {}

    /**
     * Whether tasks on these workers can wait for a future of this JVM, and so be part of a deadlock. A worker in a
     * process of its own cannot.
     */
    default boolean canWait() {
        return true;
    }

    /**
     * Runs so many tasks more at once, or fewer if negative, because some stay for long; a worker too many leaves when
     * it has nothing to do. Returns false if the engine has no width that changes: it is then asked to {@link #rescue}
     * such a task.
     */
    default boolean widen(int by) {
        return false;
    }

    /** Whether tasks run on the thread that submits them: a task has ended when its submission returns. */
    default boolean runsOnCaller() {
        return false;
    }

    /** The pool was told to stop at once: drop spare workers, keep nothing warm. Running jobs were told already. */
    default void kill() {
        wake();
    }
}
