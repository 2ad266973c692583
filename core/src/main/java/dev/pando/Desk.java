package dev.pando;

import dev.pando.internal.util.Checks;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A {@link Submitter} that adds its terms to whatever is handed in. Immutable; holds nothing. */
record Desk(PoolCore pool, Terms terms) implements Submitter {

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task) {
        return pool.intake().accept(terms, Checks.present(task, "task"));
    }

    @Override
    public TaskFuture<@Nullable Void> submit(Action action) {
        return pool.intake().accept(terms, new Work.Perform(Checks.present(action, "action")));
    }

    @Override
    public <A extends @Nullable Object, T extends @Nullable Object> TaskFuture<T> submit(Fn<A, T> fn, A argument) {
        return pool.intake().accept(terms, new Work.Call<>(Checks.present(fn, "fn"), argument));
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object> TaskFuture<T> submit(
            Fn2<A, B, T> fn, A first, B second) {
        return pool.intake().accept(terms, new Work.Call2<>(Checks.present(fn, "fn"), first, second));
    }

    @Override
    public <A extends @Nullable Object, T extends @Nullable Object> Stream<T> map(
            Fn<A, T> fn, Iterable<? extends A> inputs) {
        return mapping(fn).over(inputs);
    }

    @Override
    public <A extends @Nullable Object, T extends @Nullable Object> Stream<T> map(
            Fn<A, T> fn, Stream<? extends A> inputs) {
        return mapping(fn).over(inputs);
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object> Stream<T> map(
            Fn2<A, B, T> fn, Iterable<? extends A> first, Iterable<? extends B> second) {
        Checks.present(fn, "fn");
        Checks.present(first, "first");
        Checks.present(second, "second");
        return this.<Pair<A, B>, T>mapping(new Spread<>(fn)).over(() -> new Zip<>(first.iterator(), second.iterator()));
    }

    @Override
    public <A extends @Nullable Object, T extends @Nullable Object> Mapping<A, T> mapping(Fn<A, T> fn) {
        return Mapping.of(pool, terms, Checks.present(fn, "fn"));
    }

    @Override
    public Submitter timeout(Duration timeout) {
        return new Desk(pool, terms.withTimeout(Checks.positive(timeout, "timeout")));
    }

    @Override
    public Submitter retries(int retries) {
        if (retries < 0) throw new IllegalArgumentException("retries must not be negative, but is " + retries);
        return new Desk(pool, terms.withRetries(retries));
    }

    @Override
    public Submitter named(String name) {
        if (Checks.present(name, "name").isBlank()) throw new IllegalArgumentException("name must not be blank");
        return new Desk(pool, terms.withName(name));
    }

    @Override
    public Submitter priority(int priority) {
        return new Desk(pool, terms.withPriority(priority));
    }

    private record Pair<A extends @Nullable Object, B extends @Nullable Object>(A first, B second)
            implements java.io.Serializable {}

    private record Spread<A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object>(
            Fn2<A, B, T> fn) implements Fn<Pair<A, B>, T> {
        @Override
        public T apply(Pair<A, B> pair) throws Exception {
            return fn.apply(pair.first, pair.second);
        }
    }

    private record Zip<A extends @Nullable Object, B extends @Nullable Object>(
            Iterator<? extends A> first, Iterator<? extends B> second) implements Iterator<Pair<A, B>> {
        @Override
        public boolean hasNext() {
            return first.hasNext() && second.hasNext();
        }

        @Override
        public Pair<A, B> next() {
            return new Pair<>(first.next(), second.next());
        }
    }
}
