package dev.pando.lab.result;

/**
 * A stretch of time in which a worker did, or a task waited for, one thing.
 *
 * @param group the way of working that it belongs to: {@code threads}
 * @param lane who did it: {@code threads-1}
 * @param task what was done: same name, same colour
 * @param start in nanoseconds since the experiment began
 */
public record Span(String group, String lane, String task, Kind kind, long start, long end) {

    /** What the time went into. */
    public enum Kind {
        /** The worker ran it. */
        RUN,
        /** It had begun, and waited for something else. */
        WAIT,
        /** It waited for a worker. */
        QUEUED
    }
}
