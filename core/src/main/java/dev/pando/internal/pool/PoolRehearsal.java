package dev.pando.internal.pool;

import dev.pando.WhenFull;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.TaskOptions;
import dev.pando.internal.task.TaskState;
import dev.pando.internal.task.WorkerSeat;
import dev.pando.internal.util.SystemTimer;
import dev.pando.spi.Backend;
import dev.pando.spi.Engine;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * The life of a pool that no program sees, once in a JVM, a second after the first real one was opened. In a full
 * heap no class can be loaded, and no call through a handle be linked, for the first time; a class that fails to
 * initialise stays so. Thus every way in which a task ends, or its entry is undone, is gone here while there is memory.
 * One thread plays the submitter, the worker and the timer.
 */
final class PoolRehearsal implements Backend, Engine, Timer {
    private final PoolCore core;
    private final TaskOptions plain;
    private final TaskOptions timed;

    /** The alarm that was set last. */
    private Runnable alarm = () -> {};

    /** Whether no alarm can be set and no worker be woken. */
    private boolean refuses;

    @SuppressWarnings("this-escape") // the pool asks for its engine, which needs nothing yet
    private PoolRehearsal() {
        core = new PoolCore(new PoolOptions(
                this,
                "rehearsal",
                4,
                WhenFull.REJECT,
                TaskOptions.NO_TIMEOUT,
                List.of(),
                List.of(),
                false,
                false,
                this));
        plain = new TaskOptions(core, "task", TaskOptions.NO_TIMEOUT, 0, 0);
        timed = plain.withTimeout(1);
    }

    /** Called on a thread of its own, since the worker is interrupted, and marks its thread. */
    static void play() {
        TaskState.rehearse(); // first: a worker would wait for ever for a transition that broke off half-way
        EventPublisher.prepare();
        SystemTimer.rehearse();
        new PoolRehearsal().live();
    }

    private void live() {
        core.helpers.close(); // so that errands are run here
        WorkerSeat seat = core.arrive("worker", Thread.currentThread());
        ends(seat);
        expires(seat);
        endsUnbegun();
        seat.leave();
        core.shutdown().kill();
        core.ended();
    }

    private void ends(WorkerSeat seat) {
        TaskCell<Integer> good = submit(plain, () -> 1);
        var _ = good.onDone(done -> {}).onDone(done -> {});
        expectNone(good);
        run(seat);
        var _ = good.onDone(done -> {}).result();
        TaskCell<Integer> bad = submit(plain.withPriority(1), () -> {
            throw new IllegalStateException("rehearsed");
        });
        run(seat);
        var _ = bad.exception();
        var _ = submit(timed, () -> 1);
        refuses(() -> run(seat));
        var _ = submit(plain, () -> {
            seat.interrupt();
            return 1;
        });
        run(seat);
        var _ = submit(plain, () -> {
            var _ = Objects.requireNonNull(seat.running).cancel(true);
            return 1;
        });
        run(seat);
    }

    /** The time is up of an attempt: the last, one that gives up, and one that does not. */
    private void expires(WorkerSeat seat) {
        Callable<Integer> late = () -> {
            alarm.run();
            return 1;
        };
        var _ = submit(timed, late);
        run(seat);
        var _ = submit(timed.withRetries(1), late);
        run(seat);
        run(seat);
        var _ = submit(timed.withRetries(1), () -> {
            alarm.run();
            alarm.run();
            return 1;
        });
        run(seat);
        var _ = submit(timed.withRetries(1), () -> {
            alarm.run();
            refuses = true;
            return 1;
        });
        run(seat);
        refuses = false;
    }

    private void endsUnbegun() {
        TaskCell<Integer> cancelled = submit(plain, () -> 1);
        var _ = cancelled.cancel(false);
        expectNone(cancelled);
        var _ = submit(plain, () -> 1).cancelUnqueued();
        var _ = submit(plain, () -> 1).perish(true);
        core.abandon(submit(plain, () -> 1), new IllegalStateException("rehearsed"));
        core.backInLine(submit(plain, () -> 1));
        refuses(() -> {
            var _ = submit(plain, () -> 1);
        });
    }

    private TaskCell<Integer> submit(TaskOptions options, Callable<Integer> work) {
        return core.intake().accept(options, work);
    }

    private void run(WorkerSeat seat) {
        TaskCell<?> next = core.next();
        if (next != null) {
            next.run(seat);
        }
    }

    private static void expectNone(TaskCell<?> task) {
        try {
            var _ = task.exception(Duration.ZERO);
        } catch (RuntimeException lateOrCancelled) {
            // as rehearsed
        }
    }

    private void refuses(Runnable step) {
        refuses = true;
        try {
            step.run();
        } catch (RuntimeException refused) {
            // as rehearsed
        } finally {
            refuses = false;
        }
    }

    @Override
    public Engine start(Host host) {
        return this;
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void wake() {
        refuse();
    }

    @Override
    public void rescue(Job job) {}

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Alarm after(long nanos, Runnable body) {
        refuse();
        alarm = body;
        return () -> {};
    }

    private void refuse() {
        if (refuses) {
            throw new IllegalStateException("rehearsed");
        }
    }
}
