package dev.pando.internal.worker;

import dev.pando.Action;
import dev.pando.Fn;
import dev.pando.Fn2;
import dev.pando.Mapping;
import dev.pando.StreamTask;
import dev.pando.Submitter;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.internal.task.SubmittedWork;
import dev.pando.internal.util.Checks;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The pool of a task in a worker process, as that task may use it. */
record RemoteSubmitter(SubtaskDesk desk, SubtaskOptions options) implements Submitter {
    /** How many inputs of a map are under way at a time. */
    private static final int WINDOW = 64;

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task) {
        return desk.submit(Checks.present(task, "task"), options);
    }

    @Override
    public TaskFuture<@Nullable Void> submit(Action action) {
        return desk.submit(new SubmittedWork.Perform(Checks.present(action, "action")), options);
    }

    @Override
    public <A extends @Nullable Object, T extends @Nullable Object> TaskFuture<T> submit(Fn<A, T> fn, A argument) {
        return desk.submit(new SubmittedWork.Call<>(Checks.present(fn, "fn"), argument), options);
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object> TaskFuture<T> submit(
            Fn2<A, B, T> fn, A first, B second) {
        return desk.submit(new SubmittedWork.Call2<>(Checks.present(fn, "fn"), first, second), options);
    }

    @Override
    public <A extends @Nullable Object, T extends @Nullable Object> Stream<T> map(
            Fn<A, T> fn, Iterable<? extends A> inputs) {
        return results(
                Checks.present(fn, "fn"), Checks.present(inputs, "inputs").iterator());
    }

    @Override
    public <A extends @Nullable Object, T extends @Nullable Object> Stream<T> map(
            Fn<A, T> fn, Stream<? extends A> inputs) {
        return results(
                        Checks.present(fn, "fn"),
                        Checks.present(inputs, "inputs").iterator())
                .onClose(inputs::close);
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object> Stream<T> map(
            Fn2<A, B, T> fn, Iterable<? extends A> first, Iterable<? extends B> second) {
        Checks.present(fn, "fn");
        Iterator<? extends B> other = Checks.present(second, "second").iterator();
        Iterator<? extends A> one = Checks.present(first, "first").iterator();
        return results(new Ahead<T>() {
            @Override
            public @Nullable TaskFuture<T> next() {
                return one.hasNext() && other.hasNext() ? submit(fn, one.next(), other.next()) : null;
            }
        });
    }

    private <A extends @Nullable Object, T extends @Nullable Object> Stream<T> results(
            Fn<A, T> fn, Iterator<? extends A> inputs) {
        return results(new Ahead<T>() {
            @Override
            public @Nullable TaskFuture<T> next() {
                return inputs.hasNext() ? submit(fn, inputs.next()) : null;
            }
        });
    }

    /** Submits the next input of a map. */
    private interface Ahead<T extends @Nullable Object> {
        @Nullable
        TaskFuture<T> next();
    }

    /** The results in order; what is under way is cancelled when the stream is closed, or one of them has failed. */
    private static <T extends @Nullable Object> Stream<T> results(Ahead<T> source) {
        ArrayDeque<TaskFuture<T>> ahead = new ArrayDeque<>();
        Iterator<T> results = new Iterator<>() {
            @Override
            public boolean hasNext() {
                while (ahead.size() < WINDOW) {
                    TaskFuture<T> next = source.next();
                    if (next == null) {
                        break;
                    }
                    ahead.add(next);
                }
                return !ahead.isEmpty();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new java.util.NoSuchElementException();
                }
                try {
                    return ahead.remove().result();
                } catch (Throwable t) {
                    cancelAll(ahead);
                    throw t;
                }
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(results, Spliterator.ORDERED), false)
                .onClose(() -> cancelAll(ahead));
    }

    private static void cancelAll(ArrayDeque<? extends TaskFuture<?>> ahead) {
        for (TaskFuture<?> future = ahead.poll(); future != null; future = ahead.poll()) {
            future.cancel(true);
        }
    }

    @Override
    public <A extends @Nullable Object, T extends @Nullable Object> Mapping<A, T> mapping(Fn<A, T> fn) {
        throw new UnsupportedOperationException("a task in a worker process maps with Worker.pool().map(fn, inputs);"
                + " mapping, with its choices, is the program's");
    }

    @Override
    public <A extends @Nullable Object, T extends @Nullable Object, R extends @Nullable Object> Mapping<A, R> mapping(
            Fn<A, T> fn, Function<Mapping<A, T>, Mapping<A, R>> choices) {
        return Checks.present(choices, "choices").apply(mapping(fn));
    }

    @Override
    public <A extends @Nullable Object, R> Stream<R> stream(StreamTask<A, R> task, A input) {
        throw new UnsupportedOperationException(
                "a task in a worker process cannot read the stream of another: pass it a shared queue");
    }

    private RemoteSubmitter with(SubtaskOptions other) {
        return new RemoteSubmitter(desk, other);
    }

    @Override
    public Submitter timeout(Duration timeout) {
        return with(new SubtaskOptions(
                options.name(), Checks.positive(timeout, "timeout"), options.retries(), options.priority()));
    }

    @Override
    public Submitter retries(int retries) {
        return with(new SubtaskOptions(
                options.name(), options.timeoutNanos(), Checks.notNegative(retries, "retries"), options.priority()));
    }

    @Override
    public Submitter named(String name) {
        return with(new SubtaskOptions(
                Checks.notBlank(name, "name"), options.timeoutNanos(), options.retries(), options.priority()));
    }

    @Override
    public Submitter priority(int priority) {
        return with(new SubtaskOptions(options.name(), options.timeoutNanos(), options.retries(), priority));
    }
}
