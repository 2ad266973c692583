package dev.pando.internal.process.handle;

import dev.pando.internal.util.ThreadLedger;
import dev.pando.internal.util.ThreadReport;
import java.util.concurrent.Executor;

/**
 * Starts a platform thread for each reaper, because the program's virtual threads may hold every processor of their
 * scheduler; or a virtual one, if the system has no thread left.
 */
record ReaperThreads(ThreadReport report) implements Executor {
    private static final String NAME = "pando-reaper";

    @Override
    public void execute(Runnable body) {
        try {
            ThreadLedger.factory(NAME, report).newThread(body).start();
        } catch (Throwable noThread) {
            var _ = Thread.ofVirtual().name(NAME).start(body);
        }
    }
}
