package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import dev.pando.process.Processes;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The unpacking of a result never ends. Neither the timeout of its task nor the end of its pool waits for that. */
@Tag("processes")
@Timeout(120)
class EndlessUnpackingTest {
    private static final Duration PROMPT = Duration.ofSeconds(15);
    private static final CountDownLatch TIMED = new CountDownLatch(1);
    private static final CountDownLatch KILLED = new CountDownLatch(1);

    /** Ends the unpacking after the test, because the thread that unpacks is one of this program. */
    private static volatile CountDownLatch late = new CountDownLatch(0);

    @RegisterExtension
    final WorkerFixture fixture = new WorkerFixture();

    @BeforeEach
    void beginUnpacking() {
        late = new CountDownLatch(1);
    }

    @AfterEach
    void endUnpacking() {
        late.countDown();
    }

    private Pool open() {
        return fixture.open(Processes.of(1).jvmArgs(WorkerFixture.BRIEF));
    }

    @Test
    void aTimeoutIsToldAndTheNextTaskRuns() throws Exception {
        Pool pool = open();
        TaskFuture<Serializable> task = pool.timeout(Duration.ofSeconds(5)).submit(() -> new Endless(true));
        TIMED.await();
        assertThat(task.exception(PROMPT)).isInstanceOf(TaskTimeoutException.class);
        assertThat(pool.submit(() -> 5).result(PROMPT)).isEqualTo(5);
    }

    @Test
    void aPoolThatIsKilledTerminates() throws Exception {
        Pool pool = open();
        TaskFuture<Serializable> task = pool.submit(() -> new Endless(false));
        KILLED.await();
        pool.kill();
        assertThat(pool.awaitTermination(PROMPT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(task.isDone()).isTrue();
    }

    private static final class Endless implements Serializable {
        private static final long serialVersionUID = 1L;

        private final boolean timed;

        Endless(boolean timed) {
            this.timed = timed;
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            (timed ? TIMED : KILLED).countDown();
            CountDownLatch end = late;
            while (end.getCount() > 0) {
                try {
                    end.await();
                } catch (InterruptedException ignored) {
                    // the unpacking goes on, as a loop over a hash table would
                }
            }
        }
    }
}
