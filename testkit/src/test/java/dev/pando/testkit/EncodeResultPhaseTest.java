package dev.pando.testkit;

import dev.pando.Task;
import dev.pando.spi.Failure.Progress;

/** A misfortune while a worker packs the result of a task. */
class EncodeResultPhaseTest extends WorkerPhase {

    @Override
    Task<?> meets(Chaos chaos) {
        return chaos.whilePacking();
    }

    @Override
    Progress progress() {
        return Progress.RAN;
    }

    @Override
    void assertTold(Throwable seen, Class<? extends Throwable> thrown, String message) {
        assertNotSendable(seen, true, thrown, message);
    }
}
