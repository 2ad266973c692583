package dev.pando.internal.process;

import dev.pando.internal.process.handle.WorkerHandle;
import dev.pando.internal.process.schedule.SchedulerCommand;
import dev.pando.internal.process.schedule.WorkerScheduler;
import dev.pando.spi.Host;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * The events between a pool's first task and its result. Classes, not lambdas: the JVM makes a lambda at its first use,
 * which takes a fresh program longer than to load such a class.
 */
final class SchedulerEvents {
    private SchedulerEvents() {}

    /** The live workers, to be asked for again and again. */
    record Workers(SchedulerShell shell) implements Supplier<Collection<WorkerHandle>> {
        @Override
        public Collection<WorkerHandle> get() {
            return shell.workers();
        }
    }

    /** A moment has come that the scheduler named. */
    record Ring(SchedulerShell shell) implements Runnable {
        @Override
        public void run() {
            shell.ring();
        }
    }

    /** A task is being packed. */
    record Expected() implements SchedulerShell.Event {
        @Override
        public List<SchedulerCommand> at(WorkerScheduler scheduler, long now) {
            return scheduler.expected(now);
        }
    }

    /** A task came. The queue is asked in the event: a worker that looked meanwhile may have taken the task. */
    record Work(Host host) implements SchedulerShell.Event {
        @Override
        public List<SchedulerCommand> at(WorkerScheduler scheduler, long now) {
            return host.anyInLine() && !host.over() ? scheduler.work(now) : List.of();
        }
    }

    record Ready(int worker) implements SchedulerShell.Event {
        @Override
        public List<SchedulerCommand> at(WorkerScheduler scheduler, long now) {
            return scheduler.ready(worker, now);
        }
    }

    record Fed(int worker, int run) implements SchedulerShell.Event {
        @Override
        public List<SchedulerCommand> at(WorkerScheduler scheduler, long now) {
            return scheduler.fed(worker, run, now);
        }
    }

    /** @param weighs whether the worker is weighed before it goes on */
    record Answered(int worker, int run, boolean weighs) implements SchedulerShell.Event {
        @Override
        public List<SchedulerCommand> at(WorkerScheduler scheduler, long now) {
            return weighs ? scheduler.settling(worker, run, now) : scheduler.answered(worker, run, now);
        }
    }

    record Free(int worker) implements SchedulerShell.Event {
        @Override
        public List<SchedulerCommand> at(WorkerScheduler scheduler, long now) {
            return scheduler.free(worker, now);
        }
    }

    record FoundNothing(int worker, int lastRun) implements SchedulerShell.Event {
        @Override
        public List<SchedulerCommand> at(WorkerScheduler scheduler, long now) {
            return scheduler.foundNothing(worker, lastRun, now);
        }
    }

    /**
     * What a worker does once its answer is settled.
     *
     * @param looks whether it looks for its next task, or rests
     */
    record WhenSettled(SchedulerShell shell, WorkerHandle worker, boolean looks) implements Runnable {
        @Override
        public void run() {
            if (looks) {
                shell.feed(worker, 0);
            } else {
                shell.rested(worker);
            }
        }
    }
}
