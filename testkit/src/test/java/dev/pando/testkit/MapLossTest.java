package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Fn;
import dev.pando.Outcome;
import dev.pando.Pool;
import dev.pando.PoolListener;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.process.Processes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An element of a map that kills its worker: that element is lost, and no other. */
@Tag("processes")
@Timeout(120)
class MapLossTest {
    @RegisterExtension
    final WorkerFixture fixture = new WorkerFixture();

    private Pool open() {
        return fixture.open(Processes.of(2).jvmArgs(WorkerFixture.BRIEF));
    }

    private static List<Integer> range(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static Fn<Integer, Integer> dyingOf(Set<Integer> killers) {
        return n -> {
            if (killers.contains(n)) {
                Runtime.getRuntime().halt(3);
            }
            return n;
        };
    }

    /** Checks that all elements but these have their results, and returns the losses. */
    private static Map<Integer, Throwable> losses(List<Outcome<Integer>> outcomes, int count) {
        assertThat(outcomes).hasSize(count);
        Map<Integer, Throwable> losses = new HashMap<>();
        for (int i = 0; i < count; i++) {
            switch (outcomes.get(i)) {
                case Outcome.Success<Integer>(Integer value) ->
                    assertThat(value).isEqualTo(i);
                case Outcome.Failure<Integer>(Throwable error) -> losses.put(i, error);
                case Outcome.Cancelled<Integer>() -> throw new AssertionError("element " + i + " was cancelled");
            }
        }
        return losses;
    }

    @Test
    void exactlyTheElementThatKilledItsWorkerIsLostAndNamed() {
        Fn<Integer, Integer> fn = dyingOf(Set.of(7777));
        Pool pool = open();
        Map<Integer, Throwable> losses =
                losses(pool.mapping(fn).outcomes().over(range(20_000)).toList(), 20_000);
        assertThat(losses).containsOnlyKeys(7777);
        assertThat(losses.get(7777))
                .isInstanceOf(WorkerLostException.class)
                .hasMessageStartingWith("element 7778 of ")
                .hasMessageContaining("exit code 3");
        assertThat(pool.stats().workersLost()).as("its place was known").isEqualTo(1);
    }

    @Test
    void theLossIsCountedAndToldBeforeTheTaskThatTellsOfIt() throws Exception {
        CompletableFuture<TaskFuture<Integer>> submitted = new CompletableFuture<>();
        CompletableFuture<Boolean> doneWhenTold = new CompletableFuture<>();
        Pool pool = fixture.open(Processes.of(1).jvmArgs(WorkerFixture.BRIEF), new PoolListener() {
            @Override
            public void workerLost(String worker, String reason) {
                doneWhenTold.complete(submitted.join().isDone());
            }
        });
        submitted.complete(pool.submit(() -> {
            Runtime.getRuntime().halt(3);
            return 0;
        }));
        assertThat(submitted.join().exception()).isInstanceOf(WorkerLostException.class);
        assertThat(pool.stats().workersLost()).isEqualTo(1);
        assertThat(doneWhenTold.get(60, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void eachOfSeveralIsLostAlone() {
        Fn<Integer, Integer> fn = dyingOf(Set.of(0, 1, 500, 999));
        assertThat(losses(open().mapping(fn).outcomes().over(range(1000)).toList(), 1000))
                .containsOnlyKeys(0, 1, 500, 999);
    }

    @Test
    void aMapThatStopsAtAFailureNamesTheElementAtItsPosition() {
        Fn<Integer, Integer> fn = dyingOf(Set.of(300));
        Pool pool = open();
        List<Integer> seen = new ArrayList<>();
        assertThatThrownBy(() -> pool.mapping(fn).chunk(100).over(range(1000)).forEach(seen::add))
                .isInstanceOf(WorkerLostException.class)
                .hasMessageStartingWith("element 301 of ");
        assertThat(seen).isEqualTo(range(300));
    }

    /** A result that kills the worker while it is packed, so that no step can be blamed. */
    record Deadly(int n) implements Serializable {
        private Object writeReplace() {
            if (n == 37) {
                Runtime.getRuntime().halt(3);
            }
            return this;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void theResultThatKillsItsWorkerIsFoundByHalves(int chunk) {
        Fn<Integer, Deadly> fn = Deadly::new;
        List<Outcome<Deadly>> outcomes =
                open().mapping(fn).chunk(chunk).outcomes().over(range(100)).toList();
        for (int i = 0; i < 100; i++) {
            if (i == 37) {
                assertThat(outcomes.get(i)).isInstanceOf(Outcome.Failure.class);
            } else {
                assertThat(outcomes.get(i)).isEqualTo(new Outcome.Success<>(new Deadly(i)));
            }
        }
    }

    @Test
    void atMostOnceRunsNoElementTwiceAndLosesWhatHadRun() throws Exception {
        Tally tally = fixture.tally();
        Tally.Handle count = tally.handle();
        Fn<Integer, Integer> fn = n -> {
            count.note(n);
            if (n == 30) {
                Runtime.getRuntime().halt(3);
            }
            return n;
        };
        Map<Integer, Throwable> losses = losses(
                open().mapping(fn)
                        .chunk(50)
                        .atMostOnce()
                        .outcomes()
                        .over(range(200))
                        .toList(),
                200);
        assertThat(losses.keySet()).isEqualTo(Set.copyOf(range(31)));
        assertThat(losses.get(30)).hasMessageStartingWith("element 31 of ");
        assertThat(losses.get(7)).hasMessageStartingWith("elements 1 to 30 of ");
        assertThat(tally.notes()).doesNotHaveDuplicates().hasSize(200);
    }
}
