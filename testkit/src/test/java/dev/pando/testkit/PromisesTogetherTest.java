package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.DeadlineExceededException;
import dev.pando.Futures;
import dev.pando.Promise;
import dev.pando.TaskFuture;
import dev.pando.When;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Many futures together, without a pool: edges, bad input, clocks, and stages. */
class PromisesTogetherTest {
    private final Promise<Integer> one = new Promise<>();
    private final Promise<Integer> two = new Promise<>();
    private final Promise<Integer> three = new Promise<>();
    private final List<TaskFuture<Integer>> all = List.of(one.future(), two.future(), three.future());

    @Test
    @Scenario(81)
    void nothingToWaitForIsDoneAtOnce() {
        for (When when : When.values()) {
            assertThat(Futures.wait(List.<TaskFuture<Integer>>of(), when).done())
                    .isEmpty();
            assertThat(Futures.wait(List.<TaskFuture<Integer>>of(), when, Duration.ZERO)
                            .notDone())
                    .isEmpty();
        }
        assertThat(Futures.asCompleted(List.<TaskFuture<Integer>>of())).isEmpty();
        assertThat(Futures.gather(List.<TaskFuture<Integer>>of()).resultNow()).isEmpty();
    }

    @Test
    @Scenario(82)
    void badInputIsRefusedAtTheCallAlsoWhenAllAreDone() {
        List<TaskFuture<Integer>> done = List.of(TaskFuture.of(1));
        List<TaskFuture<Integer>> hole = Arrays.asList(one.future(), null);
        Duration negative = Duration.ofNanos(-1);
        assertThatThrownBy(() -> Futures.wait(done, (When) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("when");
        assertThatThrownBy(() -> Futures.wait(List.<TaskFuture<Integer>>of(), null, Duration.ZERO))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Futures.wait(done, When.ALL_COMPLETED, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("timeout");
        assertThatThrownBy(() -> Futures.wait(done, When.ALL_COMPLETED, negative))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeout");
        assertThatThrownBy(() -> Futures.asCompleted(done, negative))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeout");
        assertThatThrownBy(() -> Futures.asCompleted(hole)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Futures.wait(hole)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Futures.gather(hole)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> TaskFuture.from(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("stage");
    }

    @Test
    @Scenario(94)
    void promisesAreGivenOutInTheOrderOfTheirEnds() {
        Iterator<TaskFuture<Integer>> arriving = Futures.asCompleted(all).iterator();
        three.complete(3);
        assertThat(one.future().cancel(false)).isTrue();
        two.fail(new IOException());

        assertThat(List.of(arriving.next(), arriving.next(), arriving.next()))
                .containsExactly(three.future(), one.future(), two.future());
    }

    @Test
    void completionsCanBeReadTwice() {
        Iterable<TaskFuture<Integer>> arriving = Futures.asCompleted(all);
        one.complete(1);
        two.complete(2);
        three.complete(3);

        assertThat(arriving).containsExactlyInAnyOrderElementsOf(all);
        assertThat(arriving).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    @Scenario(93)
    void messageSaysHowManyOfHowManyDistinctOnesAreUnfinished() {
        one.complete(1);
        List<TaskFuture<Integer>> withDuplicates =
                List.of(one.future(), two.future(), three.future(), two.future(), TaskFuture.of(4));
        Iterator<TaskFuture<Integer>> arriving =
                Futures.asCompleted(withDuplicates, Duration.ofMillis(1)).iterator();
        arriving.next();
        arriving.next();

        assertThatThrownBy(arriving::next)
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessage("2 (of 4) futures unfinished");
        assertThat(two.future().isPending()).isTrue();
    }

    /** The deadline passes before the first question, so that question must not wait for the whole timeout again. */
    @Test
    @Scenario(95)
    void clockStartsAtTheCall() {
        Duration timeout = Duration.ofSeconds(2);
        Iterable<TaskFuture<Integer>> arriving = Futures.asCompleted(List.of(one.future()), timeout);
        assertThat(Futures.wait(List.of(one.future()), When.ALL_COMPLETED, timeout)
                        .done())
                .isEmpty();
        long asked = System.nanoTime();

        assertThatThrownBy(() -> arriving.iterator().next()).isInstanceOf(DeadlineExceededException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - asked))
                .as("time that the question took")
                .isLessThan(timeout);
    }

    @Test
    @Scenario({83, 85})
    void cancelledPromisesAreDoneForEverybody() {
        assertThat(one.future().cancel(false)).isTrue();
        assertThat(Futures.wait(all, When.FIRST_EXCEPTION, Duration.ZERO).done())
                .containsExactly(one.future());
        assertThat(Futures.wait(all, When.FIRST_COMPLETED).done()).containsExactly(one.future());
        assertThat(Futures.asCompleted(all).iterator().next()).isSameAs(one.future());
        assertThat(Futures.gather(all).exception()).isInstanceOf(CancellationException.class);
    }

    @Test
    void gatheredListCannotBeChangedAndTheErrorIsTheFirst() {
        TaskFuture<List<Integer>> whole = Futures.gather(all);
        IOException first = new IOException("first");
        two.fail(first);
        one.fail(new IOException("second"));
        three.complete(3);

        assertThat(whole.exception()).isSameAs(first);
        assertThatThrownBy(
                        () -> Futures.gather(List.of(three.future())).result().add(4))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void futureFromAStageEndsAsTheStageDoes() {
        CompletableFuture<Integer> stage = new CompletableFuture<>();
        TaskFuture<Integer> value = TaskFuture.from(stage);
        TaskFuture<Integer> dependant = TaskFuture.from(stage.thenApply(it -> 10 / it));
        assertThat(value.isPending()).isTrue();
        stage.complete(0);
        assertThat(value.resultNow()).isZero();
        assertThat(dependant.exceptionNow()).as("unwrapped exception").isInstanceOf(ArithmeticException.class);

        CompletableFuture<Integer> cancelled = new CompletableFuture<>();
        TaskFuture<Integer> direct = TaskFuture.from(cancelled);
        TaskFuture<Integer> after = TaskFuture.from(cancelled.thenApply(it -> it));
        assertThat(cancelled.cancel(false)).isTrue();
        assertThat(direct.isCancelled()).isTrue();
        assertThat(after.isCancelled()).isTrue();
    }

    @Test
    void cancellingAFutureFromAStageCancelsTheStage() {
        CompletableFuture<Integer> stage = new CompletableFuture<>();
        assertThat(TaskFuture.from(stage).cancel(false)).isTrue();
        assertThat(stage).isCancelled();
    }
}
