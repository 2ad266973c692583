package dev.pando.internal;

import dev.pando.Action;
import dev.pando.Fn;
import dev.pando.Fn2;
import dev.pando.Mapping;
import dev.pando.StreamTask;
import dev.pando.Submitter;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.internal.map.MappingImpl;
import dev.pando.internal.map.PairedInputs;
import dev.pando.internal.pool.PoolCore;
import dev.pando.internal.stream.StreamRun;
import dev.pando.internal.task.SubmittedWork;
import dev.pando.internal.task.TaskOptions;
import dev.pando.internal.util.Checks;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Submitter} that adds its terms to every task. Immutable. A pool is one, with the terms that it was opened
 * with.
 */
sealed class SubmitterImpl implements Submitter permits PoolImpl {
    final PoolCore core;
    final TaskOptions options;

    SubmitterImpl(PoolCore core, TaskOptions options) {
        this.core = core;
        this.options = options;
    }

    @Override
    public final <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task) {
        return core.intake().accept(options, Checks.present(task, "task"));
    }

    @Override
    public final TaskFuture<@Nullable Void> submit(Action action) {
        return core.intake().accept(options, new SubmittedWork.Perform(Checks.present(action, "action")));
    }

    @Override
    public final <A extends @Nullable Object, T extends @Nullable Object> TaskFuture<T> submit(
            Fn<A, T> fn, A argument) {
        return core.intake().accept(options, new SubmittedWork.Call<>(Checks.present(fn, "fn"), argument));
    }

    @Override
    public final <A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object>
            TaskFuture<T> submit(Fn2<A, B, T> fn, A first, B second) {
        return core.intake().accept(options, new SubmittedWork.Call2<>(Checks.present(fn, "fn"), first, second));
    }

    @Override
    public final <A extends @Nullable Object, T extends @Nullable Object> Stream<T> map(
            Fn<A, T> fn, Iterable<? extends A> inputs) {
        return mapping(fn).over(inputs);
    }

    @Override
    public final <A extends @Nullable Object, T extends @Nullable Object> Stream<T> map(
            Fn<A, T> fn, Stream<? extends A> inputs) {
        return mapping(fn).over(inputs);
    }

    @Override
    public final <A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object> Stream<T> map(
            Fn2<A, B, T> fn, Iterable<? extends A> first, Iterable<? extends B> second) {
        Checks.present(fn, "fn");
        Checks.present(first, "first");
        Checks.present(second, "second");
        return mapping(PairedInputs.spread(fn)).over(PairedInputs.zip(first, second));
    }

    @Override
    public final <A extends @Nullable Object, T extends @Nullable Object> Mapping<A, T> mapping(Fn<A, T> fn) {
        return MappingImpl.of(core, options, Checks.present(fn, "fn"));
    }

    @Override
    public final <A extends @Nullable Object, T extends @Nullable Object, R extends @Nullable Object>
            Mapping<A, R> mapping(Fn<A, T> fn, Function<Mapping<A, T>, Mapping<A, R>> choices) {
        return Checks.present(choices, "choices").apply(mapping(fn));
    }

    @Override
    public final <A extends @Nullable Object, R> Stream<R> stream(StreamTask<A, R> task, A input) {
        return StreamRun.of(core, options, Checks.present(task, "task"), input);
    }

    @Override
    public final Submitter timeout(Duration timeout) {
        return new SubmitterImpl(core, options.withTimeout(Checks.positive(timeout, "timeout")));
    }

    @Override
    public final Submitter retries(int retries) {
        return new SubmitterImpl(core, options.withRetries(Checks.notNegative(retries, "retries")));
    }

    @Override
    public final Submitter named(String name) {
        return new SubmitterImpl(core, options.withName(Checks.notBlank(name, "name")));
    }

    @Override
    public final Submitter priority(int priority) {
        return new SubmitterImpl(core, options.withPriority(priority));
    }
}
