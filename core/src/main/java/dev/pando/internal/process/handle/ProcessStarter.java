package dev.pando.internal.process.handle;

import dev.pando.internal.process.launch.OrphanWatchdog;
import dev.pando.internal.process.launch.WorkerLauncher;
import dev.pando.internal.process.os.SharedPage;
import dev.pando.internal.process.output.OutputReader;
import dev.pando.internal.process.output.StderrPipe;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.MessageLimits;
import dev.pando.internal.process.wire.ProgressPage;
import dev.pando.internal.util.ThreadLedger;
import dev.pando.internal.util.ThreadReport;
import java.io.IOException;

/** Starts the process of one worker, on the worker's thread, and sends it the first message. */
final class ProcessStarter {
    private static final byte[] NONE = {};

    private final WorkerHandle worker;
    private final WorkerServices services;

    ProcessStarter(WorkerHandle worker) {
        this.worker = worker;
        this.services = worker.services;
    }

    /** @param reaper told of the exit */
    WorkerHandle.Running start(WorkerReaper reaper) throws IOException {
        String mark = services.launcher().mark(worker.id);
        ThreadReport report = new ThreadReport(services.host());
        WorkerLauncher.LaunchedProcess started = services.launcher().start(mark);
        Process process = started.process();
        SharedPage sharedPage = null;
        WorkerHandle.Running running;
        try {
            sharedPage = SharedPage.lend(services.os(), ProgressPage.BYTES);
            running = new WorkerHandle.Running(
                    process,
                    new FrameOutbox(ThreadLedger.factory(worker.name + "-writer", report), process.getOutputStream()),
                    OutputReader.start(
                            worker.name, StderrPipe.of(process), services.output(), report, started.archived()),
                    services.os().family(process.pid(), mark),
                    sharedPage);
        } catch (Throwable t) { // no thread left, perhaps: nothing else knows of this process
            WorkerLauncher.kill(process);
            if (sharedPage != null) {
                sharedPage.close();
            }
            throw t;
        }
        if (!worker.started(running)) {
            WorkerLauncher.kill(process);
        }
        var _ = process.onExit().thenRunAsync(reaper, new ReaperThreads(report, reaper));
        TaskPayload initializer = services.initializer();
        byte[] first = initializer == null ? NONE : initializer.packed.bytes();
        running.outbox()
                .send(new Message.Hello(
                        worker.name,
                        services.host().metered(),
                        services.output().takesRecords(),
                        MessageLimits.answerBytes(Runtime.getRuntime().maxMemory()),
                        sharedPage == null ? "" : sharedPage.address(),
                        first));
        OrphanWatchdog.ofThisProgram().watch(); // while the worker's JVM starts
        return running;
    }
}
