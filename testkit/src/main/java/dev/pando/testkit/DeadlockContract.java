package dev.pando.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.DeadlineExceededException;
import dev.pando.DeadlockException;
import dev.pando.Fn;
import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tasks that wait for tasks: a wait that can end does, and a wait that cannot throws {@link DeadlockException}. */
interface DeadlockContract extends Subject {

    private Pool shared(int workers) {
        assumeTrue(sharesMemory(), "the tasks take their pool, and each other's futures, along");
        return open(workers);
    }

    @Test
    default void aWaitOnAViewIsAWaitOnTheTask() {
        Pool pool = shared(1);
        Task<Integer> child = () -> 1;
        assertThat(pool.submit(() -> pool.submit(child).toCompletableFuture().join())
                        .result())
                .isEqualTo(1);
        assertThat(pool.submit(() -> pool.submit(child).toCompletableFuture().get())
                        .result())
                .isEqualTo(1);
        assertThat(pool.submit(() -> pool.submit(child).toCompletableFuture().get(1, TimeUnit.DAYS))
                        .result())
                .isEqualTo(1);
        assertThat(pool.submit(() -> pool.submit(child)
                                .toCompletableFuture()
                                .thenApply(n -> n + 1)
                                .join())
                        .result())
                .isEqualTo(2);
        assertThat(pool.submit(() -> {
                            CompletableFuture<Integer> view = pool.submit(child).toCompletableFuture();
                            boolean byHand = view.complete(5); // unless a worker, or the caller, has run the child
                            return byHand == (view.join() == 5);
                        })
                        .result())
                .as("a view that was completed by hand says so, and no other")
                .isTrue();
    }

    @Test
    default void aCircleThroughAViewIsFound() {
        assumeTrue(runsElsewhere(), "a caller that runs the task has no future of it yet");
        Pool pool = shared(2);
        CompletableFuture<TaskFuture<Integer>> self = new CompletableFuture<>();
        TaskFuture<Integer> task =
                pool.submit(() -> self.join().toCompletableFuture().join());
        self.complete(task);
        assertThat(task.exception()).isInstanceOf(DeadlockException.class);
    }

    private static int sum(Iterable<TaskFuture<Integer>> futures) {
        int sum = 0;
        for (TaskFuture<Integer> future : futures) {
            sum += future.result();
        }
        return sum;
    }

    @Test
    @Scenario(130)
    default void aTaskMayWaitForItsChildrenInAFullPool() {
        Pool pool = shared(1);
        Task<Integer> child = () -> 1;
        assertThat(pool.submit(() ->
                                pool.submit(child).result() + pool.submit(child).result())
                        .result())
                .isEqualTo(2);
        assertThat(pool.submit(() -> pool.submit(child).get()).result()).isEqualTo(1);
        assertThat(pool.submit(() -> pool.submit(child).get(1, TimeUnit.DAYS)).result())
                .isEqualTo(1);
        assertThat(pool.submit(() -> pool.submit(child).exception() == null).result())
                .isTrue();
        assertThat(pool.submit(() -> pool.invokeAll(List.of(child, child)).size())
                        .result())
                .isEqualTo(2);
        assertThat(pool.submit(() -> pool.invokeAny(List.of(child, child))).result())
                .isEqualTo(1);
    }

    @Test
    @Scenario(130)
    default void aTaskMayWaitForManyOfItsChildrenInAFullPool() {
        Pool pool = shared(1);
        Task<Integer> child = () -> 1;
        Task<List<TaskFuture<Integer>>> three =
                () -> List.of(pool.submit(child), pool.submit(child), pool.submit(child));
        assertThat(pool.submit(() -> Futures.wait(three.call()).done().size()).result())
                .isEqualTo(3);
        assertThat(pool.submit(() -> Futures.wait(three.call(), When.FIRST_COMPLETED)
                                .done()
                                .isEmpty())
                        .result())
                .isFalse();
        assertThat(pool.submit(() -> sum(Futures.asCompleted(three.call()))).result())
                .isEqualTo(3);
        assertThat(pool.submit(() -> Futures.gather(three.call()).result().size())
                        .result())
                .isEqualTo(3);
        Fn<Integer, Integer> same = n -> n;
        assertThat(pool.submit(() -> pool.map(same, List.of(1, 2, 3)).toList()).result())
                .containsExactly(1, 2, 3);
        assertThat(pool.submit(() -> {
                            try (var group = pool.group()) {
                                var member = group.submit(child);
                                group.join();
                                return member.result();
                            }
                        })
                        .result())
                .isEqualTo(1);
    }

