package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Pool;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The bridge to {@link CompletableFuture}, both ways. */
public interface StageContract extends Subject {

    @Test
    default void viewEndsAsTheTaskDoes() throws Exception {
        Pool pool = open(1);
        CompletableFuture<Integer> value = pool.submit(() -> 7).toCompletableFuture();
        TaskFuture<Integer> failing = pool.submit(() -> {
            throw new IOException("gone");
        });
        CompletableFuture<Integer> failure = failing.toCompletableFuture();

        assertThat(value.get()).isEqualTo(7);
        assertThat(value.thenApply(it -> it + 1).get()).isEqualTo(8);
        assertThatThrownBy(failure::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(failing.exception());
        assertThatThrownBy(failure::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isSameAs(failing.exception());
        assertThatThrownBy(failure.thenApply(it -> it + 1)::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isSameAs(failing.exception());
        assertThat(failure.exceptionally(error -> error instanceof IOException ? -1 : -2)
                        .get())
                .isEqualTo(-1);
    }

    @Test
    default void cancellingAViewCancelsTheTaskThoughItRuns() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        TaskFuture<Integer> task = open(1).submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        CompletableFuture<Integer> view = task.toCompletableFuture();
        CompletableFuture<Integer> another = task.toCompletableFuture();

        assertThat(view.cancel(false)).isTrue();
        assertThat(view.isCancelled()).isTrue();
        assertThat(task.isCancelled()).isTrue();
        assertThat(another.isCancelled()).isTrue();
    }

    @Test
    default void cancellingADependantOfADependantCancelsTheTask() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        TaskFuture<Integer> task = open(1).submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        CompletableFuture<String> dependant = task.toCompletableFuture()
                .thenApply(it -> it + 1)
                .thenCompose(CompletableFuture::completedFuture)
                .thenApply(String::valueOf);

        assertThat(dependant.cancel(true)).isTrue();
        assertThat(task.isCancelled()).isTrue();
        assertThatThrownBy(dependant::join).isInstanceOf(CancellationException.class);
    }

    @Test
    default void cancellingTheTaskCancelsItsViewsAndFailsTheirDependants() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        TaskFuture<Integer> task = open(1).submit(gate.handle()::pass, 1);
        CompletableFuture<Integer> view = task.toCompletableFuture();
        CompletableFuture<Integer> dependant = view.thenApply(it -> it + 1);
        assertThat(task.cancel(true)).isTrue();

        assertThat(view.isCancelled()).isTrue();
        assertThatThrownBy(view::get).isInstanceOf(CancellationException.class);
        assertThat(dependant.isCompletedExceptionally()).isTrue();
        assertThatThrownBy(dependant::join).hasCauseInstanceOf(CancellationException.class);
    }

    @Test
    default void cancellingTheViewOfADoneTaskChangesNothing() {
        TaskFuture<Integer> task = open(1).submit(() -> 7);
        assertThat(task.result()).isEqualTo(7);
        CompletableFuture<Integer> view = task.toCompletableFuture();

        assertThat(view.cancel(true)).isFalse();
        assertThat(view.join()).isEqualTo(7);
        assertThat(task.result()).isEqualTo(7);
    }

    @Test
    default void viewThatIsCompletedByHandLeavesTheTaskAlone() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        TaskFuture<Integer> task = open(1).submit(gate.handle()::pass, 1);
        CompletableFuture<Integer> mine = task.toCompletableFuture();
        CompletableFuture<Integer> impatient = task.toCompletableFuture().orTimeout(1, TimeUnit.MILLISECONDS);

        assertThat(mine.complete(99)).isTrue();
        assertThatThrownBy(impatient::join).hasCauseInstanceOf(TimeoutException.class);
        assertThat(task.isDone()).isFalse();
        gate.open();
        assertThat(task.result()).isEqualTo(1);
        assertThat(mine.join()).isEqualTo(99);
    }

    @Test
    default void poolServesAsTheExecutorOfStages() {
        assumeTrue(sharesMemory(), "the actions of a stage do not travel");
        Pool pool = open(2);
        CompletableFuture<Integer> stage = CompletableFuture.supplyAsync(() -> 20, pool)
                .thenApplyAsync(it -> it + 1, pool)
                .thenCombine(pool.submit(() -> 2).toCompletableFuture(), (one, two) -> one * two);

        assertThat(stage.join()).isEqualTo(42);
        assertThat(TaskFuture.from(stage).result()).isEqualTo(42);
    }

    @Test
    default void futureFromAViewIsTheTaskBothWays() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Pool pool = open(2);
        TaskFuture<Integer> task = pool.submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        TaskFuture<Integer> there = TaskFuture.from(task.toCompletableFuture());
        assertThat(there.cancel(false)).isTrue();
        assertThat(task.isCancelled()).isTrue();

        TaskFuture<Integer> failing = pool.submit(() -> Integer.parseInt("x"));
        TaskFuture<Integer> fails =
                TaskFuture.from(failing.toCompletableFuture().thenApply(it -> it + 1));
        assertThatThrownBy(fails::result)
                .isInstanceOf(TaskFailedException.class)
                .cause()
                .isSameAs(failing.exception());
    }
}
