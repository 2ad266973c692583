package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A task that leaves threads computing is done, and the log tells of them. */
@Timeout(120)
class LeftThreadsTest {
    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    private static Processes one() {
        return Processes.of(1).heap("64m").output(Output.discard());
    }

    private static void leave(String name, Runnable body) {
        Thread.ofPlatform().daemon().name(name).start(body);
    }

    /** Collects what is logged of this pool. */
    private static final class Notices extends Handler implements AutoCloseable {
        final List<String> of = new CopyOnWriteArrayList<>();
        private final Logger logger = Logger.getLogger("dev.pando");
        private final String pool;

        Notices(Pool pool) {
            this.pool = pool.stats().name();
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord entry) {
            if (entry.getMessage().contains("worker " + pool + "-")) {
                of.add(entry.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }

    @Test
    void threadsThatComputeAreNamedOnceWithTheirTask() {
        Pool pool = workerFixture.open(one());
        try (Notices notices = new Notices(pool)) {
            pool.named("forgetful")
                    .submit(() -> {
                        leave("spinner", TestTasks::endlessLoop);
                        leave("sleeper", LockSupport::park);
                    })
                    .result();
            WorkerFixture.await("the notice", () -> !notices.of.isEmpty());
            assertThat(notices.of)
                    .singleElement()
                    .asString()
                    .contains("[spinner]", "forgetful-1")
                    .doesNotContain("sleeper");
            assertThat(pool.submit(() -> 5).result()).isEqualTo(5);
        }
    }
}
