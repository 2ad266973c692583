package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Joiner;
import dev.pando.Joiners;
import dev.pando.Pool;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tasks that live and end together. */
interface GroupContract extends Subject {

    @Test
    default void whatAGroupStartedHasItsResultsAfterJoin() {
        Pool pool = open(2);
        try (var group = pool.group()) {
            TaskFuture<String> word = group.submit(() -> "word");
            TaskFuture<Integer> number = group.submit(n -> n + 1, 41);
            TaskFuture<Integer> sum = group.submit(Integer::sum, 1, 2);
            group.join();
            assertThat(word.resultNow()).isEqualTo("word");
            assertThat(number.resultNow()).isEqualTo(42);
            assertThat(sum.resultNow()).isEqualTo(3);
        }
    }

    @Test
    default void theFirstFailureCancelsItsSiblingsAndIsThrown() throws Exception {
        assumeTrue(runsElsewhere(), "inline, the sibling would never return");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Pool pool = open(2);
        try (var group = pool.group()) {
            TaskFuture<Integer> sibling = group.submit(() -> {
                handle.await();
                return 1;
            });
            gate.awaitArrivals(1);
            TaskFuture<Integer> failing = group.submit(() -> {
                throw new IllegalStateException("first");
            });
            assertThatThrownBy(group::join)
                    .isInstanceOf(TaskFailedException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(failing.state()).isEqualTo(java.util.concurrent.Future.State.FAILED);
            assertThat(sibling.isCancelled()).isTrue();
        }
        BackgroundCall.untilIdle(pool);
    }

    @Test
    default void laterFailuresAreAttachedToTheFirst() {
        Pool pool = open(1);
        try (var group = pool.group(Joiners.anySuccessful())) {
            for (String words : List.of("a", "b", "c")) {
                var _ = group.submit(() -> {
                    throw new IllegalStateException(words);
                });
            }
            assertThatThrownBy(group::join).isInstanceOfSatisfying(TaskFailedException.class, thrown -> {
                List<Throwable> all = new ArrayList<>(List.of(thrown.getCause()));
                for (Throwable other : thrown.getSuppressed()) {
                    all.add(other.getCause());
                }
                assertThat(all).extracting(Throwable::getMessage).containsExactlyInAnyOrder("a", "b", "c");
            });
        }
    }

    @Test
    default void closeReturnsOnlyWhenNothingOfTheGroupIsAlive() throws Exception {
        assumeTrue(runsElsewhere(), "inline, the child would never return");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Pool pool = open(1);
        BackgroundCall<?> owner = BackgroundCall.run(() -> {
            try (var group = pool.group()) {
                var _ = group.submit(() -> {
                    while (true) {
                        try {
                            handle.await();
                            return 1;
                        } catch (InterruptedException resisted) {
                            // that is the point
                        }
                    }
                });
                gate.awaitArrivals(1);
            }
        });
        gate.awaitArrivals(2); // interrupted, the task came back to the gate
        assertThat(owner.awaitParked().isDone()).isFalse();
        gate.open();
        owner.join();
        assertThat(pool.stats().cancelled()).isEqualTo(1);
    }

    @Test
    default void anySuccessfulReturnsTheFirstAndCancelsTheOthers() throws Exception {
        assumeTrue(runsElsewhere(), "inline, the loser would never return");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Pool pool = open(2);
        try (var group = pool.group(Joiners.<Integer>anySuccessful())) {
            TaskFuture<Integer> loser = group.submit(() -> {
                handle.await();
                return 1;
            });
            gate.awaitArrivals(1);
            var _ = group.submit(() -> {
                throw new IllegalStateException("no matter");
            });
            var _ = group.submit(() -> 2);
            assertThat(group.join()).isEqualTo(2);
            assertThat(loser.isCancelled()).isTrue();
        }
    }

    @Test
    default void anySuccessfulOfNothingSaysSo() {
        try (var group = open(1).group(Joiners.<Integer>anySuccessful())) {
            assertThatThrownBy(group::join).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    default void allSuccessfulReturnsTheValues() {
        Pool pool = open(2);
        try (var group = pool.group(Joiners.<Integer>allSuccessful())) {
            for (int i = 0; i < 20; i++) {
                var _ = group.submit(n -> n, i);
            }
            assertThat(group.join()).hasSize(20).contains(0, 19).doesNotHaveDuplicates();
        }
        try (var group = pool.group(Joiners.<Integer>allSuccessful())) {
            assertThat(group.join()).isEmpty();
        }
    }

    @Test
    default void awaitAllWaitsForAllWhateverBecomesOfThem() {
        Pool pool = open(2);
        try (var group = pool.group(Joiners.<Integer>awaitAll())) {
            TaskFuture<Integer> failing = group.submit(() -> {
                throw new IllegalStateException();
            });
            TaskFuture<Integer> fine = group.submit(() -> 1);
            assertThat(group.join()).isNull();
            assertThat(failing.isDone()).isTrue();
            assertThat(fine.resultNow()).isEqualTo(1);
        }
    }

    @Test
    default void afterJoinOrCloseNothingCanBeSubmitted() {
        Pool pool = open(1);
        var group = pool.group();
        group.join();
        assertThatThrownBy(() -> group.submit(() -> 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(group::join).isInstanceOf(IllegalStateException.class);
        group.close();
        group.close();
        var closed = pool.group();
        closed.close();
        assertThatThrownBy(() -> closed.submit(() -> 1)).isInstanceOf(IllegalStateException.class);
        assertThat(pool.stats().submitted()).isZero();
    }

    @Test
    default void joinAndCloseBelongToWhoeverOpenedIt() throws Exception {
        try (var group = open(1).group()) {
            assertThatThrownBy(BackgroundCall.run(group::join)::join).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(BackgroundCall.run(group::close)::join).isInstanceOf(IllegalStateException.class);
            assertThat(BackgroundCall.ask(() -> group.submit(() -> 7)).join().result())
                    .isEqualTo(7);
            group.join();
        }
    }

    @Test
    default void membersThatAddMembersAreWaitedFor() {
        assumeTrue(sharesMemory(), "the task takes its group along");
        Pool pool = open(1);
        List<TaskFuture<Integer>> late = java.util.Collections.synchronizedList(new ArrayList<>());
        try (var group = pool.group()) {
            var _ = group.submit(() -> late.add(group.submit(() -> {
                late.add(group.submit(() -> 3));
                return 2;
            })));
            group.join();
            assertThat(late).hasSize(2).allMatch(TaskFuture::isDone);
        }
    }

    @Test
    default void aJoinThatThrowsIsTheVerdictAndCancelsTheRest() {
        Pool pool = open(1);
        Joiner<Integer, @Nullable Void> broken = new Joiner<>() {
            @Override
            public boolean onDone(TaskFuture<? extends Integer> task) {
                throw new UnsupportedOperationException("cannot judge");
            }

            @Override
            public @Nullable Void verdict() {
                return null;
            }
        };
        try (var group = pool.group(broken)) {
            var _ = group.submit(() -> 1);
            assertThatThrownBy(group::join).hasRootCauseInstanceOf(UnsupportedOperationException.class);
        }
        assertThat(pool.submit(() -> 7).result()).isEqualTo(7);
    }

    @Test
    default void anInterruptedJoinSurfacesAndCloseStillWaits() throws Exception {
        assumeTrue(runsElsewhere(), "the interrupt would be the inline task's");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Pool pool = open(1);
        BackgroundCall<Boolean> owner = BackgroundCall.ask(() -> {
            try (var group = pool.group()) {
                var _ = group.submit(() -> {
                    handle.await();
                    return 1;
                });
                assertThatThrownBy(group::join).isInstanceOf(CancellationException.class);
            }
            return Thread.currentThread().isInterrupted();
        });
        gate.awaitArrivals(1);
        owner.awaitParked().interrupt();
        assertThat(owner.join()).isTrue();
        BackgroundCall.untilIdle(pool);
    }

    @Test
    default void aGroupOfAPoolThatWasShutDownRefuses() {
        Pool pool = open(1);
        pool.shutdown();
        try (var group = pool.group()) {
            assertThatThrownBy(() -> group.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
            group.join();
        }
    }
}
