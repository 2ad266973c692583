package dev.pando.internal.process;

import dev.pando.internal.process.schedule.SchedulerCommand;
import dev.pando.internal.process.schedule.WorkerScheduler;
import java.util.List;

/** What happened to a worker and must reach its scheduler, however short memory is. */
enum WorkerNews {
    FED,
    STOPPING,
    FREE,
    FOUND_NOTHING;

    /** No {@code switch}: it is linked at its first use, which needs memory. */
    List<SchedulerCommand> at(WorkerScheduler scheduler, int worker, int run, long now) {
        if (this == FED) {
            return scheduler.fed(worker, run, now);
        }
        if (this == FREE) {
            return scheduler.free(worker, now);
        }
        if (this == STOPPING) {
            return scheduler.stop(worker, run, now);
        }
        return scheduler.foundNothing(worker, run, now);
    }
}
