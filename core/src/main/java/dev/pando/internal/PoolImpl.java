package dev.pando.internal;

import dev.pando.Actor;
import dev.pando.ActorOptions;
import dev.pando.Fn;
import dev.pando.Joiner;
import dev.pando.Pool;
import dev.pando.PoolRecording;
import dev.pando.PoolStats;
import dev.pando.PoolView;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.TaskGroup;
import dev.pando.internal.actor.ActorHandle;
import dev.pando.internal.deadlock.BlockingWait;
import dev.pando.internal.pool.BeanWatch;
import dev.pando.internal.pool.PoolCore;
import dev.pando.internal.pool.PoolOptions;
import dev.pando.internal.pool.PoolRecorder;
import dev.pando.internal.pool.PoolState;
import dev.pando.internal.pool.RehearsalThread;
import dev.pando.internal.shared.handle.SharedSpaceImpl;
import dev.pando.internal.task.SubmittedWork;
import dev.pando.internal.task.TaskOptions;
import dev.pando.internal.task.WorkerSeat;
import dev.pando.internal.tool.PoolTools;
import dev.pando.internal.util.Checks;
import dev.pando.internal.util.Uninterruptibly;
import dev.pando.internal.worker.OfferedCall;
import dev.pando.shared.SharedSpace;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The outside of a pool: what users call, each call handed on to the class that knows. */
public final class PoolImpl extends SubmitterImpl implements Pool {

    /** How long a killed worker may take to be gone before the warning that names it. */
    private static final long KILL_NANOS = 1_000_000_000L;

    public PoolImpl(PoolOptions options) {
        this(opened(options), options.timeoutNanos());
    }

    private PoolImpl(PoolCore core, long timeoutNanos) {
        super(core, new TaskOptions(core, "task", timeoutNanos, 0, 0));
    }

    private static PoolCore opened(PoolOptions options) {
        PoolCore core = new PoolCore(options);
        RehearsalThread.once();
        String dashboard = System.getProperty(PoolTools.DASHBOARD);
        if (dashboard != null) {
            PoolTools.opened(dashboard, core.stats().view());
        }
        String trace = System.getProperty(PoolTools.TRACE);
        if (trace != null) {
            PoolTools.traced(trace, core.stats().view());
        }
        return core;
    }

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Callable<T> task) {
        return core.intake().accept(options, Checks.present(task, "task"));
    }

    @Override
    public TaskFuture<?> submit(Runnable task) {
        return core.intake()
                .<@Nullable Object>accept(
                        options, new SubmittedWork.RunnableWork<>(Checks.present(task, "task"), null));
    }

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Runnable task, T result) {
        return core.intake().accept(options, new SubmittedWork.RunnableWork<>(Checks.present(task, "task"), result));
    }

    @Override
    public void execute(Runnable command) {
        var _ = core.intake().accept(options, new SubmittedWork.Execute(Checks.present(command, "command")));
    }

    @Override
    public TaskGroup<@Nullable Object, @Nullable Void> group() {
        return GroupImpl.allOrFail(core, options);
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> TaskGroup<T, R> group(Joiner<T, R> joiner) {
        return new GroupImpl<>(core, options, Checks.present(joiner, "join"));
    }

    @Override
    public <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks) throws InterruptedException {
        return InvokeAll.all(this, tasks, BlockingWait.NEVER);
    }

    @Override
    public <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        return InvokeAll.all(
                this, tasks, BlockingWait.deadline(Checks.present(unit, "unit").toNanos(timeout)));
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        try {
            return InvokeAll.any(this, tasks, BlockingWait.NEVER);
        } catch (TimeoutException e) {
            throw new AssertionError("never came", e);
        }
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return InvokeAll.any(
                this, tasks, BlockingWait.deadline(Checks.present(unit, "unit").toNanos(timeout)));
    }

    @Override
    public <S> Actor<S> actor(Task<S> factory) {
        return actor(factory, ActorOptions.DEFAULT);
    }

    @Override
    public <S> Actor<S> actor(Task<S> factory, ActorOptions options) {
        return ActorHandle.open(core, Checks.present(factory, "factory"), Checks.present(options, "options"));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> void offer(String name, Fn<A, R> handler) {
        core.services()
                .offer(new OfferedCall(
                        Checks.notBlank(name, "name"), Object.class, Checks.present(handler, "handler")));
    }

    @Override
    public <A, R extends @Nullable Object> void offer(String name, Class<A> argument, Fn<A, R> handler) {
        core.services()
                .offer(new OfferedCall(
                        Checks.notBlank(name, "name"),
                        Checks.present(argument, "argument"),
                        Checks.present(handler, "handler")));
    }

    @Override
    public SharedSpace shared() {
        return SharedSpaceImpl.of(core.services().shared());
    }

    @Override
    public PoolStats stats() {
        return core.stats().read();
    }

    @Override
    public PoolView view() {
        return core.stats().view();
    }

    /** As {@link dev.pando.PoolBeans#register}. */
    public PoolView.Watch registerBean() {
        return BeanWatch.register(core);
    }

    /** As {@link dev.pando.Recordings#start}. */
    public PoolRecording record(Map<String, String> settings, boolean isDetailed, long mostBytes) {
        return PoolRecorder.start(core.stats(), settings, isDetailed, mostBytes);
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
        return !core.lifecycle.isOpen();
    }

    @Override
    public boolean isTerminated() {
        return core.lifecycle.state() == PoolState.CLOSED;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return core.lifecycle.awaitClosed(Checks.present(unit, "unit").toNanos(timeout));
    }

    @Override
    public void close() {
        core.shutdown().begin();
        if (WorkerSeat.inside(core)) {
            return;
        }
        Uninterruptibly.await(() -> core.lifecycle.awaitClosed(Long.MAX_VALUE), this::shutdownNow);
    }

    @Override
    public boolean close(Duration patience) {
        long nanos = Checks.notNegative(patience, "patience");
        core.shutdown().begin();
        if (WorkerSeat.inside(core)) {
            return isTerminated();
        }
        try {
            if (core.lifecycle.awaitClosed(nanos)) {
                return true;
            }
            kill();
            if (core.lifecycle.awaitClosed(KILL_NANOS)) {
                return true;
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            return isTerminated();
        }
        System.getLogger("dev.pando")
                .log(
                        System.Logger.Level.WARNING,
                        "pool " + core.name() + " cannot close: "
                                + core.shutdown().stubborn());
        return false;
    }

    @Override
    public String toString() {
        PoolStats now = stats();
        return "Pool[" + now.name() + ", " + now.backend() + ", " + now.state() + ", " + now.running() + " running, "
                + now.queued() + " queued, " + (now.succeeded() + now.failed() + now.cancelled()) + " done]";
    }
}
