package dev.pando.lab.result;

/**
 * A stretch of time in which a worker did, or a task waited for, one thing.
 *
 * @param group the pool or way of working: {@code threads}
 * @param lane the worker: {@code threads-1}
 * @param task the name of the work; equal names get equal colours
 * @param start in nanoseconds since the experiment began
 */
public record TimeSpan(String group, String lane, String task, Kind kind, long start, long end) {

    /** The state of the task. */
    public enum Kind {
        /** The worker ran the task. */
        RUN,
        /** The task had begun, and waited for something else. */
        WAIT,
        /** The task waited for a worker. */
        QUEUED,
        /** The worker died: a moment, whose start is its end. */
        DEATH
    }
}
