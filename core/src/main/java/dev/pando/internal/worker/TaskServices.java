package dev.pando.internal.worker;

import org.jspecify.annotations.Nullable;

/** What a pool does for the tasks that it runs. Any thread. */
public interface TaskServices {

    /** Returns what the program offers by this name. Returns {@code null} if it offers no such thing. */
    @Nullable
    OfferedCall offered(String name);

    /** Returns why there is nothing by this name, as a sentence for the task. */
    String notOffered(String name);

    /**
     * Takes a sub-task that a worker has packed.
     *
     * @throws java.util.concurrent.RejectedExecutionException the pool takes no more
     */
    AcceptedSubtask acceptPacked(Object packed, SubtaskOptions options);

    /** A sub-task in its pool. */
    interface AcceptedSubtask {

        /** As a future's. */
        boolean cancel(boolean mayInterruptIfRunning);

        /** Tells this listener of the end, once. */
        void whenEnded(SubtaskListener listener);
    }

    /** Is told how a sub-task ended: one call, on any thread. */
    interface SubtaskListener {
        void returned(@Nullable Object value);

        void failed(Throwable error);

        void cancelled();
    }
}
