package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The clauses of {@link java.util.concurrent.ExecutorService} about tasks. */
interface ExecutorServiceContract extends Subject {

    private static <T> Task<T> task(Task<T> task) {
        return task;
    }

    private static Task<Integer> failing(String words) {
        return () -> {
            throw new IllegalStateException(words);
        };
    }

    private static Task<Integer> waiting(Gate gate) {
        Gate.Handle handle = gate.handle();
        return () -> {
            handle.await();
            return 1;
        };
    }

    @Test
    default void invokeAllReturnsWhenAllAreDoneInTheOrderGiven() throws Exception {
        Pool pool = open(2);
        List<Future<Integer>> futures = executor(pool).invokeAll(List.of(task(() -> 1), failing("two"), task(() -> 3)));
        assertThat(futures).hasSize(3).allMatch(Future::isDone);
        assertThat(futures.get(0).get()).isEqualTo(1);
        assertThatThrownBy(() -> futures.get(1).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(futures.get(2).get()).isEqualTo(3);
        assertThat(executor(pool).invokeAll(List.<Task<Integer>>of())).isEmpty();
    }

    @Test
    default void invokeAllCancelsWhatIsNotDoneInTime() throws Exception {
        assumeTrue(runsElsewhere(), "the caller cannot leave its own task");
        Gate gate = pools().gate();
        Pool pool = open(2);
        List<Future<Integer>> futures = executor(pool)
                .invokeAll(List.of(task(() -> 1), waiting(gate), waiting(gate)), 500, TimeUnit.MILLISECONDS);
        assertThat(futures).hasSize(3).allMatch(Future::isDone);
        assertThat(futures.get(1).isCancelled()).isTrue();
        assertThat(futures.get(2).isCancelled()).isTrue();
        List<Future<Integer>> late =
                executor(pool).invokeAll(List.of(waiting(gate), waiting(gate)), 0, TimeUnit.SECONDS);
        assertThat(late).hasSize(2).allMatch(Future::isCancelled);
        BackgroundCall.untilIdle(pool);
    }

    @Test
    default void invokeAllThatIsInterruptedCancelsItsTasks() throws Exception {
        assumeTrue(runsElsewhere(), "the interrupt would be the inline task's");
        Gate gate = pools().gate();
        Pool pool = open(1);
        BackgroundCall<?> caller =
                BackgroundCall.ask(() -> executor(pool).invokeAll(List.of(waiting(gate), waiting(gate))));
        gate.awaitArrivals(1);
        caller.awaitParked().interrupt();
        assertThatThrownBy(caller::join).isInstanceOf(InterruptedException.class);
        BackgroundCall.untilIdle(pool);
        assertThat(pool.stats().cancelled()).isEqualTo(2);
    }

    @Test
    default void invokeAnyReturnsTheFirstSuccessAndCancelsTheOthers() throws Exception {
        assumeTrue(runsElsewhere(), "inline, each task is over before the next begins");
        Gate gate = pools().gate();
        Pool pool = open(3);
        assertThat(executor(pool).invokeAny(List.of(waiting(gate), failing("one"), task(() -> 3))))
                .isEqualTo(3);
        BackgroundCall.untilIdle(pool);
        assertThat(pool.stats().cancelled()).isLessThanOrEqualTo(2);
    }

    @Test
    default void invokeAnyThatFailsKeepsEveryFailure() {
        Pool pool = open(2);
        assertThatThrownBy(() -> executor(pool).invokeAny(List.of(failing("a"), failing("b"), failing("c"))))
                .isInstanceOfSatisfying(ExecutionException.class, thrown -> {
                    List<Throwable> all = new ArrayList<>(List.of(thrown.getSuppressed()));
                    all.add(thrown.getCause());
                    assertThat(all).extracting(Throwable::getMessage).containsExactlyInAnyOrder("a", "b", "c");
                });
    }

    @Test
    default void invokeAnyOutOfTimeCancelsEverything() {
        assumeTrue(runsElsewhere(), "the caller cannot leave its own task");
        Gate gate = pools().gate();
        Pool pool = open(1);
        assertThatThrownBy(() ->
                        executor(pool).invokeAny(List.of(waiting(gate), waiting(gate)), 30, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        BackgroundCall.untilIdle(pool);
        // on a busy machine the time may be over before the second was submitted
        assertThat(pool.stats().cancelled()).isEqualTo(pool.stats().submitted());
    }

    /** A pool whose only worker is busy, and whose queue holds one task more. */
    private Pool full(Gate gate) throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "needs a pool that can be full");
        Pool pool = open(with(1).queue(1));
        var _ = pool.submit(waiting(gate));
        gate.awaitArrivals(1);
        var _ = pool.submit(() -> 0);
        return pool;
    }

    @Test
    default void theTimeoutOfInvokeAllCoversTheWaitForRoom() throws Exception {
        Gate gate = pools().gate();
        Pool pool = full(gate);
        List<Future<Integer>> futures =
                executor(pool).invokeAll(List.of(waiting(gate), waiting(gate)), 50, TimeUnit.MILLISECONDS);
        assertThat(futures).hasSize(2).allMatch(Future::isCancelled);
        assertThat(pool.stats().submitted()).as("neither came in").isEqualTo(2);
    }

    @Test
    default void theTimeoutOfInvokeAnyCoversTheWaitForRoom() throws Exception {
        Gate gate = pools().gate();
        Pool pool = full(gate);
        assertThatThrownBy(() ->
                        executor(pool).invokeAny(List.of(waiting(gate), waiting(gate)), 50, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        assertThat(pool.stats().submitted()).isEqualTo(2);
    }

    @Test
    default void invokeAnyReturnsWhatHasSucceededAlthoughThereIsNoRoomForTheOthers() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "needs a pool that can be full");
        Gate gate = pools().gate();
        Pool pool = open(with(1).queue(1));
        Task<Integer> slow = waiting(gate);
        assertThat(executor(pool).invokeAny(List.of(task(() -> 7), slow, slow, slow, slow)))
                .isEqualTo(7);
        BackgroundCall.untilIdle(pool);
    }

    @Test
    default void invokeAnySubmitsNothingAfterASuccess() throws Exception {
        assumeTrue(!runsElsewhere(), "elsewhere the others may have begun by then");
        Pool pool = open(1);
        assertThat(executor(pool).invokeAny(List.of(failing("one"), task(() -> 2), failing("three"), failing("four"))))
                .isEqualTo(2);
        assertThat(pool.stats().submitted()).isEqualTo(2);
    }

    @Test
    default void callsThatAreInterruptedWhileTheyWaitForRoomSaySoAndCancelWhatCameIn() throws Exception {
        Gate gate = pools().gate();
        Pool pool = full(gate);
        List<Task<Integer>> tasks = List.of(waiting(gate), waiting(gate));
        BackgroundCall<?> all = BackgroundCall.ask(() -> executor(pool).invokeAll(tasks));
        all.awaitParked().interrupt();
        assertThatThrownBy(all::join).isInstanceOf(InterruptedException.class);
        BackgroundCall<?> any = BackgroundCall.ask(() -> executor(pool).invokeAny(tasks));
        any.awaitParked().interrupt();
        assertThatThrownBy(any::join).isInstanceOf(InterruptedException.class);
        BackgroundCall<?> execute = BackgroundCall.ask(() -> {
            assertThatThrownBy(() -> executor(pool).execute((Runnable & Serializable) () -> {}))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("interrupted");
            return Thread.interrupted();
        });
        execute.awaitParked().interrupt();
        assertThat(execute.join()).as("the interrupt flag is kept").isEqualTo(true);
        assertThat(pool.stats().submitted()).isEqualTo(2);
    }

    @Test
    default void aMissingTaskIsRefusedBeforeAnyIsSubmitted() {
        Pool pool = open(1);
        List<Task<Integer>> tasks = java.util.Arrays.asList(task(() -> 1), null);
        assertThatThrownBy(() -> executor(pool).invokeAll(tasks)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor(pool).invokeAll(tasks, 0, TimeUnit.SECONDS))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor(pool).invokeAny(tasks)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor(pool).invokeAny(tasks, 0, TimeUnit.SECONDS))
                .isInstanceOf(NullPointerException.class);
        assertThat(pool.stats().submitted()).isZero();
    }

