package dev.pando.testkit;

import dev.pando.Task;
import dev.pando.spi.Failure.Progress;

/** A misfortune while a worker unpacks a task and its arguments. */
class DecodeArgumentPhaseTest extends WorkerPhase {

    @Override
    Task<?> meets(Chaos chaos) {
        return chaos.whileUnpacking();
    }

    @Override
    Progress progress() {
        return Progress.MAY_HAVE_RUN;
    }

    @Override
    void assertTold(Throwable seen, Class<? extends Throwable> thrown, String message) {
        assertNotSendable(seen, false, thrown, message);
    }
}
