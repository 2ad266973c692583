package dev.pando.internal.process;

import dev.pando.internal.process.handle.WorkerHandle;

/** The most memory that a worker may hold while it is at a task. */
record MemoryCap(long bytes, SchedulerShell shell) {

    /** Weighs the workers that are at a task, and reports those above the cap. Returns whether any worker is at one. */
    boolean enforce() {
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
            shell.tooHeavy(worker.id, run, why);
        }
        return anyAtWork;
    }
}
