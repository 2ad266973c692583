package dev.pando.internal.process;

import dev.pando.internal.process.handle.Supervisor;
import dev.pando.internal.process.handle.WorkerHandle;
import dev.pando.internal.process.handle.WorkerServices;
import dev.pando.internal.process.schedule.SchedulerCommand;
import dev.pando.internal.process.schedule.WorkerScheduler;
import dev.pando.internal.util.MemoryPause;
import dev.pando.spi.Host;
import dev.pando.spi.Timer;
import dev.pando.spi.UnreadyException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shell around the {@link WorkerScheduler}: brings it what happened, one event at a time under a lock, and carries
 * out what it commands, outside the lock, on the thread that brought the event. A command may be late: a
 * {@link WorkerHandle} knows what it is too late for.
 *
 * <p>Where memory is short an event throws, and has changed nothing but what its commands say, which are carried out
 * all the same. What no other thread would report again is reported until there is memory.
 */
final class SchedulerShell implements Supervisor {
    private final WorkerServices services;
    private final Host host;
    private final WorkWatchdog memoryWatchdog;
    private final WorkWatchdog frozenWatchdog;
    private final IdleWatchdog idleWatchdog;
    private final boolean weighsAfterTasks;
    private final JvmKeepAlive keepAlive;
    private final Runnable onEnd;
    private final WorkerStarts starts;
    private final HandleTable handles = new HandleTable();
    private final EventDesk desk;

    // made here, because a full heap has no memory for them
    private final Runnable queueCheck = new SchedulerEvents.QueueCheck(this);
    private final Runnable look = new SchedulerEvents.NextTick(this);
    private final Runnable waking = new SchedulerEvents.Waking(this);
    private final Runnable breaking = new SchedulerEvents.Breaking(this);
    private final Runnable killing = new SchedulerEvents.Killing(this);
    private final Runnable closing = new SchedulerEvents.Closing(this);

    /** Whether a task was expected. Two threads may both find that none was: the scheduler launches once. */
    private volatile boolean expected;

    /** Why no worker gets ready. */
    private volatile String hopeless = "";

    /** What an initializer threw. */
    private volatile @Nullable Throwable unfit;

    /** @param onEnd called once, when no worker is left and none will come */
    SchedulerShell(WorkerServices services, ProcessSettings settings, Runnable onEnd) {
        this.services = services;
        this.host = services.host();
        Timer timer = services.timer();
        this.memoryWatchdog = new MemoryCap(settings.memory, this).watchdog(timer);
        this.frozenWatchdog = new WorkWatchdog(timer, FrozenWorkers.EVERY_NANOS, new FrozenWorkers(this));
        this.idleWatchdog = new IdleWatchdog(timer, handles);
        this.weighsAfterTasks = services.recycleAbove() > 0;
        this.keepAlive = new JvmKeepAlive(host);
        this.onEnd = onEnd;
        this.starts = new WorkerStarts(services, this);
        WorkerScheduler scheduler =
                new WorkerScheduler(settings.rules(), new SchedulerEvents.Births(services, this, handles));
        this.desk = new EventDesk(timer, keepAlive, scheduler, new SchedulerEvents.Ring(this));
    }

    /** Returns the workers that are not buried, as an array which the caller must not change. */
    WorkerHandle[] workers() {
        return handles.get();
    }

    /** As {@link EventDesk#isAtWork}. */
    boolean isAtWork() {
        return desk.isAtWork();
    }

    void startAll() {
        tell(WorkerScheduler::eager);
    }

    void killAll() {
        MemoryPause.insist(killing);
        MemoryPause.insist(waking);
    }

    /** Ends the workers of a pool that could not be opened. */
    void abandon() {
        MemoryPause.insist(killing);
        MemoryPause.insist(closing);
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
        if (!desk.isFull()) {
            tell(new SchedulerEvents.WorkCame(host));
        }
        closeIfOver();
    }

    void widen(int by) {
        tell((scheduler, now) -> scheduler.widen(by, now));
    }

    @Override
    public void hire() {
        wake();
    }

    /** Where the pool is over, what stands in the queue is dead entries only. */
    @Override
    public void checkQueue() {
        if (!desk.isFull() && host.anyInLine() && !host.over()) {
            tell(this::waiting);
        }
        closeIfOver();
    }

