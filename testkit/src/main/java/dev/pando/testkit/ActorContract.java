package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Actor;
import dev.pando.ActorOptions;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import dev.pando.shared.SharedCounter;
import dev.pando.shared.SharedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Objects that live in one worker. */
interface ActorContract extends Subject {

    /** What the actors of the tests have. */
    final class Notebook implements AutoCloseable {
        private final SharedCounter closed;
        private final List<Integer> notes = new ArrayList<>();

        Notebook(SharedCounter closed) {
            this.closed = closed;
        }

        int add(int note) {
            notes.add(note);
            return notes.size();
        }

        List<Integer> all() {
            return List.copyOf(notes);
        }

        @Override
        public void close() {
            closed.add(1);
        }
    }

    private Pool acting(int workers) {
        Assumptions.assumeTrue(canShare() && runsElsewhere(), "no worker can keep an object here");
        return open(workers);
    }

    @Test
    default void anObjectStaysAndItsCallsKeepTheirOrder() {
        Pool pool = acting(1);
        SharedCounter closed = pool.shared().counter();
        try (Actor<Notebook> actor = pool.actor(() -> new Notebook(closed))) {
            List<TaskFuture<Integer>> sizes = IntStream.range(0, 50)
                    .mapToObj(i -> actor.call(notebook -> notebook.add(i)))
                    .toList();
            assertThat(sizes)
                    .extracting(TaskFuture::result)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 50).boxed().toList());
            actor.tell(Notebook::all).result();
            assertThat(actor.call(Notebook::all).result())
                    .isEqualTo(IntStream.range(0, 50).boxed().toList());
            assertThat(closed.get()).isZero();
        }
        assertThat(closed.get()).isEqualTo(1);
    }

    @Test
    default void anActorNeverKeepsTasksFromRunning() {
        Pool pool = acting(1);
        SharedCounter closed = pool.shared().counter();
        try (Actor<Notebook> first = pool.actor(() -> new Notebook(closed));
                Actor<Notebook> second = pool.actor(
                        () -> new Notebook(closed),
                        ActorOptions.DEFAULT.named("second").dedicated())) {
            assertThat(first.call(notebook -> notebook.add(1)).result()).isEqualTo(1);
            assertThat(second.call(notebook -> notebook.add(1)).result()).isEqualTo(1);
            assertThat(pool.submit(() -> 7).result()).isEqualTo(7);
        }
        assertThat(pool.submit(() -> 8).result()).isEqualTo(8);
    }

    @Test
    default void whatACallThrowsHarmsNoOther() {
        Pool pool = acting(1);
        SharedCounter closed = pool.shared().counter();
        try (Actor<Notebook> actor = pool.actor(() -> new Notebook(closed))) {
            assertThat(actor.call(notebook -> Math.divideExact(notebook.add(1), 0))
                            .exception())
                    .isInstanceOf(ArithmeticException.class);
            assertThat(actor.call(Notebook::all).result()).containsExactly(1);
        }
    }

    /** In rounds, since the call may come before the object has ended, after that, or in between. */
    @Test
    default void aFactoryThatThrowsFailsAllCalls() {
        Pool pool = acting(1);
        for (int round = 0; round < 200; round++) {
            Actor<Notebook> actor = pool.actor(() -> {
                throw new IllegalStateException("no model");
            });
            TaskFuture<List<Integer>> call = null;
            for (int pause = round; pause > 0; pause--) {
                Thread.onSpinWait();
            }
            try {
                call = actor.call(Notebook::all);
            } catch (RejectedExecutionException tooLate) {
                assertThat(tooLate).hasMessageContaining("no model");
            }
            if (call != null) {
                assertThat(call.exception())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("no model");
            }
            actor.close();
            assertThat(actor.isOpen()).isFalse();
        }
    }

    @Test
    default void aClosedActorTakesNoCalls() {
        Pool pool = acting(1);
        SharedCounter closed = pool.shared().counter();
        Actor<Notebook> actor = pool.actor(() -> new Notebook(closed), ActorOptions.DEFAULT.named("notes"));
        TaskFuture<Integer> last = actor.call(notebook -> notebook.add(1));
        actor.close();
        actor.close();
        assertThat(last.result()).isEqualTo(1);
        assertThatThrownBy(() -> actor.call(Notebook::all))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("notes")
                .hasMessageContaining("closed");
    }

    @Test
    default void aPoolThatClosesEndsItsActors() {
        Pool pool = acting(1);
        SharedCounter closed = pool.shared().counter();
        Actor<Notebook> actor = pool.actor(() -> new Notebook(closed));
        TaskFuture<Integer> call = actor.call(notebook -> notebook.add(1));
        pool.close();
        assertThat(call.result()).isEqualTo(1);
        assertThat(actor.isOpen()).isFalse();
    }

    @Test
    default void aCallThatIsCancelledEndsTheObjectAndTheNextLifeGoesOn() throws Exception {
        Pool pool = acting(2);
        SharedCounter closed = pool.shared().counter();
        SharedEvent begun = pool.shared().event();
        try (Actor<Notebook> actor = pool.actor(() -> new Notebook(closed), ActorOptions.DEFAULT.restarts(1))) {
            assertThat(actor.call(notebook -> notebook.add(1)).result()).isEqualTo(1);
            TaskFuture<Integer> stuck = actor.call(notebook -> {
                begun.set();
                new CountDownLatch(1).await();
                return 0;
            });
            TaskFuture<Integer> next = actor.call(notebook -> notebook.add(5));
            begun.await();
            assertThat(stuck.cancel(false)).isFalse();
            assertThat(stuck.cancel(true)).isTrue();
            assertThat(next.result()).isEqualTo(1); // of a new object
        }
    }

    @Test
    default void aCallThatTakesTooLongEndsAnActorWithoutRestarts() {
        Pool pool = acting(2);
        SharedCounter closed = pool.shared().counter();
        try (Actor<Notebook> actor = pool.actor(() -> new Notebook(closed))) {
            TaskFuture<Integer> stuck = actor.timeout(Duration.ofMillis(30)).call(notebook -> {
                new CountDownLatch(1).await();
                return 0;
            });
            TaskFuture<Integer> next = actor.call(notebook -> notebook.add(5));
            assertThat(stuck.exception())
                    .isInstanceOf(TaskTimeoutException.class)
                    .hasMessageContaining("30 ms");
            assertThat(next.exception())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("stopped");
        }
    }

    @Test
    default void aCallThatWaitsIsCancelledWithoutHarm() throws Exception {
        Pool pool = acting(1);
        SharedCounter closed = pool.shared().counter();
        SharedEvent go = pool.shared().event();
        try (Actor<Notebook> actor = pool.actor(() -> new Notebook(closed))) {
            TaskFuture<Integer> first = actor.call(notebook -> {
                go.await();
                return notebook.add(1);
            });
            TaskFuture<Integer> second = actor.call(notebook -> notebook.add(2));
            assertThat(second.cancel(false)).isTrue();
            go.set();
            assertThat(first.result()).isEqualTo(1);
            assertThat(actor.call(Notebook::all).result()).containsExactly(1);
        }
    }
}
