package dev.pando.spi;

/**
 * A clock and an alarm: the only source of time for deadlines of tasks. The one in use is real; tests bring their own
 * and move it by hand.
 */
public interface Timer {

    /** Nanoseconds from some fixed moment, as {@link System#nanoTime}. */
    long nanoTime();

    /** Runs the alarm after the delay, once, on a thread of the timer's: the alarm must be short. */
    Alarm after(long nanos, Runnable alarm);

    /** Something that will ring unless it is called off. */
    interface Alarm {

        /** Calls it off. Harmless when it has already rung. */
        void cancel();
    }
}
