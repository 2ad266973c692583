package dev.pando.internal.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmHeapTest {
    private final SystemTimer timer = new SystemTimer("unused");
    private final AlarmHeap heap = new AlarmHeap();

    private AlarmEntry added(long due) {
        AlarmEntry entry = new AlarmEntry(timer, due, () -> {});
        heap.add(entry);
        return entry;
    }

    private List<Long> drained() {
        List<Long> order = new ArrayList<>();
        for (AlarmEntry first = heap.earliest(); first != null; first = heap.earliest()) {
            order.add(first.due);
            heap.removeEarliest();
        }
        assertThat(heap.size()).isZero();
        return order;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void givesThemBackInOrderWhateverWasAddedRemovedAndSwept(long seed) {
        Random random = new Random(seed);
        List<Long> expected = new ArrayList<>();
        for (int step = 0; step < 5_000; step++) {
            long due = random.nextInt(1_000);
            switch (random.nextInt(8)) {
                case 0 -> {
                    AlarmEntry earliest = heap.earliest();
                    if (earliest != null) {
                        assertThat(earliest.due)
                                .isEqualTo(expected.stream().min(Long::compare).orElseThrow());
                        expected.remove(earliest.due);
                        heap.removeEarliest();
                    }
                }
                case 1 -> {
                    added(due).cancel();
                    assertThat(heap.sweep()).isEqualTo(1);
                }
                default -> {
                    added(due);
                    expected.add(due);
                }
            }
            assertThat(heap.size()).isEqualTo(expected.size());
        }
        expected.sort(Long::compare);
        assertThat(drained()).isEqualTo(expected);
    }

    @Test
    void isNotDeepWhereAMillionWereAddedInOrder() {
        for (int i = 0; i < 1_000_000; i++) {
            added(i);
        }
        assertThat(drained()).hasSize(1_000_000).isSorted();
    }

    @Test
    void theClockMayPassItsHighestNumber() {
        added(Long.MIN_VALUE + 5);
        added(Long.MAX_VALUE - 5);
        assertThat(drained()).containsExactly(Long.MAX_VALUE - 5, Long.MIN_VALUE + 5);
    }
}
