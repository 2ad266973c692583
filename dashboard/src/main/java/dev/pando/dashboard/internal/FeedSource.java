package dev.pando.dashboard.internal;

/** What the page is told, and what it may do. */
public interface FeedSource {

    /** An answer in JSON, and where the next one goes on. */
    record Answer(String text, long cursor) {}

    /** Returns the tasks that ended after the cursor, and pools, workers, tasks and incidents if they are wanted. */
    Answer since(long cursor, boolean tables);

    /** Returns where a task is. Throws IllegalArgumentException if there is no such pool. */
    String stack(int pool, long task);

    /** Stops a task. Throws IllegalArgumentException if there is no such pool. */
    boolean cancel(int pool, long task);
}