    /** A worker that was woken is asked whether it has taken its task by now: only here does that make a difference. */
    private List<SchedulerCommand> waiting(WorkerScheduler scheduler, long now) {
        for (WorkerHandle worker : handles.get()) {
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
        for (WorkerHandle worker : handles.get()) {
            if (worker.saidReady) {
                scheduler.noteReady(worker.id, now);
            }
        }
        return scheduler.close(now);
    }

    @Override
    public void ready(int worker) {
        tell(new SchedulerEvents.WorkerReady(worker));
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
        report(WorkerNews.FED, worker, run);
    }

    @Override
    public void stopping(int worker, int run) {
        report(WorkerNews.STOPPING, worker, run);
    }

    @Override
    public boolean answered(WorkerHandle worker, int run) {
        if (desk.isFull()) {
            return false; // no thread looks for a worker that comes free soon
        }
        List<SchedulerCommand> commands;
        try {
            commands = desk.happened(new SchedulerEvents.Answered(worker.id, run, weighsAfterTasks));
        } catch (OutOfMemoryError noMemory) {
            return false; // rested follows, which returns what this has left behind
        }
        boolean looksNext = false;
        for (int i = 0; i < commands.size(); i++) {
            SchedulerCommand command = commands.get(i);
            if (command instanceof SchedulerCommand.Feed feed && feed.worker() == worker.id) {
                looksNext = true;
            } else {
                carryOut(command);
            }
        }
        return looksNext;
    }

    @Override
    public void settled(WorkerHandle worker, boolean looksNext) {
        if (looksNext) {
            feed(worker, 0);
        } else {
            rested(worker);
        }
    }

    @Override
    public void rested(WorkerHandle worker) {
        report(WorkerNews.FREE, worker.id, 0);
    }

    @Override
    public void wentOn(int worker, int run) {
        tell((scheduler, now) -> scheduler.goesOn(worker, run, now));
    }

    @Override
    public void worn(int worker, boolean farMore) {
        tell((scheduler, now) -> scheduler.worn(worker, farMore, now));
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
        neverCame(worker, why);
    }

    @Override
    public void neverCame(WorkerHandle worker, String why) {
        tell((scheduler, now) -> {
            if (worker.isStarved()) {
                scheduler.noteStarved(worker.id);
            }
            return scheduler.dead(worker.id, why, now);
        });
    }

    @Override
    public void buried(WorkerHandle worker) {
        tell((scheduler, now) -> {
            handles.remove(worker);
            return scheduler.buried(worker.id, now);
        });
        checkQueue();
    }

    /** The worker must not go on with this run. */
    void killAt(int worker, int run, String why) {
        tell((scheduler, now) -> scheduler.killAt(worker, run, why, now));
    }

    /** Again and again until there is memory for it, because no other thread would report this. */
    private void report(WorkerNews news, int worker, int run) {
        while (true) {
            try {
                tell(new SchedulerEvents.Reported(news, worker, run));
                return;
            } catch (OutOfMemoryError noMemory) {
                MemoryPause.rest();
            }
        }
    }

    void tell(EventDesk.WorkerEvent event) {
        List<SchedulerCommand> commands;
        try {
            commands = desk.happened(event);
        } catch (OutOfMemoryError noMemory) {
            for (SchedulerCommand left = desk.poll(); left != null; left = desk.poll()) {
                carryOut(left);
            }
            throw noMemory;
        }
        for (int i = 0; i < commands.size(); i++) {
            carryOut(commands.get(i));
        }
    }

    /** A moment has come that the scheduler named. */
    void ring() {
        desk.looked();
        MemoryPause.insist(look);
    }

    void look() {
        tell(WorkerScheduler::tick);
        checkQueue(); // a worker may have been held back until now
    }

    /** No {@code switch}: it is linked at its first use, which needs memory. */
    private void carryOut(SchedulerCommand command) {
        WorkerHandle worker = handles.find(command.worker());
        if (command instanceof SchedulerCommand.Break broken) {
            hopeless = broken.why();
            MemoryPause.insist(breaking);
        } else if (command instanceof SchedulerCommand.End) {
            keepAlive.leave();
            onEnd.run();
        } else if (worker != null) { // or else the command comes too late: its worker is buried
            carryOut(command, worker);
        }
    }

    /** Once, whatever finds no memory, because a command comes once. */
    private void carryOut(SchedulerCommand command, WorkerHandle worker) {
        if (command instanceof SchedulerCommand.Feed feed) {
            feed(worker, feed.run());
        } else if (command instanceof SchedulerCommand.Launch launch) {
            starts.launch(worker, launch.soon());
        } else if (command instanceof SchedulerCommand.Kill kill) {
            worker.kill(kill.why());
        } else {
            worker.release();
        }
    }

    void breakPool() {
        Throwable thrown = unfit;
        host.broken(thrown != null ? thrown : new UnreadyException(hopeless));
    }

    /** Never throws for want of memory: the worker would count as about to look for ever. */
    private void feed(WorkerHandle worker, int expectedRun) {
        if (worker.feed(expectedRun)) {
            memoryWatchdog.watch();
            frozenWatchdog.watch();
            idleWatchdog.watch();
        } else {
            report(WorkerNews.FOUND_NOTHING, worker.id, worker.inFlight.lastRun());
        }
        // the task that woke this worker may not be the one that it took, and another may have come meanwhile
        MemoryPause.insist(queueCheck);
    }
}
