package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Task;
import dev.pando.spi.Failure.Progress;

/** A misfortune in the static initializer of a class that a task uses. */
class LoadClassPhaseTest extends WorkerPhase {

    @Override
    Task<?> meets(Chaos chaos) {
        return chaos.inStaticInitializer();
    }

    @Override
    Progress progress() {
        return Progress.MAY_HAVE_RUN;
    }

    @Override
    void assertTold(Throwable seen, Class<? extends Throwable> thrown, String message) {
        Throwable told = Error.class.isAssignableFrom(thrown) ? seen : seen.getCause();
        assertThat(seen).isInstanceOf(Error.class); // an exception arrives in an ExceptionInInitializerError
        assertThat(told).isInstanceOf(thrown);
        if (!message.isEmpty()) {
            assertThat(told).hasMessageContaining(message);
        }
    }
}
