package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Task;
import dev.pando.spi.Failure.Progress;

/** A misfortune in the body of a task. */
class RunPhaseTest extends WorkerPhase {

    @Override
    Task<?> meets(Chaos chaos) {
        return chaos.inCall();
    }

    @Override
    Progress progress() {
        return Progress.MAY_HAVE_RUN;
    }

    @Override
    void assertTold(Throwable seen, Class<? extends Throwable> thrown, String message) {
        assertThat(seen).isInstanceOf(thrown);
        if (!message.isEmpty()) {
            assertThat(seen).hasMessageContaining(message);
        }
    }
}
