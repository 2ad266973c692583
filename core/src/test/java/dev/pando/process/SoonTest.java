package dev.pando.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When spinning for an answer pays: not if another worker needs the processor. */
class SoonTest {
    private final FakeWorker worker = new FakeWorker();
    private final FakeWorker other = new FakeWorker();

    @BeforeEach
    void atWork() {
        worker.engine.processors = 2;
        worker.engine.hands.put(1, worker.ready().hand);
        long now = 0;
        worker.hand.pace.sent(now);
        for (int i = 0; i < 100; i++) worker.hand.pace.answered(now += 20_000, 0);
        worker.submit("a");
        worker.hand.feed();
    }

    @AfterEach
    void close() {
        worker.close();
        other.close();
    }

    private long soon() {
        return worker.engine.soon(worker);
    }

    @Test
    void oneTaskAloneAndAProcessorForWhoLooks() {
        assertThat(soon()).isBetween(38_000L, 42_000L);
    }

    @Test
    void notWithASingleProcessor() {
        worker.engine.processors = 1;
        assertThat(soon()).isZero();
    }

    @Test
    void notWhileOthersStandInLine() {
        worker.submit("b");
        assertThat(soon()).isZero();
    }

    @Test
    void notWhileAnotherWorkerNeedsTheProcessor() {
        worker.engine.hands.put(2, other.ready().hand);
        assertThat(soon()).as("spin time beside an idle worker").isPositive();
        other.submit("b");
        other.hand.feed();
        assertThat(soon()).isZero();
        worker.engine.processors = 4;
        assertThat(soon()).isPositive();
    }

    @Test
    void notForAWorkerThatIsNoMore() {
        worker.engine.hands.remove(1);
        assertThat(soon()).isZero();
    }

    @Test
    void notWhereAnswersTakeLong() {
        worker.hand.pace.answered(System.nanoTime() + 10_000_000_000L, 0);
        assertThat(soon()).isZero();
    }
}
