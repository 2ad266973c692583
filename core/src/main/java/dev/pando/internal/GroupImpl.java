package dev.pando.internal;

import dev.pando.Fn;
import dev.pando.Fn2;
import dev.pando.Joiner;
import dev.pando.Joiners;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.TaskGroup;
import dev.pando.internal.deadlock.BlockingWait;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.pool.PoolCore;
import dev.pando.internal.task.SubmittedWork;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.TaskObserver;
import dev.pando.internal.task.TaskOptions;
import dev.pando.internal.util.Checks;
import dev.pando.internal.util.ThrowableText;
import dev.pando.internal.wait.Waits;
import dev.pando.spi.Waiter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TaskGroup}: its members, and how many of them are not done or not judged yet. Tasks add members and judge
 * them as they end; only the thread that opened the group joins and closes it.
 */
public final class GroupImpl<T extends @Nullable Object, R extends @Nullable Object> implements TaskGroup<T, R> {
    private final PoolCore core;
    private final TaskOptions options;
    private final Joiner<T, R> joiner;
    private final Thread owner = Thread.currentThread();
    private final Waiter waiter = Waiter.current();
    private final Collection<TaskCell<? extends T>> members = new ConcurrentLinkedQueue<>();

    /** Members that are not done, or not judged yet. */
    private final AtomicInteger live = new AtomicInteger();

    private final AtomicReference<@Nullable Throwable> judgeFailed = new AtomicReference<>();

    /** Set by the thread that decides the group, and by join and close. */
    private volatile boolean decided;

    /** Whether the group takes no more tasks. Set by the owner. */
    private volatile boolean closed;

    GroupImpl(PoolCore core, TaskOptions options, Joiner<T, R> joiner) {
        this.core = core;
        this.options = options;
        this.joiner = joiner;
    }

    /** Returns a group that fails with the first task that fails, and whose tasks may return different things. */
    static GroupImpl<@Nullable Object, @Nullable Void> allOrFail(PoolCore core, TaskOptions options) {
        Joiner<@Nullable Object, List<@Nullable Object>> all = Joiners.allSuccessful();
        return new GroupImpl<>(core, options, new Joiner<>() {
            @Override
            public boolean onDone(TaskFuture<? extends @Nullable Object> task) {
                return all.onDone(task);
            }

            @Override
            public @Nullable Void verdict() {
                var _ = all.verdict();
                return null;
            }
        });
    }

    @Override
    public <U extends T> TaskFuture<U> submit(Task<U> task) {
        return add(Checks.present(task, "task"));
    }

    @Override
    public <A extends @Nullable Object, U extends T> TaskFuture<U> submit(Fn<A, U> fn, A argument) {
        return add(new SubmittedWork.Call<>(Checks.present(fn, "fn"), argument));
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, U extends T> TaskFuture<U> submit(
            Fn2<A, B, U> fn, A first, B second) {
        return add(new SubmittedWork.Call2<>(Checks.present(fn, "fn"), first, second));
    }

    private <U extends T> TaskFuture<U> add(Callable<U> work) {
        if (closed) {
            throw new IllegalStateException("the group was joined or closed; open another for more tasks");
        }
        live.incrementAndGet();
        TaskCell<U> cell;
        try {
            cell = core.intake().accept(options, work);
        } catch (Throwable refused) {
            live.decrementAndGet();
            throw refused;
        }
        members.add(cell);
        Member observer = new Member(cell);
        if (!cell.observe(observer)) {
            observer.done(cell);
        }
        if (decided) {
            cell.cancel(true);
        }
        return cell;
    }

    private void decide() {
        decided = true;
        for (TaskCell<? extends T> member : members) {
            member.cancel(true);
        }
    }

    /** Judges one task when it is done, before the owner may see the group as done. */
    private final class Member extends TaskObserver {
        private final TaskCell<? extends T> cell;

        Member(TaskCell<? extends T> cell) {
            this.cell = cell;
        }

        @Override
        public void done(TaskCell<?> ended) {
            try {
                if (!decided && joiner.onDone(cell)) {
                    decide();
                }
            } catch (Throwable t) { // the join's own fault, which the owner must see
                judgeFailed.compareAndSet(null, t);
                decide();
            } finally {
                if (live.decrementAndGet() == 0) {
                    waiter.wake();
                }
            }
        }
    }

    @Override
    public R join() {
        ensureOwner("join");
        if (closed) {
            throw new IllegalStateException("the group was joined or closed already");
        }
        awaitDone();
        closed = true;
        Throwable fault = judgeFailed.get();
        if (fault != null) {
            throw new IllegalStateException("the join of the group threw " + ThrowableText.describe(fault), fault);
        }
        return joiner.verdict();
    }

    /** Until every member is done and judged, those included that a member adds meanwhile. */
    private void awaitDone() {
        try {
            BlockingWait.await(
                    waiter, new WaitEdge.For(members, true, false), () -> live.get() == 0, BlockingWait.NEVER);
        } catch (InterruptedException e) {
            throw Waits.interrupted("joining a group of " + members.size() + " tasks");
        }
    }

    @Override
    public void close() {
        ensureOwner("close");
        closed = true;
        decided = true;
        for (TaskCell<? extends T> member : members) {
            member.cancel(true);
        }
        for (TaskCell<? extends T> member : members) {
            member.awaitVacant();
        }
    }

    private void ensureOwner(String verb) {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException(
                    "only " + owner.getName() + ", which opened the group, may " + verb + " it");
        }
    }
}
