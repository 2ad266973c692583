package dev.pando.internal.process;

import dev.pando.internal.process.handle.Supervisor;
import dev.pando.internal.process.handle.WorkerHandle;
import dev.pando.internal.process.handle.WorkerReader;
import dev.pando.internal.process.handle.WorkerServices;
import dev.pando.internal.util.MemoryPause;
import dev.pando.spi.Timer;

/**
 * Starts the threads of workers, which start their processes: at once, or a little later. A worker whose thread cannot
 * be started has died. Classes, not lambdas: see {@link SchedulerEvents}.
 */
record WorkerStarts(WorkerServices services, Supervisor supervisor) {
    /**
     * The delay of a spare that no task waits for. It was most likely ordered because another has just taken the place
     * of a worker that died: that other worker, its task, and the search for what the dead worker left behind come
     * first.
     */
    private static final long SPARE_DELAY_NANOS = 20_000_000;

    /** A program whose first worker started so long ago is taken to start more of them, and in no hurry. */
    private static final long SETTLED_NANOS = 2_000_000_000;

    /** @param soon whether a task waits for the worker */
    void launch(WorkerHandle worker, boolean soon) {
        if (soon) {
            launch(worker);
        } else {
            launchLater(worker);
        }
    }

    private void launch(WorkerHandle worker) {
        if (worker.id == 1) {
            prepareOthersLater();
        }
        try {
            WorkerReader.start(worker);
        } catch (OutOfMemoryError none) {
            worker.noteStarved(none);
            giveUp(worker, none);
        }
    }

    /** Again and again, because no other thread knows that this worker will not come. */
    private void giveUp(WorkerHandle worker, OutOfMemoryError none) {
        while (true) {
            try {
                supervisor.neverCame(worker, "the system has no thread left to serve it: " + none.getMessage());
                supervisor.buried(worker);
                return;
            } catch (OutOfMemoryError noMemory) {
                MemoryPause.rest();
            }
        }
    }

    /** At once where no alarm can be set, or else the worker would count as starting for ever. */
    private void launchLater(WorkerHandle worker) {
        try {
            var _ = timer().after(SPARE_DELAY_NANOS, () -> launch(worker));
        } catch (Throwable noThread) {
            launch(worker);
        }
    }

    /** Has made what lets later workers start sooner, in a while. */
    private void prepareOthersLater() {
        try {
            var _ = timer().after(SETTLED_NANOS, new Runnable() {
                @Override
                public void run() {
                    services.launcher().prepareOthers();
                }
            });
        } catch (Throwable noThread) {
            // left out, since it needs a thread as well: this worker must start, and later ones can without it
        }
    }

    private Timer timer() {
        return services.timer();
    }
}
