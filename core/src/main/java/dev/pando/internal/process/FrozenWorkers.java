package dev.pando.internal.process;

import dev.pando.internal.process.handle.WorkerHandle;
import java.util.HashMap;
import java.util.Map;

/**
 * The workers that a signal has stopped (SIGSTOP) while they have a task: such a worker neither answers nor ends, so a
 * caller without a timeout would wait for ever. Looks are counted instead of time, because while the program is stopped
 * too, or its machine sleeps, no time of the worker's has passed.
 */
final class FrozenWorkers implements WorkWatchdog.WorkersLook {
    static final long EVERY_NANOS = 1_000_000_000L;

    /** A worker that was stopped for a moment, by a tool that looks into it, goes on long before. */
    private static final int LOOKS = 10;

    private static final String WHY = "it was stopped by a signal (SIGSTOP) and did not go on for " + LOOKS
            + " s while it had a task; to look into a worker for longer, attach a debugger, which may hold it";

    private final SchedulerShell shell;

    /** How often in a row a worker was found stopped, by its number. Used by one look at a time. */
    private Map<Integer, Integer> looks = Map.of();

    FrozenWorkers(SchedulerShell shell) {
        this.shell = shell;
    }

    /** Looks at the workers that are at a task, and reports the frozen ones. Returns whether any worker is at one. */
    @Override
    public boolean look() {
        boolean anyAtWork = false;
        Map<Integer, Integer> now = new HashMap<>();
        for (WorkerHandle worker : shell.workers()) {
            int run = worker.currentRun();
            if (run == 0) {
                continue;
            }
            anyAtWork = true;
            if (worker.lookIfStopped()) {
                int often = looks.getOrDefault(worker.id, 0) + 1;
                now.put(worker.id, often);
                if (often >= LOOKS) {
                    shell.killAt(worker.id, run, WHY);
                }
            }
        }
        looks = now;
        return anyAtWork;
    }
}