    @Test
    default void executeHandsWhatIsThrownToTheThreadsHandler() throws Exception {
        assumeTrue(sharesMemory(), "the handler is set in this JVM");
        AtomicReference<Throwable> uncaught = new AtomicReference<>();
        Pool pool = open(1);
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.set(thrown));
        try {
            executor(pool).execute(() -> {
                throw new IllegalStateException("nobody looks");
            });
            executor(pool).execute(() -> {});
            executor(pool).close();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(uncaught.get()).isInstanceOf(IllegalStateException.class).hasMessage("nobody looks");
        assertThat(pool.stats().failed()).isEqualTo(1);
    }

    @Test
    default void afterShutdownEveryWayInIsRefused() {
        Pool pool = open(1);
        executor(pool).shutdown();
        Task<Integer> one = () -> 1;
        Runnable nothing = (Runnable & Serializable) () -> {};
        assertThatThrownBy(() -> pool.submit(one)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> executor(pool).submit((Callable<Integer>) one))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> executor(pool).submit(nothing)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> executor(pool).submit(nothing, 1)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> executor(pool).execute(nothing)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> pool.submit(n -> n, 1)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> pool.submit((a, b) -> a, 1, 2)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> pool.named("late").submit(one)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> executor(pool).invokeAll(List.of(one))).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> executor(pool).invokeAny(List.of(one))).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> pool.group().submit(one)).isInstanceOf(RejectedExecutionException.class);
        assertThat(pool.stats().submitted()).isZero();
        assertThat(pool.stats().rejected()).isEqualTo(11);
    }

    @Test
    default void shutdownNowReturnsWhatNeverBeganAsItWasHandedInAndCancelsIt() throws Exception {
        assumeTrue(runsElsewhere() && isBounded() && sharesMemory(), "needs tasks in line, and the very objects back");
        Gate gate = pools().gate();
        Pool pool = open(1);
        TaskFuture<Integer> running = pool.submit(waiting(gate));
        gate.awaitArrivals(1);
        Tally tally = pools().tally();
        Tally.Handle count = tally.handle();
        Runnable first = () -> count.note(1);
        Runnable second = () -> count.note(2);
        Callable<Integer> third = () -> {
            count.note(3);
            return 3;
        };
        Future<?> one = executor(pool).submit(first);
        executor(pool).execute(second);
        Future<Integer> three = executor(pool).submit(third);
        List<Runnable> unbegun = executor(pool).shutdownNow();
        assertThat(unbegun).hasSize(3).startsWith(first, second);
        unbegun.get(2).run();
        assertThat(tally.notes()).containsExactly(3);
        assertThat(one.isCancelled()).isTrue();
        assertThat(three.isCancelled()).isTrue();
        assertThatThrownBy(three::get).isInstanceOf(CancellationException.class);
        assertThat(running.exception()).isInstanceOf(InterruptedException.class); // shutdownNow interrupted it
        assertThat(executor(pool).awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    default void whatATaskDidIsSeenByWhoeverHasItsResult() {
        assumeTrue(sharesMemory(), "about one memory");
        Pool pool = open(2);
        for (int i = 0; i < 200; i++) {
            int[] plain = {i};
            Future<?> future = executor(pool).submit((Runnable) () -> plain[0]++);
            while (!future.isDone()) {
                Thread.onSpinWait();
            }
            assertThat(plain[0]).isEqualTo(i + 1);
        }
    }

    @Test
    default void aPoolServesWhoeverWantsAnExecutor() throws Exception {
        assumeTrue(sharesMemory(), "a CompletableFuture's own tasks stay in their JVM");
        Pool pool = open(2);
        assertThat(CompletableFuture.supplyAsync(() -> 6, executor(pool))
                        .thenApplyAsync(n -> n * 7, executor(pool))
                        .get())
                .isEqualTo(42);
    }

    @Test
    default void aCompletionServiceOverAPoolTakesTasksAsTheyAreDone() throws Exception {
        assumeTrue(sharesMemory(), "a FutureTask stays in its JVM");
        assumeTrue(runsElsewhere(), "inline, each task is over before the next begins");
        Gate gate = pools().gate();
        ExecutorCompletionService<Integer> service = new ExecutorCompletionService<>(executor(open(2)));
        Future<Integer> slow = service.submit(waiting(gate));
        Future<Integer> quick = service.submit(() -> 2);
        assertThat(service.take()).isSameAs(quick);
        assertThat(service.poll()).isNull();
        gate.open();
        assertThat(service.take()).isSameAs(slow);
        assertThat(slow.get()).isEqualTo(1);
    }
}
