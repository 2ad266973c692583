package dev.pando;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A reader of completions that leaves early tells nobody; a future that lives long must not collect such readers. */
class AbandonedReaderTest {
    private static final int READERS = 10_000;

    /** It may take a collection, and a newcomer, until they are noticed. */
    @Test
    void readersThatLeftEarlyDoNotPileUp() {
        PromiseCell<Integer> pending = new PromiseCell<>();
        TaskFuture<Integer> done = TaskFuture.of(1);
        for (int i = 0; i < READERS; i++) {
            for (TaskFuture<Integer> next : Futures.asCompleted(List.of(done, pending))) {
                assertThat(next).isSameAs(done);
                break;
            }
            if (i % 1_000 == 999) System.gc();
        }
        assertThat(ObserverCount.of(pending)).isLessThan(READERS / 2);
    }
}
