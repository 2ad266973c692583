package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Actor;
import dev.pando.ActorOptions;
import dev.pando.Sink;
import dev.pando.TaskFuture;
import dev.pando.TaskProgress;
import dev.pando.Worker;
import dev.pando.WorkerLostException;
import dev.pando.shared.SharedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker dies while its task talks to the program: of its progress, by sub-tasks, as an actor, by a stream. */
class TalkDeathTest extends SharedDeaths {

    @ParameterizedTest
    @MethodSource("deaths")
    void whatATaskSaidOfItsProgressStays(Death death) throws Exception {
        Doom doom = doom(death);
        List<TaskFuture<?>> task = new ArrayList<>();
        lose(
                death,
                () -> {
                    Worker.progress(0.5, "half");
                    doom.strike();
                    return 0;
                },
                task::add);
        assertThat(task.getFirst().info().progress()).contains(new TaskProgress(0.5, "half"));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aTaskHearsOfTheDeathOfItsSubtask(Death death) throws Exception {
        Doom doom = doom(death);
        SharedEvent begun = space.event();
        TaskFuture<Boolean> outer = pool.submit(() -> {
            TaskFuture<Integer> inner = Worker.pool().named("inner").submit(() -> {
                begun.set();
                doom.strike();
                return 0;
            });
            begun.await();
            return inner.exception() instanceof WorkerLostException lost
                    && lost.getMessage().contains("inner");
        });
        killFrozen(death);
        assertThat(outer.result()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void theSubtasksOfADeadWorkerEnd(Death death) throws Exception {
        Doom doom = doom(death);
        SharedEvent begun = space.event();
        lose(death, () -> {
            TaskFuture<Integer> inner = Worker.pool().submit(() -> {
                begun.set();
                new CountDownLatch(1).await();
                return 0;
            });
            begun.await();
            doom.strike();
            return inner.result();
        });
        FailureMatrix.strength(pool, 2); // or else the sub-task would have kept the other worker
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void whatTheProgramOffersGoesOn(Death death) throws Exception {
        Doom doom = doom(death);
        CountDownLatch interrupted = new CountDownLatch(1);
        pool.offer("twice", (Integer n) -> {
            if (n == 0) {
                try {
                    new CountDownLatch(1).await();
                } finally {
                    interrupted.countDown();
                }
            }
            return 2 * n;
        });
        lose(death, () -> {
            doom.strikeWhenThisThreadWaits();
            return Worker.call("twice", 0);
        });
        interrupted.await(); // its caller is gone
        assertThat(pool.submit(() -> Worker.<Integer>call("twice", 10)).result())
                .isEqualTo(20);
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void anActorThatMayRestartGoesOnWithItsCalls(Death death) throws Exception {
        Doom doom = doom(death);
        try (Actor<ArrayList<Integer>> actor =
                pool.actor(() -> new ArrayList<Integer>(), ActorOptions.DEFAULT.restarts(1))) {
            assertThat(actor.call(list -> list.add(1)).result()).isTrue();
            TaskFuture<?> fatal = actor.tell(list -> doom.strike());
            TaskFuture<Integer> next = actor.call(ArrayList::size);
            killFrozen(death);
            assertThat(fatal.exception()).isInstanceOf(WorkerLostException.class);
            assertThat(next.result()).as("of a new list").isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void anActorThatMayNotRestartEndsAndSaysWhy(Death death) throws Exception {
        Doom doom = doom(death);
        try (Actor<ArrayList<Integer>> actor = pool.actor(() -> new ArrayList<Integer>())) {
            TaskFuture<?> fatal = actor.tell(list -> doom.strike());
            TaskFuture<Integer> next = actor.call(ArrayList::size);
            killFrozen(death);
            assertThat(fatal.exception()).isInstanceOf(WorkerLostException.class);
            assertThat(next.exception()).isInstanceOf(WorkerLostException.class);
            assertThatThrownBy(() -> actor.call(ArrayList::size))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("has ended");
        }
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void theResultsBeforeADeathArrive(Death death) throws Exception {
        Doom doom = doom(death);
        List<Integer> seen = new ArrayList<>();
        try (Stream<Integer> numbers = pool.stream(
                (Integer end, Sink<Integer> out) -> {
                    for (int i = 0; i < end; i++) {
                        out.send(i);
                    }
                    out.flush();
                    doom.strike();
                },
                300)) {
            var read = numbers.iterator();
            while (seen.size() < 300) {
                seen.add(read.next());
            }
            killFrozen(death);
            assertThatThrownBy(read::hasNext).isInstanceOf(WorkerLostException.class);
        }
        assertThat(seen).hasSize(300).isSorted();
    }
}
