package dev.pando.internal.process.handle;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.wire.Message;
import dev.pando.spi.Job;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stops that are asked of one worker, each sent once; one that comes while its job is on the way to the worker is
 * kept until the job is sent.
 */
final class StopRequests {
    /**
     * How long a worker may take to tell where its task is stuck. Long, for a busy machine; its death ends the wait as
     * well.
     */
    private static final long LOOK_NANOS = 1_000_000_000L;

    private static final List<StackTraceElement> NO_FRAMES = List.of();

    private final WorkerHandle worker;

    /** The job of a stop that came while the job was on its way to the worker. */
    @GuardedBy("this")
    private @Nullable Job early;

    @GuardedBy("this")
    private int earlyAttempt;

    StopRequests(WorkerHandle worker) {
        this.worker = worker;
    }

    void stop(Job job, int attempt) {
        Assignment assignment;
        synchronized (this) {
            assignment = worker.inFlight.find(job, attempt);
            if (assignment == null) {
                early = job;
                earlyAttempt = attempt;
                return;
            }
        }
        if (!assignment.markStopped()) {
            return;
        }
        try {
            send(assignment);
        } catch (OutOfMemoryError noMemory) {
            // the worker does not hear of it, and is killed when the grace is over
        }
        worker.supervisor.stopping(worker.id, assignment.run);
        try {
            var _ = worker.services.timer().after(LOOK_NANOS, () -> assignment.reportStuck(NO_FRAMES));
        } catch (OutOfMemoryError noAlarm) {
            // the worker's answer ends the wait, or its death when the grace is over
        }
    }

    /** The worker has answered, so that only the processes which the task has started are left to be stopped. */
    void tooLate(Assignment answered) {
        if (answered.markStopped() && !worker.services.keepsChildren()) {
            send(answered);
        }
    }

    private void send(Assignment stopped) {
        WorkerHandle.Running here = worker.running;
        if (here != null) {
            here.outbox().send(new Message.Stop(stopped.run, !worker.services.keepsChildren(), stopped.since));
        }
    }

    /** Forgets the early stop. Returns whether it was for this attempt, which the caller then has to stop. */
    @CheckReturnValue
    synchronized boolean takeEarly(Job job, int attempt) {
        boolean mine = early == job && earlyAttempt == attempt;
        early = null;
        return mine;
    }

    synchronized void forgetEarly() {
        early = null;
    }
}
