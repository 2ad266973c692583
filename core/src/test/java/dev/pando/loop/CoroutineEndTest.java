package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.DeadlineExceededException;
import dev.pando.DeadlockException;
import dev.pando.Fn;
import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.internal.loop.LoopLeakCheck;
import dev.pando.local.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A coroutine that was cancelled is done at once for its future, and has ended for a coroutine that awaits it. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class CoroutineEndTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Loop loop = Loop.create().virtualTime();
    private final List<String> notes = new ArrayList<>();

    /** A verb that waits for the end of a coroutine. */
    private record Verb(String name, Fn<TaskFuture<Integer>, Object> body) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Verb> verbs() {
        return Stream.of(
                new Verb("await", Loop::<Integer>await),
                new Verb("shield", Loop::<Integer>shield),
                new Verb("gather", future -> Loop.<Integer>gather(future)));
    }

    private int cleansUp() {
        try {
            Loop.sleep(HOUR);
        } finally {
            notes.add("cleaning");
            Loop.sleep(SECOND);
            notes.add("clean");
        }
        return 1;
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void awaitingACancelledCoroutineWaitsForItsEnd(Verb verb) {
        Loop.run(loop, () -> {
            TaskFuture<Integer> task = Loop.spawn(this::cleansUp);
            Loop.yield();
            assertThat(task.cancel(true)).isTrue();
            assertThatThrownBy(() -> verb.body.apply(task)).isInstanceOf(CancellationException.class);
            notes.add("awaited");
        });
        assertThat(notes).containsExactly("cleaning", "clean", "awaited");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void soDoesAnAwaitThatBeganBeforeTheCancellation(Verb verb) {
        Loop.run(loop, () -> {
            TaskFuture<Integer> task = Loop.spawn(this::cleansUp);
            TaskFuture<?> canceller = Loop.spawn(() -> task.cancel(true));
            assertThatThrownBy(() -> verb.body.apply(task)).isInstanceOf(CancellationException.class);
            notes.add("awaited");
            assertThat(canceller.isDone()).isTrue();
        });
        assertThat(notes).containsExactly("cleaning", "clean", "awaited");
    }

    @Test
    void aTaskOfAGroupIsACoroutineToo() {
        Loop.run(loop, () -> {
            TaskFuture<Object> task = Loop.group().submit(() -> (Object) cleansUp());
            Loop.yield();
            task.cancel(true);
            assertThatThrownBy(() -> Loop.await(task)).isInstanceOf(CancellationException.class);
            notes.add("awaited");
        });
        assertThat(notes).containsExactly("cleaning", "clean", "awaited");
    }

    @Test
    void aCancelledAwaitWaitsForTheEndOfWhatItCancelled() {
        Loop.run(loop, () -> {
            TaskFuture<Integer> inner = Loop.spawn(this::cleansUp);
            TaskFuture<Integer> outer = Loop.spawn(() -> {
                try {
                    return Loop.await(inner);
                } finally {
                    notes.add("outer");
                }
            });
            Loop.yield();
            outer.cancel(true);
            assertThatThrownBy(() -> Loop.await(outer)).isInstanceOf(CancellationException.class);
        });
        assertThat(notes).containsExactly("cleaning", "clean", "outer");
    }

    @Test
    void aTimeoutAroundAnAwaitWaitsForTheEndOfWhatItCancelled() {
        Loop.run(loop, () -> {
            TaskFuture<Integer> task = Loop.spawn(this::cleansUp);
            assertThatThrownBy(() -> Loop.timeout(SECOND, () -> Loop.await(task)))
                    .isInstanceOf(DeadlineExceededException.class);
            notes.add("timed out");
        });
        assertThat(notes).containsExactly("cleaning", "clean", "timed out");
    }

    @Test
    void theFutureItselfIsDoneAtOnceForAllOthers() {
        Loop.run(loop, () -> {
            TaskFuture<Integer> task = Loop.spawn(this::cleansUp);
            var _ = task.onDone(done -> notes.add("called back"));
            Loop.yield();
            task.cancel(true);
            assertThat(task.isDone()).isTrue();
            assertThat(task.isCancelled()).isTrue();
            assertThat(Futures.wait(List.of(task)).done()).containsExactly(task);
            assertThatThrownBy(task::result).isInstanceOf(CancellationException.class);
            assertThatThrownBy(task::get).isInstanceOf(CancellationException.class);
            assertThatThrownBy(task::exception).isInstanceOf(CancellationException.class);
            notes.add("looked");
            assertThatThrownBy(() -> Loop.await(task)).isInstanceOf(CancellationException.class);
        });
        assertThat(notes).containsExactly("called back", "looked", "cleaning", "clean");
    }

    @Test
    void aCoroutineThatHasNotBegunNeedsNoWait() {
        Loop.run(loop, () -> {
            TaskFuture<Integer> task = Loop.spawn(this::cleansUp);
            task.cancel(true);
            assertThatThrownBy(() -> Loop.await(task)).isInstanceOf(CancellationException.class);
        });
        assertThat(notes).isEmpty();
    }

    @Test
    void oneThatSwallowsItsCancellationIsWaitedForUntilItEndsAndItsValueIsDropped() {
        Loop.run(loop, () -> {
            TaskFuture<Integer> task = Loop.spawn(() -> {
                try {
                    Loop.sleep(HOUR);
                } catch (CancellationException e) {
                    Loop.sleep(HOUR);
                    notes.add("went on");
                }
                return 7;
            });
            Loop.yield();
            task.cancel(true);
            assertThatThrownBy(() -> Loop.await(task)).isInstanceOf(CancellationException.class);
            notes.add("awaited");
        });
        assertThat(notes).containsExactly("went on", "awaited");
    }

    @Test
    void aSecondCancellationEndsTheWait() {
        Loop.run(loop, () -> {
            TaskFuture<Integer> task = Loop.spawn(this::cleansUp);
            Loop.yield();
            task.cancel(true);
            assertThatThrownBy(() -> Loop.timeout(Duration.ofMillis(500), () -> Loop.await(task)))
                    .isInstanceOf(DeadlineExceededException.class);
            notes.add("gave up");
            Loop.sleep(SECOND);
        });
        assertThat(notes).containsExactly("cleaning", "gave up", "clean");
    }

    @Test
    void oneThatCancelsAndAwaitsItselfIsTold() {
        Loop.run(loop, () -> {
            CompletableFuture<TaskFuture<Void>> itself = new CompletableFuture<>();
            TaskFuture<Void> task = Loop.spawn("narcissus", () -> {
                itself.join().cancel(true);
                assertThatThrownBy(() -> Loop.await(itself.join()))
                        .isInstanceOf(CancellationException.class)
                        .hasMessage("narcissus-2 was cancelled");
                assertThatThrownBy(() -> Loop.await(itself.join()))
                        .isInstanceOf(DeadlockException.class)
                        .hasMessageContaining("narcissus-2");
                notes.add("told twice");
            });
            itself.complete(task);
            assertThatThrownBy(() -> Loop.await(task)).isInstanceOf(CancellationException.class);
        });
        assertThat(notes).containsExactly("told twice");
    }

    @Test
    void aCleanUpAndACoroutineThatAwaitItAndEachOtherAreTold() {
        Loop.run(loop, () -> {
            CompletableFuture<TaskFuture<Void>> other = new CompletableFuture<>();
            TaskFuture<Void> inner = Loop.spawn("inner", () -> {
                try {
                    Loop.sleep(HOUR);
                } finally {
                    assertThatThrownBy(() -> other.join().result()).isInstanceOf(DeadlockException.class);
                    notes.add("told");
                }
            });
            TaskFuture<Void> outer = Loop.spawn("outer", () -> Loop.shield(inner));
            other.complete(outer);
            Loop.yield();
            inner.cancel(true);
            assertThatThrownBy(() -> Loop.await(outer))
                    .isInstanceOf(DeadlockException.class)
                    .hasMessageContainingAll("inner-2", "outer-3");
            Loop.yield();
        });
        assertThat(notes).containsExactly("told");
    }

    @Test
    void aThreadThatIgnoresItsInterruptIsNotWaitedFor() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (Pool pool = Pool.open(Threads.of(1))) {
            TaskFuture<?> task = pool.submit(() -> {
                begun.countDown();
                while (mayEnd.getCount() > 0) {
                    Thread.onSpinWait();
                }
            });
            Loop.run(() -> {
                Loop.await(() -> begun.await());
                task.cancel(true);
                assertThatThrownBy(() -> Loop.await(task)).isInstanceOf(CancellationException.class);
            });
            mayEnd.countDown();
        }
    }

    @Test
    void aCoroutineOfAnotherLoopIsWaitedForToo() {
        try (Pool pool = Pool.open(Loop.create())) {
            CountDownLatch cleaning = new CountDownLatch(1);
            TaskFuture<Integer> task = pool.submit(() -> {
                try {
                    Loop.sleep(HOUR);
                } finally {
                    Loop.await(() -> cleaning.await());
                    notes.add("clean");
                }
                return 1;
            });
            Loop.run(() -> {
                while (!task.isRunning()) {
                    Loop.await(() -> Thread.yield());
                }
                task.cancel(true);
                Loop.spawn(cleaning::countDown);
                assertThatThrownBy(() -> Loop.await(task)).isInstanceOf(CancellationException.class);
                notes.add("awaited");
            });
        }
        assertThat(notes).containsExactly("clean", "awaited");
    }
}
