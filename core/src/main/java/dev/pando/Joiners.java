package dev.pando;

import dev.pando.internal.task.FailureTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The usual ways to judge a {@link TaskGroup}. */
public final class Joiners {

    private Joiners() {}

    /** Waits for all, whatever becomes of them; the caller looks at each. */
    public static <T extends @Nullable Object> Joiner<T, @Nullable Void> awaitAll() {
        return new Joiner<>() {
            @Override
            public boolean onDone(TaskFuture<? extends T> task) {
                return false;
            }

            @Override
            public @Nullable Void verdict() {
                return null;
            }
        };
    }

    /** All must succeed: the first failure cancels the others and is thrown. Returns the values as they came. */
    public static <T extends @Nullable Object> Joiner<T, List<T>> allSuccessful() {
        return new AllSuccessful<>();
    }

    /** One must succeed: it cancels the others and is returned. If none does, the first failure is thrown. */
    public static <T extends @Nullable Object> Joiner<T, T> anySuccessful() {
        return new AnySuccessful<>();
    }

    /** The tasks in the order in which they ended; failures apart. */
    private static final class AllSuccessful<T extends @Nullable Object> implements Joiner<T, List<T>> {
        private final ConcurrentLinkedQueue<TaskFuture<? extends T>> succeeded = new ConcurrentLinkedQueue<>();
        private final Unsuccessful failures = new Unsuccessful();

        @Override
        public boolean onDone(TaskFuture<? extends T> task) {
            if (task.state() != Future.State.SUCCESS) {
                return failures.add(task);
            }
            succeeded.add(task);
            return false;
        }

        @Override
        public List<T> verdict() {
            failures.throwFirst();
            List<T> values = new ArrayList<>();
            for (TaskFuture<? extends T> task : succeeded) {
                values.add(task.resultNow());
            }
            return values;
        }
    }

    private static final class AnySuccessful<T extends @Nullable Object> implements Joiner<T, T> {
        private final AtomicReference<@Nullable TaskFuture<? extends T>> winner = new AtomicReference<>();
        private final Unsuccessful failures = new Unsuccessful();

        @Override
        public boolean onDone(TaskFuture<? extends T> task) {
            if (task.state() == Future.State.SUCCESS) {
                return winner.compareAndSet(null, task);
            }
            failures.add(task);
            return false;
        }

        @Override
        public T verdict() {
            TaskFuture<? extends T> first = winner.get();
            if (first != null) {
                return first.resultNow();
            }
            failures.throwFirst();
            throw new IllegalStateException("no task was submitted to the group, so none succeeded");
        }
    }

    /** Failures in the order in which they came. The first is the verdict, the others are attached to it. */
    private static final class Unsuccessful {
        private final ConcurrentLinkedQueue<TaskFuture<?>> tasks = new ConcurrentLinkedQueue<>();

        boolean add(TaskFuture<?> task) {
            return tasks.add(task);
        }

        void throwFirst() {
            RuntimeException first = null;
            for (TaskFuture<?> task : tasks) {
                RuntimeException error = task.isCancelled()
                        ? new CancellationException(task + " belongs to the group")
                        : FailureTable.unchecked(
                                task.exceptionNow(), task.info().name());
                if (first == null) {
                    first = error;
                } else if (first != error && !task.isCancelled()) {
                    first.addSuppressed(error);
                }
            }
            if (first != null) {
                throw first;
            }
        }
    }
}
