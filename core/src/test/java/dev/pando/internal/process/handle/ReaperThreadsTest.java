package dev.pando.internal.process.handle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.util.ThreadReport;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether a thread starts when the JDK tells that a worker has exited. */
class ReaperThreadsTest {
    private final FakeWorker worker = new FakeWorker().ready();
    private final WorkerReaper reaper = new WorkerReaper(worker.handle);
    private final ReaperThreads threads = new ReaperThreads(new ThreadReport(worker), reaper);

    @AfterEach
    void close() {
        worker.close();
    }

    private List<Thread> reapers() {
        return worker.leaving.stream()
                .filter(thread -> thread.getName().equals("pando-reaper"))
                .toList();
    }

    @Test
    void anExitThatIsToldBeforeAllIsOverHasAThreadThatThePoolWaitsFor() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        threads.execute(ran::countDown);
        ran.await();
        assertThat(reapers()).hasSize(1);
    }

    /** The pool may have ended by then, and its close may have returned. */
    @Test
    void anExitThatIsToldLaterHasNone() {
        worker.process.code = 0;
        reaper.channelEnded(null);
        threads.execute(() -> {
            throw new AssertionError("there is nothing left to do");
        });
        assertThat(reapers()).isEmpty();
    }
}
