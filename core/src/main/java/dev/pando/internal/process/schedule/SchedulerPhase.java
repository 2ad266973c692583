package dev.pando.internal.process.schedule;

import com.google.errorprone.annotations.CheckReturnValue;

/** How far the pool of a {@link WorkerScheduler} has come: begun, closing, killed, ended. */
@CheckReturnValue
final class SchedulerPhase {
    private boolean begun;
    private boolean closing;
    private boolean killed;
    private boolean ended;

    void begin() {
        begun = true;
    }

    /**
     * Takes back that the pool is closing, because a task that lost its worker may be tried again. Returns false if the
     * pool was killed or has ended: no task gets a worker any more.
     */
    boolean reopen() {
        if (killed || ended) {
            return false;
        }
        closing = false;
        return true;
    }

    void close() {
        closing = true;
    }

    void kill() {
        killed = true;
    }

    /** Returns whether this call ended the pool, which must be closing and have no worker left. */
    boolean end() {
        boolean now = closing && !ended;
        ended |= now;
        return now;
    }

    boolean isClosing() {
        return closing;
    }

    /** Returns whether workers take tasks from the queue. */
    boolean isOpen() {
        return !closing && !killed;
    }

    /** Returns whether missing workers may be launched. */
    boolean mayLaunch() {
        return begun && isOpen();
    }

    @Override
    public String toString() {
        return (closing ? "closing" : "open") + (killed ? ", killed" : "");
    }
}