    @Test
    @Scenario(130)
    default void twoTasksThatWaitForEachOtherAreToldSo() throws Exception {
        assumeTrue(runsElsewhere(), "inline, the second task does not exist while the first runs");
        Pool pool = shared(2);
        assertDeadlock(pool, pool);
    }

    @Test
    default void theCircleIsFoundAcrossTwoPools() throws Exception {
        assumeTrue(runsElsewhere(), "inline, the second task does not exist while the first runs");
        assertDeadlock(shared(1), shared(1));
    }

    private static void assertDeadlock(Pool here, Pool there) throws Exception {
        CompletableFuture<TaskFuture<Integer>> other = new CompletableFuture<>();
        TaskFuture<Integer> a = here.named("alpha").submit(() -> other.get().result() + 1);
        TaskFuture<Integer> b = there.named("beta").submit(() -> a.result() + 1);
        other.complete(b);
        Throwable seenByA = requireNonNull(a.exception());
        Throwable seenByB = requireNonNull(b.exception());
        assertThat(List.of(seenByA, seenByB)).anyMatch(DeadlockException.class::isInstance);
        for (Throwable seen : List.of(seenByA, seenByB)) {
            Throwable circle = seen instanceof DeadlockException ? seen : seen.getCause();
            assertThat(circle)
                    .isInstanceOf(DeadlockException.class)
                    .hasMessageContaining("alpha")
                    .hasMessageContaining("beta");
        }
        assertThat(here.submit(() -> 1).result() + there.submit(() -> 1).result())
                .isEqualTo(2);
    }

    @Test
    default void aCircleOfThreeIsFound() {
        assumeTrue(runsElsewhere(), "inline, the second task does not exist while the first runs");
        Pool pool = shared(3);
        CompletableFuture<TaskFuture<Integer>> third = new CompletableFuture<>();
        TaskFuture<Integer> a = pool.named("alpha").submit(() -> third.get().result());
        TaskFuture<Integer> b = pool.named("beta").submit(() -> a.result());
        TaskFuture<Integer> c = pool.named("gamma").submit(() -> b.result());
        third.complete(c);
        assertThat(List.of(a.exception(), b.exception(), c.exception()))
                .anySatisfy(thrown -> assertThat(thrown)
                        .isInstanceOf(DeadlockException.class)
                        .hasMessageContaining("alpha")
                        .hasMessageContaining("beta")
                        .hasMessageContaining("gamma"));
    }

    @Test
    default void aTaskThatWaitsForItselfIsToldSo() {
        assumeTrue(runsElsewhere(), "inline, the task ends before its future is at hand");
        Pool pool = shared(1);
        CompletableFuture<TaskFuture<Integer>> itself = new CompletableFuture<>();
        TaskFuture<Integer> future =
                pool.named("narcissus").submit(() -> itself.get().result());
        itself.complete(future);
        assertThatThrownBy(future::result).isInstanceOf(DeadlockException.class).hasMessageContaining("narcissus");
    }

    @Test
    default void theCircleIsFoundThroughGather() {
        assumeTrue(runsElsewhere(), "inline, the second task does not exist while the first runs");
        Pool pool = shared(2);
        CompletableFuture<TaskFuture<List<Integer>>> other = new CompletableFuture<>();
        TaskFuture<Integer> a =
                pool.named("alpha").submit(() -> other.get().result().size());
        TaskFuture<Integer> fine = pool.submit(() -> 1);
        other.complete(Futures.gather(List.of(fine, a)));
        assertThatThrownBy(a::result).isInstanceOf(DeadlockException.class).hasMessageContaining("alpha");
    }

