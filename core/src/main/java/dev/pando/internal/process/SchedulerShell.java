package dev.pando.internal.process;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.handle.Supervisor;
import dev.pando.internal.process.handle.WorkerHandle;
import dev.pando.internal.process.handle.WorkerServices;
import dev.pando.internal.process.schedule.SchedulerCommand;
import dev.pando.internal.process.schedule.WorkerScheduler;
import dev.pando.spi.Host;
import dev.pando.spi.Timer;
import dev.pando.spi.UnreadyException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The shell around the {@link WorkerScheduler}: brings it what happened, one event at a time under a lock, and carries
 * out what it commands, outside the lock, on the thread that brought the event. A command may be late: a
 * {@link WorkerHandle} knows what it is too late for.
 */
final class SchedulerShell implements Supervisor {
    private final WorkerServices services;
    private final Host host;
    private final Timer timer;
    private final WorkerStarts starts;
    private final WorkWatchdog memoryWatchdog;
    private final WorkWatchdog frozenWatchdog;
    private final IdleWatchdog idleWatchdog;
    private final boolean weighsAfterTasks;
    private final JvmKeepAlive keepAlive;
    private final Runnable onEnd;
    private final ConcurrentHashMap<Integer, WorkerHandle> handles = new ConcurrentHashMap<>();
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final WorkerScheduler scheduler;

    @GuardedBy("lock")
    private final SchedulerAlarm alarm;

    /**
     * What {@link WorkerScheduler#isFull} said last. Written under the lock, before a worker that stops being busy
     * looks at the queue; read by {@link #wake} after its task is in the queue, so that one of the two sees the other
     * (Dekker's handshake).
     */
    private volatile boolean full;

    /** Whether a task was expected. Two threads may both find that none was: the scheduler launches once. */
    private volatile boolean expected;

    /** What an initializer threw. */
    private volatile @Nullable Throwable unfit;

    /** Something that happened at this moment, and what is to be done about it. */
    interface Event {
        List<SchedulerCommand> at(WorkerScheduler scheduler, long now);
    }

    /** @param onEnd called once, when no worker is left and none will come */
    SchedulerShell(WorkerServices services, ProcessSettings settings, Runnable onEnd) {
        this.services = services;
        this.host = services.host();
        this.timer = services.timer();
        this.starts = new WorkerStarts(services, this);
        this.memoryWatchdog = new MemoryCap(settings.memory, this).watchdog(timer);
        this.frozenWatchdog = new WorkWatchdog(timer, FrozenWorkers.EVERY_NANOS, new FrozenWorkers(this));
        this.idleWatchdog = new IdleWatchdog(timer, new SchedulerEvents.Workers(this));
        this.weighsAfterTasks = services.recycleAbove() > 0;
        this.keepAlive = new JvmKeepAlive(host);
        this.onEnd = onEnd;
        this.alarm = new SchedulerAlarm(timer, new SchedulerEvents.Ring(this));
        this.scheduler = new WorkerScheduler(settings.rules());
    }

    /** Returns the workers that are not buried; the collection is live, and safe for threads. */
    Collection<WorkerHandle> workers() {
        return handles.values();
    }

    /** Returns whether a worker works, or is about to, or died at it and is not buried. */
    boolean isAtWork() {
        synchronized (lock) {
            return scheduler.isAtWork();
        }
    }

    void startAll() {
        tell(WorkerScheduler::eager);
    }

    void killAll() {
        tell(WorkerScheduler::killAll);
        wake();
    }

    /** A task is being packed: where it is the first, its worker starts meanwhile. */
    void expect() {
        if (!expected) {
            expected = true;
            tell(new SchedulerEvents.Expected());
        }
    }

    /** A task came, or the pool began to close. */
    void wake() {
        if (!full) {
            tell(new SchedulerEvents.Work(host));
        }
        closeIfOver();
    }

    @Override
    public void hire() {
        wake();
    }

    /** Where the pool is over, what stands in the queue is dead entries only. */
    @Override
    public void checkQueue() {
        if (!full && host.anyInLine() && !host.over()) {
            tell(this::waiting);
        }
        closeIfOver();
    }

    /** A worker that was woken is asked whether it has taken its task by now: only here does that make a difference. */
    private List<SchedulerCommand> waiting(WorkerScheduler scheduler, long now) {
        for (WorkerHandle worker : handles.values()) {
            scheduler.confirmTaken(worker.id, worker.tookRun);
        }
        return scheduler.waiting(now);
    }

    private void closeIfOver() {
        // a task may be tried again meanwhile
        if (host.over()) {
            tell((scheduler, now) -> host.over() ? close(scheduler, now) : List.of());
        }
    }

    /** A worker that has said that it is ready goes home like any other, although {@link #ready} may still be due. */
    private List<SchedulerCommand> close(WorkerScheduler scheduler, long now) {
        List<SchedulerCommand> commands = new ArrayList<>();
        for (WorkerHandle worker : handles.values()) {
            if (worker.saidReady) {
                commands.addAll(scheduler.ready(worker.id, now));
            }
        }
        commands.addAll(scheduler.close(now));
        return commands;
    }

    @Override
    public void ready(int worker) {
        tell(new SchedulerEvents.Ready(worker));
    }

    @Override
    public void unfit(WorkerHandle worker, Throwable thrown) {
        unfit = thrown;
        System.getLogger("dev.pando")
                .log(System.Logger.Level.WARNING, "the initializer of worker " + worker.name + " threw", thrown);
        tell((scheduler, now) -> scheduler.unfit(worker.id, "its initializer threw " + thrown, now));
    }

