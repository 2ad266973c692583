package dev.pando.internal.wait;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Futures;
import dev.pando.TaskFuture;
import dev.pando.internal.task.ObserverCount;
import dev.pando.internal.task.PromiseCell;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A reader of completions may leave early without a call; a future that lives long must not collect such readers. */
class AbandonedReaderTest {
    private static final int READERS = 10_000;

    /** The future drops an abandoned reader only after a garbage collection, when the next reader registers. */
    @Test
    void readersThatLeftEarlyDoNotPileUp() {
        PromiseCell<Integer> pending = new PromiseCell<>();
        TaskFuture<Integer> done = TaskFuture.of(1);
        for (int i = 0; i < READERS; i++) {
            for (TaskFuture<Integer> next : Futures.asCompleted(List.of(done, pending))) {
                assertThat(next).isSameAs(done);
                break;
            }
            if (i % 1_000 == 999) {
                System.gc();
            }
        }
        assertThat(ObserverCount.of(pending)).isLessThan(READERS / 2);
    }
}
