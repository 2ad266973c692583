package dev.pando.internal.process;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.message.PackedWork;
import dev.pando.internal.codec.policy.ClassPatterns;
import dev.pando.internal.codec.policy.ResultPolicy;
import dev.pando.internal.process.classes.ClassServer;
import dev.pando.internal.process.classes.SeenLambdas;
import dev.pando.internal.process.handle.OutgoingMemory;
import dev.pando.internal.process.handle.SubmissionStacks;
import dev.pando.internal.process.handle.TaskPayload;
import dev.pando.internal.process.handle.WorkerHandle;
import dev.pando.internal.process.handle.WorkerServices;
import dev.pando.internal.process.launch.OrphanWatchdog;
import dev.pando.internal.process.launch.WorkerLauncher;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.shared.SharedTable;
import dev.pando.internal.shared.SharingEngine;
import dev.pando.internal.shared.WordLender;
import dev.pando.internal.util.MemoryPause;
import dev.pando.internal.util.SystemTimer;
import dev.pando.internal.util.ThreadLedger;
import dev.pando.internal.util.ThreadReport;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.PackingEngine;
import dev.pando.spi.PrefetchingEngine;
import dev.pando.spi.Seat;
import dev.pando.spi.Timer;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import dev.pando.spi.VisibleEngine;
import dev.pando.spi.WorkerFacts;
import dev.pando.spi.WorkerRecordings;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Worker processes as the pool sees them: packs tasks, and puts together what starts, feeds and ends the workers. */
public final class ProcessEngine implements PackingEngine, PrefetchingEngine, SharingEngine, VisibleEngine {
    public final WorkerServices services;
    public final SchedulerShell shell;

    private final Host host;
    private final ProcessSettings settings;
    private final ClassPatterns patterns;
    private final SeenLambdas lambdas = new SeenLambdas();
    private final Codec codec;
    private final int processors = Runtime.getRuntime().availableProcessors();

    /** Submissions before stacks are looked after: a fresh program's first tasks need not wait for that class. */
    private static final int FEW = 256;

    /** A submitting thread may overwrite what another one counts. */
    private int submissions;

    /** Null for the first submissions. Written by the submitting thread that makes it; the last one made is used. */
    private volatile @Nullable SubmissionStacks stacks;

    public ProcessEngine(Host host, ProcessSettings settings) {
        this(host, settings, new SystemTimer(ThreadLedger.factory(host.name() + "-patience", new ThreadReport(host))));
    }

    // classes, not lambdas, here and below: the first lambdas of a program cost milliseconds of its start
    private ProcessEngine(Host host, ProcessSettings settings, SystemTimer timer) {
        this(host, settings, timer, new Runnable() {
            @Override
            public void run() {
                timer.close();
            }
        });
    }

    /** @param timer in real time, whatever clock the deadlines of tasks go by: it measures processes */
    public ProcessEngine(Host host, ProcessSettings settings, Timer timer, Runnable closeTimer) {
        this.host = host;
        this.settings = settings;
        OperatingSystem os = OperatingSystem.here();
        WorkerLauncher launcher = new WorkerLauncher(settings.launchOptions(), os, host.name());
        // first, since it goes on beside what follows
        launcher.prepareBeside(ThreadLedger.factory(host.name() + "-launch", new ThreadReport(host)));
        this.patterns = ClassPatterns.of(settings.accepted);
        ClassServer classes = new ClassServer();
        this.codec = new Codec(classes, ProcessEngine.class.getClassLoader())
                .sharing(new OutgoingMemory(ProgramMemory.LENDER));
        this.services = new WorkerServices(
                host,
                os,
                timer,
                codec,
                classes,
                lambdas,
                launcher,
                settings.output,
                ProgramMemory.LENDER,
                initializer(),
                settings.count,
                settings.mayGoAhead(),
                settings.recycleAbove,
                settings.keepsChildren,
                new AtomicReference<>(),
                new AtomicReference<>());
        this.shell = new SchedulerShell(services, settings, new Runnable() {
            @Override
            public void run() {
                ended(closeTimer);
            }
        });
    }

    public void open() {
        ProgramMemory.opened();
        OrphanWatchdog.ofThisProgram().poolOpened();
        if (!settings.eager) {
            return;
        }
        try {
            shell.startAll();
        } catch (Throwable t) {
            shell.abandon(); // or else the workers that have started would stay
            throw t;
        }
    }