    @Test
    default void aTimedWaitInTheCircleEndsByItsTimeout() {
        assumeTrue(runsElsewhere(), "inline, the second task does not exist while the first runs");
        Pool pool = shared(2);
        CompletableFuture<TaskFuture<Integer>> other = new CompletableFuture<>();
        TaskFuture<Integer> a = pool.submit(() -> {
            try {
                return other.get().result(Duration.ofMillis(100));
            } catch (DeadlineExceededException e) {
                return 1;
            }
        });
        TaskFuture<Integer> b = pool.submit(() -> a.result() + 1);
        other.complete(b);
        assertThat(a.result()).isEqualTo(1);
        assertThat(b.result()).isEqualTo(2);
    }

    @Test
    default void aWaitForAnyThatCanStillEndIsNoDeadlock() throws Exception {
        assumeTrue(runsElsewhere(), "inline, the second task does not exist while the first runs");
        Pool pool = shared(3);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<TaskFuture<Integer>> other = new CompletableFuture<>();
        TaskFuture<Integer> free = pool.submit(() -> {
            mayEnd.await();
            return 7;
        });
        TaskFuture<Integer> a = pool.submit(() -> sum(
                Futures.wait(List.of(other.get(), free), When.FIRST_COMPLETED).done()));
        TaskFuture<Integer> b = pool.submit(() -> a.result() + 1);
        other.complete(b);
        mayEnd.countDown();
        assertThat(b.result()).isEqualTo(8);
    }

    @Test
    default void aChainThatComesBackToAFullPoolFinishes() {
        Pool p = shared(1);
        Pool q = shared(1);
        assertThat(p.submit(() -> q.submit(
                                        () -> p.submit(() -> q.submit(() -> 4).result())
                                                .result())
                                .result())
                        .result())
                .isEqualTo(4);
    }

    @Test
    default void poolsWhoseTasksSubmitToEachOtherBeyondTheBoundDoNotHang() {
        assumeTrue(sharesMemory(), "the tasks take the other pool along");
        Pool p = open(with(1).queue(1));
        Pool q = open(with(1).queue(1));
        TaskFuture<Integer> here = p.submit(() -> pour(q));
        TaskFuture<Integer> there = q.submit(() -> pour(p));
        assertThat(here.result() + there.result()).isEqualTo(2 * 45);
    }

    private static int pour(Pool other) {
        List<TaskFuture<Integer>> children = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            children.add(other.submit(n -> n, i));
        }
        return sum(children);
    }

    @Test
    default void deepRecursionFinishesOnTwoWorkers() {
        Pool pool = shared(2);
        assertThat(pool.submit(() -> depth(pool, 200)).result()).isEqualTo(200);
    }

    private static int depth(Pool pool, int left) {
        return left == 0 ? 0 : pool.submit(() -> depth(pool, left - 1)).result() + 1;
    }

    @Test
    default void wideRecursionFinishesOnTwoWorkers() {
        Pool pool = shared(2);
        assertThat(pool.submit(() -> fibonacci(pool, 14)).result()).isEqualTo(377);
    }

    private static int fibonacci(Pool pool, int n) {
        if (n < 2) {
            return n;
        }
        TaskFuture<Integer> first = pool.submit(() -> fibonacci(pool, n - 1));
        TaskFuture<Integer> second = pool.submit(() -> fibonacci(pool, n - 2));
        return first.result() + second.result();
    }

    @Test
    default void manyTasksThatWaitForTheirChildrenAtOnceAllFinish() {
        Pool pool = shared(2);
        List<TaskFuture<Integer>> parents = IntStream.range(0, 100)
                .mapToObj(i -> pool.submit(() -> pool.submit(() -> i).result()))
                .toList();
        assertThat(sum(parents)).isEqualTo(4950);
    }
}
