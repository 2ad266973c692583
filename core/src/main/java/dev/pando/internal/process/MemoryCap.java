package dev.pando.internal.process;

import dev.pando.internal.process.handle.WorkerHandle;
import dev.pando.spi.Timer;

/** The most memory that a worker may hold while it is at a task. */
record MemoryCap(long bytes, SchedulerShell shell) implements WorkWatchdog.WorkersLook {
    private static final long EVERY_NANOS = 50_000_000L;

    WorkWatchdog watchdog(Timer timer) {
        return new WorkWatchdog(timer, bytes > 0 ? EVERY_NANOS : 0, this);
    }

    /** Weighs the workers that are at a task, and reports those above the cap. Returns whether any worker is at one. */
    @Override
    public boolean look() {
        boolean anyAtWork = false;
        for (WorkerHandle worker : shell.workers()) {
            int run = worker.currentRun();
            if (run == 0) {
                continue;
            }
            anyAtWork = true;
            long held = worker.weigh();
            if (held <= bytes) {
                continue;
            }
            String why = "it held " + (held >> 20) + " MiB of memory, more than the " + (bytes >> 20) + " MiB it may";
            shell.killAt(worker.id, run, why);
        }
        return anyAtWork;
    }
}
