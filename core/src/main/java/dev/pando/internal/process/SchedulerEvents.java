package dev.pando.internal.process;

import dev.pando.internal.process.handle.WorkerHandle;
import dev.pando.internal.process.handle.WorkerServices;
import dev.pando.internal.process.schedule.SchedulerCommand;
import dev.pando.internal.process.schedule.WorkerScheduler;
import dev.pando.spi.Host;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The events between a pool's first task and its result. Classes, not lambdas: the JVM makes a lambda at its first use,
 * which takes a fresh program longer than to load such a class.
 */
final class SchedulerEvents {
    private SchedulerEvents() {}

    /** A worker is about to be launched. */
    record Births(WorkerServices services, SchedulerShell shell, HandleTable handles) implements IntConsumer {
        @Override
        public void accept(int worker) {
            handles.add(new WorkerHandle(worker, services, shell));
        }
    }

    /** A moment has come that the scheduler named. */
    record Ring(SchedulerShell shell) implements Runnable {
        @Override
        public void run() {
            shell.ring();
        }
    }

    record NextTick(SchedulerShell shell) implements Runnable {
        @Override
        public void run() {
            shell.look();
        }
    }

    record QueueCheck(SchedulerShell shell) implements Runnable {
        @Override
        public void run() {
            shell.checkQueue();
        }
    }

    record Waking(SchedulerShell shell) implements Runnable {
        @Override
        public void run() {
            shell.wake();
        }
    }

    record Breaking(SchedulerShell shell) implements Runnable {
        @Override
        public void run() {
            shell.breakPool();
        }
    }

    record Killing(SchedulerShell shell) implements Runnable, EventDesk.WorkerEvent {
        @Override
        public void run() {
            shell.tell(this);
        }

        @Override
        public List<SchedulerCommand> at(WorkerScheduler scheduler, long now) {
            return scheduler.killAll(now);
        }
    }

    record Closing(SchedulerShell shell) implements Runnable, EventDesk.WorkerEvent {
        @Override
        public void run() {
            shell.tell(this);
        }

        @Override
        public List<SchedulerCommand> at(WorkerScheduler scheduler, long now) {
            return scheduler.close(now);
        }
    }

    /** A task is being packed. */
    record Expected() implements EventDesk.WorkerEvent {
        @Override
        public List<SchedulerCommand> at(WorkerScheduler scheduler, long now) {
            return scheduler.expected(now);
        }
    }

    /** A task came. The queue is asked in the event: a worker that looked meanwhile may have taken the task. */
    record WorkCame(Host host) implements EventDesk.WorkerEvent {
        @Override
        public List<SchedulerCommand> at(WorkerScheduler scheduler, long now) {
            return host.anyInLine() && !host.over() ? scheduler.work(now) : List.of();
        }
    }

    /** @param run 0 where the news is of no run */
    record Reported(WorkerNews news, int worker, int run) implements EventDesk.WorkerEvent {
        @Override
        public List<SchedulerCommand> at(WorkerScheduler scheduler, long now) {
            return news.at(scheduler, worker, run, now);
        }
    }

    record WorkerReady(int worker) implements EventDesk.WorkerEvent {
        @Override
        public List<SchedulerCommand> at(WorkerScheduler scheduler, long now) {
            return scheduler.ready(worker, now);
        }
    }

    /** @param weighs whether the worker is weighed before it goes on */
    record Answered(int worker, int run, boolean weighs) implements EventDesk.WorkerEvent {
        @Override
        public List<SchedulerCommand> at(WorkerScheduler scheduler, long now) {
            return weighs ? scheduler.settling(worker, run, now) : scheduler.answered(worker, run, now);
        }
    }
}