    /** The pool ends whatever of this fails: what it leaves is let go when the program ends. */
    private void ended(Runnable closeTimer) {
        for (int step = 0; step < 4; step++) {
            try {
                giveBack(step, closeTimer);
            } catch (OutOfMemoryError noMemory) {
                // the next step all the same
            }
        }
        while (true) {
            try {
                host.ended();
                return;
            } catch (OutOfMemoryError noMemory) {
                MemoryPause.rest();
            }
        }
    }

    private void giveBack(int step, Runnable closeTimer) {
        switch (step) {
            case 0 -> closeTimer.run();
            case 1 -> services.launcher().close();
            case 2 -> OrphanWatchdog.ofThisProgram().poolClosed();
            default -> ProgramMemory.closed();
        }
    }

    @Override
    public int width() {
        return settings.count;
    }

    @Override
    public void expect() {
        shell.expect();
    }

    @Override
    public Object pack(Callable<?> work) throws UnsendableException {
        return packed(work);
    }

    private TaskPayload packed(Callable<?> work) throws UnsendableException {
        PackedWork packed = codec.pack(work);
        int size = packed.bytes().length;
        if (size > FrameWriter.LARGEST) {
            throw FrameWriter.tooLarge(Direction.ARGUMENT, size, FrameWriter.LARGEST);
        }
        lambdas.saw(packed.template());
        return new TaskPayload(packed, new ResultPolicy(packed.origin(), patterns), work, site());
    }

    @Override
    public SharedTable sharedTable() {
        AtomicReference<@Nullable SharedTable> shared = services.shared();
        SharedTable there = shared.get();
        if (there == null) {
            Codec items = new Codec(services.classes(), ProcessEngine.class.getClassLoader());
            WordLender pages = WordPages.on(ThreadLedger.factory(host.name() + "-pages", new ThreadReport(host)));
            shared.compareAndSet(null, SharedTable.packing(host.name(), items, pages));
            there = Objects.requireNonNull(shared.get());
        }
        return there;
    }

    /** Returns the stack of the calling thread. */
    private Throwable site() {
        SubmissionStacks there = stacks;
        if (there != null) {
            return there.here();
        }
        if (++submissions >= FEW) {
            stacks = new SubmissionStacks(host);
        }
        return new Throwable();
    }

    private @Nullable TaskPayload initializer() {
        Callable<?> given = settings.initializer;
        try {
            return given == null ? null : packed(given);
        } catch (UnsendableException e) {
            throw new IllegalArgumentException("the initializer of worker processes " + e.getMessage(), e);
        }
    }

    @Override
    public boolean canWait() {
        return false;
    }

    @Override
    public void wake() {
        shell.wake();
    }

    @Override
    public boolean widen(int by) {
        shell.widen(by);
        return true;
    }

    @Override
    public void rescue(Job job) {
        throw new IllegalStateException("a task in another process waits for nothing here: " + job.name());
    }

    @Override
    public void stop(Job job, int attempt, Seat seat) {
        for (WorkerHandle worker : shell.workers()) {
            if (worker.seat == seat) {
                worker.stop(job, attempt);
            }
        }
    }

    @Override
    public void look(Job job, int attempt, Seat seat, Consumer<List<StackTraceElement>> seen) {
        for (WorkerHandle worker : shell.workers()) {
            if (worker.seat == seat) {
                worker.look(job, attempt, seen);
            }
        }
    }

    @Override
    public List<WorkerFacts> workers() {
        return WorkerCensus.of(shell.workers(), services.os());
    }

    @Override
    public WorkerRecordings recordings() {
        return WorkerTapes.of(services, shell);
    }

    @Override
    public void kill() {
        shell.killAll();
    }

    /**
     * Spinning takes two processors, the caller's and the worker's. Returns 0 unless no other worker could need them.
     */
    @Override
    public long soon(Seat seat) {
        return host.anyInLine() ? 0 : soon(seat, shell.workers(), processors);
    }

    static long soon(Seat seat, WorkerHandle[] workers, int processors) {
        WorkerHandle at = null;
        int busy = 0;
        for (WorkerHandle worker : workers) {
            if (worker.seat == seat) {
                at = worker;
            }
            if (worker.inFlight.size() > 0) {
                busy++;
            }
        }
        return at == null || 2 * busy > processors ? 0 : at.spin.spinNanos();
    }

    @Override
    public void catchUp() {
        for (WorkerHandle worker : shell.workers()) {
            worker.inFlight.current();
        }
    }

    @Override
    public int regain() {
        int back = 0;
        for (WorkerHandle worker : shell.workers()) {
            back += worker.takeBackAll();
        }
        return back;
    }
}
