package dev.pando;

import dev.pando.internal.util.Checks;
import dev.pando.internal.util.Uninterruptibly;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The outside of a pool: what users call, each call handed on to the class that knows. */
final class TaskPool extends Desk implements Pool {
    private static final System.Logger LOG = System.getLogger("dev.pando");

    /** How long a killed worker may take to be gone before the warning that names it. */
    private static final long KILL_NANOS = 1_000_000_000L;

    TaskPool(PoolOptions options) {
        this(new PoolCore(options), options.timeoutNanos());
    }

    private TaskPool(PoolCore core, long timeoutNanos) {
        super(core, new Terms(core, "task", timeoutNanos, 0, 0));
    }

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Callable<T> task) {
        return core.intake().accept(terms, Checks.present(task, "task"));
    }

    @Override
    public TaskFuture<?> submit(Runnable task) {
        return core.intake().<@Nullable Object>accept(terms, new Work.Run<>(Checks.present(task, "task"), null));
    }

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Runnable task, T result) {
        return core.intake().accept(terms, new Work.Run<>(Checks.present(task, "task"), result));
    }

    @Override
    public void execute(Runnable command) {
        var _ = core.intake().accept(terms, new Work.Execute(Checks.present(command, "command")));
    }

    @Override
    public TaskGroup<@Nullable Object, @Nullable Void> group() {
        return GroupImpl.allOrFail(core, terms);
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> TaskGroup<T, R> group(Join<T, R> join) {
        return new GroupImpl<>(core, terms, Checks.present(join, "join"));
    }

    @Override
    public <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks) throws InterruptedException {
        return Bulk.all(this, tasks, Blocking.NEVER);
    }

    @Override
    public <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        return Bulk.all(this, tasks, Blocking.deadline(Checks.present(unit, "unit").toNanos(timeout)));
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        try {
            return Bulk.any(this, tasks, Blocking.NEVER);
        } catch (TimeoutException e) {
            throw new AssertionError("never came", e);
        }
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return Bulk.any(this, tasks, Blocking.deadline(Checks.present(unit, "unit").toNanos(timeout)));
    }

    @Override
    public PoolStats stats() {
        return core.stats();
    }

    @Override
    public int cancelQueued() {
        return core.shutdown().drain().size();
    }

    @Override
    public void shutdown() {
        core.shutdown().begin();
    }

    @Override
    public List<Runnable> shutdownNow() {
        core.shutdown().begin();
        List<Runnable> unbegun = core.shutdown().drain();
        core.shutdown().interruptRunning();
        return unbegun;
    }

    @Override
    public void kill() {
        core.shutdown().kill();
    }

    @Override
    public boolean isShutdown() {
        return !core.life.isOpen();
    }

    @Override
    public boolean isTerminated() {
        return core.life.state() == Life.State.CLOSED;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return core.life.awaitClosed(Checks.present(unit, "unit").toNanos(timeout));
    }

    @Override
    public void close() {
        core.shutdown().begin();
        if (PoolSeat.inside(core)) return;
        Uninterruptibly.await(() -> core.life.awaitClosed(Long.MAX_VALUE), this::shutdownNow);
    }

    @Override
    public boolean close(Duration patience) {
        long nanos = Checks.notNegative(patience, "patience");
        core.shutdown().begin();
        if (PoolSeat.inside(core)) return isTerminated();
        try {
            if (core.life.awaitClosed(nanos)) return true;
            kill();
            if (core.life.awaitClosed(KILL_NANOS)) return true;
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            return isTerminated();
        }
        LOG.log(System.Logger.Level.WARNING, "pool " + core.name() + " cannot close: " + core.shutdown().stubborn());
        return false;
    }

    @Override
    public String toString() {
        PoolStats now = stats();
        return "Pool[" + now.name() + ", " + now.backend() + ", " + now.state() + ", " + now.running() + " running, "
                + now.queued() + " queued, " + (now.succeeded() + now.failed() + now.cancelled()) + " done]";
    }
}
