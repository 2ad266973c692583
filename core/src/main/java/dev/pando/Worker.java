package dev.pando;

import dev.pando.internal.ContextFinder;
import dev.pando.internal.util.Checks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a task may ask of the worker that runs it, the same on every kind of worker. All methods are called by the code
 * of a task; in a worker process any thread of the task may call them, elsewhere the thread that runs it.
 *
 * <p>Each method throws {@link IllegalStateException} where the calling thread runs no task; {@link #pool} also in a
 * task on another machine, and {@link #call} where so many calls are open that no further may be.
 */
public final class Worker {
    private Worker() {}

    /**
     * Says how far the task is: to {@link TaskFuture#onProgress}, {@link TaskInfo#progress} and
     * {@link PoolListener#progressed}. From a worker elsewhere at most a hundred a second travel; the last always does.
     *
     * @param fraction from 0 to 1
     * @throws IllegalArgumentException the fraction is outside, or no number
     */
    public static void progress(double fraction) {
        progress(fraction, "");
    }

    /**
     * As {@link #progress(double)}, with what the task is at.
     *
     * @throws IllegalArgumentException the fraction is outside, or no number
     */
    public static void progress(double fraction, String text) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("fraction must be from 0 to 1, and is " + fraction);
        }
        ContextFinder.find("progress").progress(fraction, Checks.present(text, "text"));
    }

    /**
     * Returns whether the task is no longer wanted: it was cancelled, its time is up, or its pool was told to stop. A
     * task that computes looks at this now and then, since an interrupt reaches only code that waits.
     */
    public static boolean isStopping() {
        return ContextFinder.find("isStopping").isStopping();
    }

    /** Returns the name of the worker, as in {@code render-3}. */
    public static String name() {
        return ContextFinder.find("name").workerName();
    }

    /** Returns which attempt at the task this is, from 1. Greater than 1 only where the task has retries. */
    public static int attempt() {
        return ContextFinder.find("attempt").attempt();
    }

    /**
     * Returns the pool that runs the task, as far as a task may use it: what it submits there is never held back by the
     * bound of the queue. To wait for such a sub-task harms no other task, however deep that goes: on threads another
     * thread takes over; a worker process runs a sub-task that has not begun itself, in the task that waits for it.
     */
    public static Submitter pool() {
        return ContextFinder.find("pool").pool();
    }

    /**
     * Calls what the program offers by this name, with {@link Pool#offer}, in the program, and waits for the result.
     *
     * @throws InterruptedException the task was asked to stop while it waited
     * @throws TaskFailedException what the program offers threw; the cause is what it threw
     * @throws IllegalArgumentException the program offers nothing by this name, or not for such an argument
     * @throws NotSendableException the argument or the result cannot travel
     */
    @SuppressWarnings("TypeParameterUnusedInFormals") // what is offered says what comes
    public static <R extends @Nullable Object> R call(String name, @Nullable Object argument)
            throws InterruptedException {
        return ContextFinder.find("call").call(Checks.notBlank(name, "name"), argument, Long.MAX_VALUE);
    }

    /**
     * As {@link #call(String, Object)}, waiting no longer than this.
     *
     * @throws InterruptedException the task was asked to stop while it waited
     * @throws DeadlineExceededException there was no result in time; what runs in the program was interrupted
     * @throws IllegalArgumentException as {@link #call(String, Object)}, or the patience is not positive
     */
    @SuppressWarnings("TypeParameterUnusedInFormals") // what is offered says what comes
    public static <R extends @Nullable Object> R call(String name, @Nullable Object argument, Duration patience)
            throws InterruptedException {
        return ContextFinder.find("call")
                .call(Checks.notBlank(name, "name"), argument, Checks.positive(patience, "patience"));
    }
}
