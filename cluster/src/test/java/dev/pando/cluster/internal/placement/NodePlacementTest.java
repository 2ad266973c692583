package dev.pando.cluster.internal.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The placement, driven by hand and at random. */
class NodePlacementTest {
    private final NodePlacement placement = new NodePlacement(Integer.MAX_VALUE, 1000);

    @Test
    void withoutANodeThereIsNoPlace() {
        assertThat(placement.place()).isEqualTo(NodePlacement.NONE);
        assertThat(placement.hasRoom()).isFalse();
    }

    @Test
    void noNodeGetsMoreTasksThanItHasSlots() {
        placement.slots(1, 2);
        placement.slots(2, 1);

        List<Integer> placed = List.of(placement.place(), placement.place(), placement.place());

        assertThat(placed).containsExactlyInAnyOrder(1, 1, 2);
        assertThat(placement.place()).isEqualTo(NodePlacement.NONE);
    }

    @Test
    void theEmptiestWindowInProportionIsNext() {
        placement.slots(1, 8);
        placement.slots(2, 2);
        Map<Integer, Integer> count = new HashMap<>();

        for (int i = 0; i < 5; i++) {
            count.merge(placement.place(), 1, Integer::sum);
        }

        assertThat(count).containsEntry(1, 4).containsEntry(2, 1);
    }

    @Test
    void ofNodesThatAreAlikeTheOneThatWaitedLongestIsNext() {
        placement.slots(1, 1);
        placement.slots(2, 1);
        int first = placement.place();
        placement.answered(first, 0);

        assertThat(placement.place()).isNotEqualTo(first);
    }

    @Test
    void aNodeWithTooManyBytesGetsNoFurtherTaskUntilItAnswers() {
        placement.slots(1, 4);
        assertThat(placement.place()).isEqualTo(1);
        placement.weighs(1, 1000);

        assertThat(placement.place()).isEqualTo(NodePlacement.NONE);
        placement.answered(1, 1000);
        assertThat(placement.place()).isEqualTo(1);
    }

    @Test
    void aNodeThatIsAboutToLeaveKeepsWhatItHasAndGetsNoMore() {
        placement.slots(1, 2);
        assertThat(placement.place()).isEqualTo(1);
        placement.slots(1, 0);

        assertThat(placement.place()).isEqualTo(NodePlacement.NONE);
        assertThat(placement.tasks()).isEqualTo(1);
        placement.answered(1, 0);
        assertThat(placement.tasks()).isZero();
    }

    @Test
    void aNodeThatIsGoneTakesItsTasksOffTheBooks() {
        placement.slots(1, 2);
        assertThat(placement.place()).isEqualTo(1);

        assertThat(placement.left(1)).isEqualTo(1);
        placement.answered(1, 0); // late

        assertThat(placement.tasks()).isZero();
        assertThat(placement.fault()).isEmpty();
    }

    @Test
    void noMoreTasksAreOutThanTheProgramWants() {
        NodePlacement narrow = new NodePlacement(3, 1000);
        narrow.slots(1, 100);
        for (int i = 0; i < 3; i++) {
            assertThat(narrow.place()).isEqualTo(1);
        }

        assertThat(narrow.place()).isEqualTo(NodePlacement.NONE);
        assertThat(narrow.width()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverHappensTheBooksAreRight(long seed) {
        Random random = new Random(seed);
        List<int[]> out = new ArrayList<>();
        for (int event = 0; event < 20_000; event++) {
            int node = random.nextInt(20);
            switch (random.nextInt(10)) {
                case 0 -> placement.slots(node, random.nextInt(8));
                case 1 -> {
                    int there =
                            (int) out.stream().filter(task -> task[0] == node).count();
                    assertThat(placement.left(node)).isEqualTo(there);
                    out.removeIf(task -> task[0] == node);
                }
                case 2, 3, 4 -> {
                    if (!out.isEmpty()) {
                        int[] task = out.remove(random.nextInt(out.size()));
                        placement.answered(task[0], task[1]);
                    }
                }
                default -> {
                    boolean room = placement.hasRoom();
                    int placed = placement.place();
                    assertThat(placed != NodePlacement.NONE).isEqualTo(room);
                    if (room) {
                        int bytes = random.nextInt(600);
                        placement.weighs(placed, bytes);
                        out.add(new int[] {placed, bytes});
                    }
                }
            }
            assertThat(placement.fault()).as("after event %d", event).isEmpty();
            assertThat(placement.tasks()).isEqualTo(out.size());
        }
    }
}
