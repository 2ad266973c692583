package dev.pando.internal.process.child;

import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.wire.Message;
import org.jspecify.annotations.Nullable;

/**
 * The stop that was asked for last, and the processes that the stopped run has started, which end with it. Those of
 * earlier runs, which ended by themselves, go on: they are older than the run, and where the clock is too coarse to
 * tell, their numbers are not above the last number before the run. Used under the lock of the {@link CommandInbox},
 * but for the methods that only the main thread calls.
 */
final class TaskProcesses {
    private final OperatingSystem os;

    /** Of a run that goes on, or is still to come, or has ended. */
    private Message.@Nullable Stop stop;

    private int ended;

    /** Whether the run that ended last took a moment. Shorter ones seldom start a process. The main thread's. */
    private boolean tookAMoment;

    /** The last number of a process before the run that ended last, or an earlier one. The main thread's. */
    private long numberBefore;

    /** The same, for the run after that. The main thread's. */
    private long numberAfter;

    TaskProcesses(OperatingSystem os) {
        this.os = os;
    }

    void stop(Message.Stop asked) {
        stop = asked;
    }

    boolean isStopped(int run) {
        return stop != null && stop.run() == run;
    }

    void runEnded(int run, boolean tookAMoment) {
        ended = run;
        numberBefore = numberAfter;
        this.tookAMoment = tookAMoment;
    }

    /** Returns whether the run that ended last was stopped, and its processes were not ended. */
    boolean areDue() {
        return stop != null && stop.endsProcesses() && stop.run() == ended;
    }

    /** Returns the stop of which the processes are due, once, or null. */
    Message.@Nullable Stop takeDue() {
        Message.Stop due = areDue() ? stop : null;
        stop = due == null ? stop : null;
        return due;
    }

    /** Called without the lock. Ends the processes. Returns false if the system lacks what that takes. */
    boolean end(Message.Stop due) {
        try {
            os.endFamilySince(due.nanos(), numberBefore);
            return true;
        } catch (Throwable noThreadLeft) {
            return false;
        }
    }

    /** Called without the lock, when no answer waits for this. */
    void runAnswered() {
        if (tookAMoment) {
            numberAfter = os.lastProcessNumber();
        }
    }
}
