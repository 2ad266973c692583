package dev.pando.internal.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.task.TaskOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks grow by what workers took, in a few steps and not beyond a millisecond, and shrink at once. */
class ChunkPaceTest {
    private static final long MILLISECOND = 1_000_000;

    private static MapOptions<Object> options(TaskOptions of, int chunk) {
        return new MapOptions<>(null, of, x -> x, true, chunk, 0, Long.MAX_VALUE, null, true, false);
    }

    private final ChunkPace pace = new ChunkPace(options(TaskOptions.byHand("map"), 0));

    @Test
    void elementsThatTakeNothingTravelByThousandsAfterFiveSizes() {
        for (int size : new int[] {1, 8, 64, 512, 4096, 8192, 8192}) {
            assertThat(pace.size()).isEqualTo(size);
            pace.worked(20L * size, size);
        }
    }

    @Test
    void aLateAnswerOfASmallChunkMakesNoneThatIsLargerThanItAllows() {
        pace.worked(20, 1);
        pace.worked(160, 8);
        pace.worked(20, 1);
        assertThat(pace.size()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 100, 1000})
    void aChunkIsAMillisecondOfWork(int elements) {
        for (int i = 0; i < 5; i++) {
            pace.worked(MILLISECOND / elements * pace.size(), pace.size());
            assertThat(pace.size()).isLessThanOrEqualTo(elements);
        }
        assertThat(pace.size()).isEqualTo(elements);
    }

    @Test
    void elementsThatBecomeSlowTravelAloneAtOnce() {
        for (int i = 0; i < 5; i++) {
            pace.worked(1000L * pace.size(), pace.size());
        }
        assertThat(pace.size()).isEqualTo(1000);
        pace.worked(5 * MILLISECOND, 1);
        assertThat(pace.size()).isEqualTo(1);
    }

    @Test
    void whatWasNotMeasuredChangesNothing() {
        pace.worked(20, 1);
        pace.worked(0, 8);
        pace.worked(20, 0);
        assertThat(pace.size()).isEqualTo(8);
    }

    @Test
    void aChosenSizeStaysAndHasNoBudget() {
        ChunkPace chosen = new ChunkPace(options(TaskOptions.byHand("map"), 100));
        chosen.worked(20, 100);
        assertThat(chosen.size()).isEqualTo(100);
        assertThat(chosen.budget()).isEqualTo(Long.MAX_VALUE);
        assertThat(pace.budget()).isEqualTo(4 * MILLISECOND);
    }

    @Test
    void elementsWithATimeoutOrRetriesTravelAlone() {
        TaskOptions plain = TaskOptions.byHand("map");
        for (TaskOptions alone : new TaskOptions[] {plain.withTimeout(1), plain.withRetries(1)}) {
            ChunkPace one = new ChunkPace(options(alone, 0));
            one.worked(20, 1);
            assertThat(one.size()).isEqualTo(1);
        }
    }
}
