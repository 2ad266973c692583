package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.local.Caller;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@link Chaos} itself; the tests of the phases show what its misfortunes do to a worker. */
class ChaosTest {
    private static List<String> story(Chaos.Plan plan, int tasks) {
        return IntStream.range(0, tasks)
                .mapToObj(i -> plan.at(i).map(Chaos::toString).orElse("-"))
                .toList();
    }

    @Test
    void theSameSeedTellsTheSameStoryInAnyOrder() {
        List<String> story = story(Chaos.seeded(7).rate(0.5), 200);
        assertThat(story(Chaos.seeded(7).rate(0.5), 200)).isEqualTo(story);
        assertThat(Chaos.seeded(7).rate(0.5).at(150).map(Chaos::toString).orElse("-"))
                .isEqualTo(story.get(150));
        assertThat(story(Chaos.seeded(8).rate(0.5), 200)).isNotEqualTo(story);
        assertThat(story).contains("-", "kill()", "halfFrame()");
    }

    @Test
    void theRateIsKept() {
        assertThat(story(Chaos.seeded(1).rate(0), 1000)).containsOnly("-");
        assertThat(story(Chaos.seeded(1).rate(1), 1000)).doesNotContain("-");
        assertThat(story(Chaos.seeded(1), 10_000).stream()
                        .filter(what -> !what.equals("-"))
                        .count())
                .isBetween(800L, 1200L);
    }

    @Test
    void onlyTheChosenOnesHappen() {
        Chaos.Plan plan = Chaos.seeded(3).rate(1).among(Chaos.kill(), Chaos.spin());
        assertThat(story(plan, 100))
                .containsOnly("kill()", "spin()")
                .contains("kill()")
                .contains("spin()");
        assertThat(plan.toString()).contains("seeded(3L).rate(1.0)").contains("kill()");
    }

    @Test
    void aSpoiltTaskFailsAndTheOthersAreWhatTheyWere() {
        Chaos.Plan plan = Chaos.seeded(11).rate(0.5).among(Chaos.throwing(new IllegalStateException("chaos")));
        try (Pool pool = Pool.open(Caller.serializing())) {
            for (int i = 0; i < 50; i++) {
                int n = i;
                Task<Integer> good = () -> n;
                TaskFuture<Integer> future = pool.submit(plan.spoil(i, good));
                if (plan.at(i).isEmpty()) {
                    assertThat(future.result()).isEqualTo(i);
                } else {
                    assertThat(future.exception()).isNotNull();
                }
            }
        }
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> Chaos.seeded(1).rate(1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rate");
        assertThatThrownBy(() -> Chaos.seeded(1).rate(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Chaos.Plan(1, 0.1, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("among");
    }
}
