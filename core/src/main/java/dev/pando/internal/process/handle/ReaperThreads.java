package dev.pando.internal.process.handle;

import dev.pando.internal.util.ThreadLedger;
import dev.pando.internal.util.ThreadReport;
import java.util.concurrent.Executor;

/**
 * Starts a platform thread for each reaper, because the program's virtual threads may hold every processor of their
 * scheduler; or a virtual one, if the system has no thread left; or none, if there is no memory for either.
 */
record ReaperThreads(ThreadReport report, WorkerReaper reaper) implements Executor {
    private static final String NAME = "pando-reaper";

    @Override
    public void execute(Runnable body) {
        boolean done;
        synchronized (reaper) { // the JDK tells of an exit when it likes, also when the pool has ended
            done = reaper.isOver() || start(body);
        }
        if (!done) {
            body.run(); // on the thread of the JDK that brings the exit, which has nothing else to do
        }
    }

    private boolean start(Runnable body) {
        try {
            ThreadLedger.factory(NAME, report).newThread(body).start();
            return true;
        } catch (Throwable noThread) {
            return startVirtual(body);
        }
    }

    private static boolean startVirtual(Runnable body) {
        try {
            var _ = Thread.ofVirtual().name(NAME).start(body);
            return true;
        } catch (OutOfMemoryError noMemory) {
            return false;
        }
    }
}
