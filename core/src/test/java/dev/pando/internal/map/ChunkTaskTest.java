package dev.pando.internal.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Fn;
import dev.pando.spi.StepNotes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A chunk stops with the element in which its time ran out, by the clock of its notes. */
class ChunkTaskTest {
    private static final long BUDGET_NANOS = 1_000;

    private final List<Integer> noted = new ArrayList<>();
    private long now;

    private final StepNotes notes = new StepNotes() {
        @Override
        public void begin(int step) {
            noted.add(step);
        }

        @Override
        public long nanoTime() {
            return now;
        }
    };

    @Test
    void stopsAfterTheElementInWhichItsTimeRanOut() {
        now = System.nanoTime();
        ChunkTask.Yield yield = chunk(x -> {
                    if (x == 2) {
                        now = System.nanoTime() + 10 * BUDGET_NANOS;
                    }
                    return x * 10;
                })
                .call(notes);
        assertThat(yield.results()).containsExactly(0, 10, 20);
        assertThat(noted).containsExactly(0, 1, 2);
    }

    /** The clock may lag, even behind the moment at which the chunk began. */
    @Test
    void goesOnWhileTheClockLags() {
        now = System.nanoTime() - 1_000_000_000;
        ChunkTask.Yield yield = chunk(x -> x * 10).call(notes);
        assertThat(yield.results()).containsExactly(0, 10, 20, 30, 40);
        assertThat(yield.nanos()).as("by the system's clock").isNotNegative();
    }

    private static ChunkTask<Integer, Integer> chunk(Fn<Integer, Integer> fn) {
        return new ChunkTask<>(fn, new Object[] {0, 1, 2, 3, 4}, BUDGET_NANOS, false);
    }
}
