package dev.pando;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.internal.task.TaskCell;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future.State;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PromiseTest {
    private static final Exception BROKEN = new Exception("broken");

    private static final Map<String, Consumer<Promise<String>>> ENDS = Map.of(
            "complete", promise -> promise.complete("value"),
            "complete with null", promise -> promise.complete(null),
            "fail", promise -> promise.fail(BROKEN),
            "cancel", promise -> promise.future().cancel(true));

    @Test
    void whatItIsGivenIsWhatTheFutureSays() {
        Promise<String> kept = new Promise<>();
        kept.complete("value");
        assertThat(kept.future().result()).isEqualTo("value");
        Promise<String> empty = new Promise<>();
        empty.complete(null);
        assertThat(empty.future().result()).isNull();
        assertThat(empty.future().state()).isEqualTo(State.SUCCESS);
        Promise<String> failed = new Promise<>();
        failed.fail(BROKEN);
        assertThat(failed.future().exception()).isSameAs(BROKEN);
        assertThatThrownBy(failed.future()::result)
                .isInstanceOf(TaskFailedException.class)
                .hasCause(BROKEN);
    }

    @Test
    void theFirstEndStaysWhateverComesSecond() {
        ENDS.forEach((first, end) -> {
            for (boolean begun : new boolean[] {false, true}) {
                Promise<String> promise = new Promise<>();
                if (begun) {
                    promise.markRunning();
                }
                end.accept(promise);
                State state = promise.future().state();
                assertThatThrownBy(() -> promise.complete("second"))
                        .as(first)
                        .isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> promise.fail(new Exception()))
                        .as(first)
                        .isInstanceOf(IllegalStateException.class);
                promise.future().cancel(true);
                assertThat(promise.future().state()).isEqualTo(state);
            }
        });
    }

    @Test
    void oneThatHasBegunIsCancelledOnlyByForce() {
        Promise<String> promise = new Promise<>();
        assertThat(promise.future().isPending()).isTrue();
        assertThat(promise.markRunning()).isTrue();
        assertThat(promise.future().isRunning()).isTrue();
        assertThat(promise.future().cancel(false)).isFalse();
        assertThat(promise.future().cancel(true)).isTrue();
        assertThat(promise.future().isCancelled()).isTrue();
        ((TaskCell<?>) promise.future()).awaitVacant();
    }

    @Test
    void markingOneThatWasCancelledSaysDoNotBegin() {
        Promise<String> promise = new Promise<>();
        promise.future().cancel(false);
        assertThat(promise.markRunning()).isFalse();
    }

    @Test
    void markingTwiceOrWhenDoneIsRefused() {
        Promise<String> begun = new Promise<>();
        begun.markRunning();
        assertThatThrownBy(begun::markRunning)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("too late");
        Promise<String> done = new Promise<>();
        done.complete("value");
        assertThatThrownBy(done::markRunning).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void noFailureIsNoFailure() {
        Promise<String> promise = new Promise<>();
        assertThatThrownBy(() -> promise.fail(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("thrown");
        assertThat(promise.future().isDone()).isFalse();
    }

    @Test
    void callbacksAreCalledByWhoEndsItOnceAndInOrder() {
        Promise<String> promise = new Promise<>();
        List<Integer> called = new java.util.ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            promise.future().onDone(done -> called.add(number));
        }
        promise.complete("value");
        assertThat(called).containsExactly(0, 1, 2);
        promise.future().onDone(done -> called.add(3));
        assertThat(called).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aCallbackThatThrowsHurtsNeitherTheOthersNorWhoKeptThePromise() {
        java.util.logging.Logger.getLogger("dev.pando").setLevel(java.util.logging.Level.OFF);
        try {
            Promise<String> promise = new Promise<>();
            List<String> called = new java.util.ArrayList<>();
            promise.future().onDone(done -> {
                throw new AssertionError("a bad callback");
            });
            promise.future().onDone(done -> called.add("second"));
            promise.complete("value");
            assertThat(called).containsExactly("second");
        } finally {
            java.util.logging.Logger.getLogger("dev.pando").setLevel(null);
        }
    }
}
