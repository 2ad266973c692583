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

    /** The node answers so many tasks, each of which ran for so long. */
    private void answer(int node, int count, long nanos) {
        for (int i = 0; i < count; i++) {
            assertThat(placement.place()).isEqualTo(node);
            placement.answered(node, 0, nanos);
        }
    }

    private int placeAll(boolean mayLie) {
        int placed = 0;
        while (placement.place(mayLie) != NodePlacement.NONE) {
            placed++;
        }
        return placed;
    }

    @Test
    void manyShortTasksInARowLetFurtherOnesLie() {
        placement.slots(1, 2);
        answer(1, 15, 50_000);
        assertThat(placeAll(true)).as("after 15").isEqualTo(2);
        placement.answered(1, 0, 50_000);

        assertThat(placement.hasFreeSlot()).isTrue();
        assertThat(placeAll(false)).as("those that may not").isEqualTo(1);
        assertThat(placeAll(true)).as("a millisecond of work for each slot").isBetween(2, 2 * 50);
        assertThat(placement.fault()).isEmpty();
    }

    @Test
    void aTaskThatIsNotShortEndsThat() {
        placement.slots(1, 2);
        answer(1, 40, 1000);
        assertThat(placeAll(true)).isEqualTo(2 + 2 * 64);
        placement.answered(1, 0, 2_000_000);

        assertThat(placeAll(true)).isZero();
        assertThat(placement.tasks()).isEqualTo(2 + 2 * 64 - 1);
        assertThat(placement.fault()).isEmpty();
    }

    @Test
    void tasksThatTakeAMillisecondDoNotLie() {
        placement.slots(1, 2);
        answer(1, 100, 1_100_000);

        assertThat(placeAll(true)).isEqualTo(2);
    }

    @Test
    void everySlotHasATaskBeforeOneLies() {
        placement.slots(1, 1);
        answer(1, 40, 1000);
        placement.slots(2, 3);

        assertThat(List.of(placement.place(true), placement.place(true), placement.place(true), placement.place(true)))
                .containsExactlyInAnyOrder(1, 2, 2, 2);
        assertThat(placement.place(true)).isEqualTo(1);
    }

    @Test
    void halfOfWhatLiesIsCalledBackForASlotThatIsFree() {
        placement.slots(1, 1);
        answer(1, 40, 1000);
        for (int i = 0; i < 10; i++) {
            assertThat(placement.place(true)).isEqualTo(1);
        }
        assertThat(placement.recall()).as("no slot is free").isNull();

        placement.slots(2, 1);
        assertThat(placement.recall()).isEqualTo(new NodePlacement.Recall(1, 5));
        assertThat(placement.recall()).as("one at a time").isNull();
        placement.gaveBack(1, 0);
        assertThat(placement.recall()).as("it had nothing to give").isNull();
        placement.answered(1, 0, 1000);
        assertThat(placement.recall()).isEqualTo(new NodePlacement.Recall(1, 4));
        assertThat(placement.left(1)).isEqualTo(9);
        assertThat(placement.recall()).as("nothing lies").isNull();
        assertThat(placement.fault()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverHappensTheBooksAreRight(long seed) {
        Random random = new Random(seed);
        List<int[]> out = new ArrayList<>();
        int recalls = 0;
        int asked = 0;
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
                        placement.answered(task[0], task[1], random.nextInt(100) == 0 ? 2_000_000 : 500_000);
                    }
                }
                case 5 -> {
                    NodePlacement.Recall recall = placement.recall();
                    if (recall != null) {
                        assertThat(placement.hasFreeSlot()).isTrue();
                        recalls++;
                        asked = recall.node();
                    } else if (random.nextInt(4) == 0) {
                        placement.gaveBack(asked, random.nextInt(2));
                    }
                }
                default -> {
                    boolean mayLie = random.nextBoolean();
                    boolean room = mayLie ? placement.hasRoom() : placement.hasFreeSlot();
                    int placed = placement.place(mayLie);
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
        assertThat(recalls).isPositive();
    }
}