    @Override
    public void fed(int worker, int run) {
        tell(new SchedulerEvents.Fed(worker, run));
    }

    @Override
    public void stopping(int worker, int run) {
        tell((scheduler, now) -> scheduler.stop(worker, run, now));
    }

    @Override
    public Runnable answered(WorkerHandle worker, int run) {
        if (full) {
            return new SchedulerEvents.WhenSettled(
                    this, worker, false); // no thread looks for a worker that comes free soon
        }
        boolean looksNext = false;
        for (SchedulerCommand command : happened(new SchedulerEvents.Answered(worker.id, run, weighsAfterTasks))) {
            if (command instanceof SchedulerCommand.Feed(int id, var _) && id == worker.id) {
                looksNext = true;
            } else {
                carryOut(command);
            }
        }
        return new SchedulerEvents.WhenSettled(this, worker, looksNext);
    }

    @Override
    public void rested(WorkerHandle worker) {
        tell(new SchedulerEvents.Free(worker.id));
    }

    @Override
    public void wentOn(int worker, int run) {
        tell((scheduler, now) -> scheduler.goesOn(worker, run, now));
    }

    @Override
    public void worn(int worker, boolean farMore) {
        tell((scheduler, now) -> farMore ? scheduler.spent(worker, now) : scheduler.worn(worker, now));
    }

    @Override
    public void departing(int worker) {
        tell((scheduler, now) -> scheduler.departing(worker, now));
    }

    @Override
    public void died(int worker, String why) {
        tell((scheduler, now) -> scheduler.dead(worker, why, now));
    }

    @Override
    public void diedUnready(WorkerHandle worker, String why) {
        if (worker.whyKilled() == null && unfit == null) {
            services.launcher().diedEarly();
        }
        died(worker.id, why);
    }

    @Override
    public void buried(WorkerHandle worker) {
        tell((scheduler, now) -> scheduler.buried(worker.id, now));
        handles.remove(worker.id);
        checkQueue();
    }

    /** The worker must not go on with this run. */
    void killAt(int worker, int run, String why) {
        tell((scheduler, now) -> scheduler.killAt(worker, run, why, now));
    }

    private void tell(Event event) {
        carryOut(happened(event));
    }

    /** Returns the commands, which the caller must carry out. */
    @CheckReturnValue
    private List<SchedulerCommand> happened(Event event) {
        synchronized (lock) {
            long now = timer.nanoTime();
            List<SchedulerCommand> commands = event.at(scheduler, now);
            // under the lock, so that the carrier of a later command finds the worker
            for (SchedulerCommand command : commands) {
                if (command instanceof SchedulerCommand.Launch(int id, var _)) {
                    handles.put(id, new WorkerHandle(id, services, this));
                }
            }
            full = scheduler.isFull();
            keepAlive.atWork(scheduler.isAtWork());
            alarm.ringAt(scheduler.due(), now);
            return commands;
        }
    }

    /** A moment has come that the scheduler named. */
    void ring() {
        synchronized (lock) {
            alarm.looked();
        }
        tell(WorkerScheduler::tick);
        checkQueue(); // a worker may have been held back until now
    }

    private void carryOut(List<SchedulerCommand> commands) {
        for (SchedulerCommand command : commands) {
            carryOut(command);
        }
    }

    /** Not only a switch over types: making one would delay a program's first result by milliseconds. */
    private void carryOut(SchedulerCommand command) {
        if (command instanceof SchedulerCommand.Launch launch) {
            carryOutLaunch(launch);
        } else if (command instanceof SchedulerCommand.Feed(int id, int run)) {
            feed(id, run);
        } else {
            carryOutOther(command);
        }
    }

    private void carryOutOther(SchedulerCommand command) {
        switch (command) {
            case SchedulerCommand.Launch launch -> carryOutLaunch(launch);
            case SchedulerCommand.Feed(int id, int run) -> feed(id, run);
            case SchedulerCommand.Release(int id) -> with(id, WorkerHandle::release);
            case SchedulerCommand.Kill(int id, String why) -> with(id, worker -> worker.kill(why));
            case SchedulerCommand.Break(String why) -> {
                Throwable thrown = unfit;
                host.broken(thrown != null ? thrown : new UnreadyException(why));
            }
            case SchedulerCommand.End() -> {
                keepAlive.leave();
                onEnd.run();
            }
        }
    }

    private void carryOutLaunch(SchedulerCommand.Launch command) {
        WorkerHandle worker = handles.get(command.worker());
        if (worker != null) {
            starts.launch(worker, command.soon());
        }
    }

    private void feed(int id, int expectedRun) {
        WorkerHandle worker = handles.get(id);
        if (worker != null) {
            feed(worker, expectedRun);
        }
    }

    void feed(WorkerHandle worker, int expectedRun) {
        if (worker.feed(expectedRun)) {
            memoryWatchdog.watch();
            frozenWatchdog.watch();
            idleWatchdog.watch();
        } else {
            tell(new SchedulerEvents.FoundNothing(worker.id, worker.inFlight.lastRun()));
        }
        // the task that woke this worker may not be the one that it took, and another may have come meanwhile
        checkQueue();
    }

    /** Does nothing where the command comes too late: then its worker is buried. */
    private void with(int id, Consumer<WorkerHandle> command) {
        WorkerHandle handle = handles.get(id);
        if (handle != null) {
            command.accept(handle);
        }
    }
}
