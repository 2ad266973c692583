package dev.pando;

import dev.pando.internal.util.Checks;
import dev.pando.spi.Waiter;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that live and end together. Whoever opened the group submits to it, joins it, and closes it; when it is closed,
 * nothing that it started is alive.
 *
 * {@snippet :
 * try (var group = pool.group()) {
 *     var user = group.submit(() -> find(name));
 *     var order = group.submit(() -> fetch(number));
 *     group.join();
 *     return new Page(user.result(), order.result());
 * }
 * }
 *
 * <p>Tasks may submit to their group as well. {@link #join} and {@link #close} belong to the thread that opened it.
 *
 * @param <T> what its tasks return
 * @param <R> what {@link #join} returns
 */
public final class TaskGroup<T extends @Nullable Object, R extends @Nullable Object> implements AutoCloseable {
    private final PoolCore core;
    private final Terms terms;
    private final Join<T, R> join;
    private final Thread owner = Thread.currentThread();
    private final Waiter waiter = Waiter.current();
    private final Collection<TaskCell<? extends T>> members = new ConcurrentLinkedQueue<>();

    /** Members that are not done, or not judged yet. */
    private final AtomicInteger live = new AtomicInteger();

    private final AtomicReference<@Nullable Throwable> judgeFailed = new AtomicReference<>();

    /** Set by whoever decides the group, and by join and close. */
    private volatile boolean decided;

    /** Set by the owner. */
    private volatile boolean over;

    TaskGroup(PoolCore core, Terms terms, Join<T, R> join) {
        this.core = core;
        this.terms = terms;
        this.join = join;
    }

    /**
     * Starts a task of the group. In a group that is decided already it is cancelled at once.
     *
     * @throws IllegalStateException the group was joined or closed
     */
    public <U extends T> TaskFuture<U> submit(Task<U> task) {
        return add(Checks.present(task, "task"));
    }

    /** As {@link #submit(Task)}. */
    public <A extends @Nullable Object, U extends T> TaskFuture<U> submit(Fn<A, U> fn, A argument) {
        return add(new Work.Call<>(Checks.present(fn, "fn"), argument));
    }

    /** As {@link #submit(Task)}. */
    public <A extends @Nullable Object, B extends @Nullable Object, U extends T> TaskFuture<U> submit(
            Fn2<A, B, U> fn, A first, B second) {
        return add(new Work.Call2<>(Checks.present(fn, "fn"), first, second));
    }

    private <U extends T> TaskFuture<U> add(Callable<U> work) {
        if (over) throw new IllegalStateException("the group was joined or closed; open another for more tasks");
        live.incrementAndGet();
        TaskCell<U> cell;
        try {
            cell = core.intake().accept(terms, work);
        } catch (Throwable refused) {
            live.decrementAndGet();
            throw refused;
        }
        members.add(cell);
        Member observer = new Member(cell);
        if (!cell.observe(observer)) observer.done(cell);
        if (decided) cell.cancel(true);
        return cell;
    }

    private void decide() {
        decided = true;
        for (TaskCell<? extends T> member : members) member.cancel(true);
    }

    /** Judges one task when it is done, before the owner may see the group as done. */
    private final class Member extends Observer {
        private final TaskCell<? extends T> cell;

        Member(TaskCell<? extends T> cell) {
            this.cell = cell;
        }

        @Override
        void done(TaskCell<?> ended) {
            try {
                if (!decided && join.onDone(cell)) decide();
            } catch (Throwable t) { // the join's own fault, which its owner shall see
                judgeFailed.compareAndSet(null, t);
                decide();
            } finally {
                if (live.decrementAndGet() == 0) waiter.wake();
            }
        }
    }

    /**
     * Waits until the group is decided, or all its tasks are done, and returns the verdict.
     *
     * @throws PoolException the verdict of a join that does not accept a failure
     * @throws java.util.concurrent.CancellationException this thread was interrupted
     */
    public R join() {
        ensureOwner("join");
        if (over) throw new IllegalStateException("the group was joined or closed already");
        awaitDone();
        over = true;
        Throwable fault = judgeFailed.get();
        if (fault != null) throw new IllegalStateException("the join of the group threw " + Failures.describe(fault), fault);
        return join.verdict();
    }

    /** Until every member is done and judged, those included that a member adds meanwhile. */
    private void awaitDone() {
        try {
            Blocking.await(waiter, new Wait.For(members, true, false), () -> live.get() == 0, Blocking.NEVER);
        } catch (InterruptedException e) {
            throw Futures.interrupted("joining a group of " + members.size() + " tasks");
        }
    }

    /** Cancels what is not done, waits until nothing of it is alive. */
    @Override
    public void close() {
        ensureOwner("close");
        over = true;
        decided = true;
        for (TaskCell<? extends T> member : members) member.cancel(true);
        for (TaskCell<? extends T> member : members) member.awaitVacant();
    }

    private void ensureOwner(String verb) {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("only " + owner.getName() + ", which opened the group, may " + verb + " it");
        }
    }
}
