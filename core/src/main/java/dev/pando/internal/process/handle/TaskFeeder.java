package dev.pando.internal.process.handle;

import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.RunBatch;
import dev.pando.spi.Failure;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes tasks out of the queue and sends them to one worker. A task for which there is no memory before it is sent ends
 * with that; if there is none while it is sent, how much of it the worker got is not known, and the worker is killed.
 */
final class TaskFeeder {
    private static final String NO_MEMORY = "Pando had no memory to send it a message";

    private final WorkerHandle worker;

    TaskFeeder(WorkerHandle worker) {
        this.worker = worker;
    }

    /** As {@link WorkerHandle#feed}. */
    boolean feed(int expectedRun) {
        Seat mine = worker.seat;
        WorkerHandle.Running here = worker.running;
        if (mine == null || here == null) {
            return false;
        }
        for (Job job = worker.services.host().next();
                job != null;
                job = worker.services.host().next()) {
            Object packed = job.packedWork();
            int attempt = job.begin(mine);
            if (attempt == 0) {
                continue;
            }
            worker.prefetch.sent(System.nanoTime());
            Assignment assignment = null;
            byte[] frame;
            try {
                assignment = worker.inFlight.add(job, attempt, (TaskPayload) Objects.requireNonNull(packed));
                if (assignment == null) {
                    job.giveBack(attempt);
                    // the worker is dead, and its reaper reports that: until then it must not look for another task
                    return true;
                }
                frame = prepare(assignment, here);
            } catch (OutOfMemoryError noMemory) {
                giveUp(job, attempt, assignment);
                continue;
            }
            if (assignment.run != expectedRun) {
                worker.supervisor.fed(worker.id, assignment.run); // only now: a worker that was fed looks no further
            }
            send(frame, here);
            if (worker.stops.takeEarly(job, attempt)) {
                worker.stop(job, attempt);
            }
            return true;
        }
        return false;
    }

    private byte[] prepare(Assignment assignment, WorkerHandle.Running here) {
        worker.lastTask = assignment.job.name();
        worker.tookRun = assignment.run;
        here.output().began(worker.lastTask);
        if (isRecorded()) {
            WorkerTape.title(assignment, here.outbox());
        }
        worker.memory.attach(assignment.payload);
        byte[] frame = FrameWriter.frame(run(assignment));
        assignment.mark = here.outbox().sentBytes() + frame.length;
        return frame;
    }

    private void giveUp(Job job, int attempt, @Nullable Assignment assignment) {
        if (assignment != null) {
            var _ = worker.inFlight.remove(assignment);
            try {
                worker.memory.answered(assignment.payload);
            } catch (OutOfMemoryError noMemory) {
                // what it took along goes with the worker
            }
        }
        try {
            job.fail(attempt, Failure.UNTOLD);
        } catch (OutOfMemoryError noMemory) {
            // the task has ended, and the worker must look further
        }
    }

    private void send(byte[] frame, WorkerHandle.Running here) {
        try {
            here.outbox().send(frame);
        } catch (OutOfMemoryError noMemory) {
            worker.kill(NO_MEMORY);
        }
    }

    private static Message.Run run(Assignment assignment) {
        return new Message.Run(assignment.run, assignment.payload.packed.bytes());
    }

    /** As {@link WorkerHandle#fill}. */
    void fill() {
        int depth = worker.services.prefetches() ? worker.prefetch.depth() : 0;
        WorkerHandle.Running here = worker.running;
        if (depth == 0 || here == null || worker.departing || isRecorded()) {
            return;
        }
        int there = worker.inFlight.size() - 1;
        if (there > depth / 2) {
            return;
        }
        int wanted = Math.min(depth, worker.services.mayGoAhead() / worker.services.width()) - there;
        try {
            fill(wanted, here);
        } catch (OutOfMemoryError noMemory) {
            var _ = worker.takeBackAll(); // what was not sent is not begun
        }
    }

    /** A recording names the attempt, which is not known of a task that is sent ahead. */
    private boolean isRecorded() {
        WorkerTape tape = worker.tape;
        return tape != null && tape.isOn();
    }

    private void fill(int wanted, WorkerHandle.Running here) {
        List<Assignment> several = several(wanted, here.outbox().room());
        if (several.isEmpty()) {
            return;
        }
        here.output().ended(); // from here on the time no longer tells which task prints
        byte[] frame = FrameWriter.frame(
                new Message.Several(several.stream().map(TaskFeeder::run).toList()));
        long mark = here.outbox().sentBytes() + frame.length;
        for (Assignment one : several) {
            one.mark = mark;
        }
        send(frame, here);
    }

    /**
     * Returns as many as there is room for. The size of a task is not known before it is out of the queue, so it is
     * taken to be that of the task before.
     */
    private List<Assignment> several(int wanted, int room) {
        List<Assignment> several = new ArrayList<>();
        byte[] before = {};
        int last = 0;
        while (several.size() < wanted && room > last) {
            Assignment offered = worker.inFlight.offer(worker.services.host());
            if (offered == null) {
                break;
            }
            several.add(offered);
            byte[] work = offered.payload.packed.bytes();
            last = RunBatch.size(before, work);
            room -= last;
            before = work;
        }
        return several;
    }
}
