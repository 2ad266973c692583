package dev.pando.process;

import dev.pando.codec.Allowed;
import dev.pando.codec.Codec;
import dev.pando.codec.Customs;
import dev.pando.codec.Packed;
import dev.pando.internal.util.SystemTimer;
import dev.pando.process.os.Os;
import dev.pando.process.wire.FrameWriter;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.PackingEngine;
import dev.pando.spi.PrefetchingEngine;
import dev.pando.spi.Seat;
import dev.pando.spi.Timer;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Worker processes as the pool sees them: packs tasks, and puts together what starts, feeds and ends the workers. */
final class ProcessEngine implements PackingEngine, PrefetchingEngine {
    final WorkerServices services;
    final SchedulerShell shell;

    private final Host host;
    private final Settings settings;
    private final Allowed allowed;
    private final Hot lambdas = new Hot();
    private final Codec codec;
    private final int processors = Runtime.getRuntime().availableProcessors();

    ProcessEngine(Host host, Settings settings) {
        this(host, settings, new SystemTimer(host.name() + "-patience"));
    }

    private ProcessEngine(Host host, Settings settings, SystemTimer timer) {
        this(host, settings, timer, timer::close);
    }

    /** @param timer in real time, whatever clock the deadlines of tasks go by: it measures processes */
    ProcessEngine(Host host, Settings settings, Timer timer, Runnable closeTimer) {
        this.host = host;
        this.settings = settings;
        this.allowed = Allowed.of(settings.accepted);
        HomeClasses classes = new HomeClasses();
        this.codec = new Codec(classes, ProcessEngine.class.getClassLoader()).sharing(new Outgoing(Memory::lender));
        Os os = Os.here();
        this.services = new WorkerServices(host, os, timer, codec, classes, lambdas, new Launcher(settings.launchOptions(), os, host.name()),
                settings.output, Memory::lender, initializer(), UUID.randomUUID().toString(), settings.count,
                settings.mayGoAhead(), settings.recycleAbove, os.oomKills().orElse(-1));
        this.shell = new SchedulerShell(services, settings, () -> ended(closeTimer));
    }

    void open() {
        Memory.opened();
        if (settings.eager) shell.startAll();
    }

    private void ended(Runnable closeTimer) {
        closeTimer.run();
        services.launcher().close();
        Memory.closed();
        host.ended();
    }

    @Override
    public int width() {
        return settings.count;
    }

    @Override
    public Object pack(Callable<?> work) throws UnsendableException {
        return packed(work);
    }

    private Cargo packed(Callable<?> work) throws UnsendableException {
        Packed packed = codec.pack(work);
        int size = packed.bytes().length;
        if (size > FrameWriter.LARGEST) throw FrameWriter.tooLarge(Direction.ARGUMENT, size);
        lambdas.saw(packed.template());
        return new Cargo(packed, new Customs(packed.origin(), allowed));
    }

    private @Nullable Cargo initializer() {
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
    public void rescue(Job job) {
        throw new IllegalStateException("a task in another process waits for nothing here: " + job.name());
    }

    @Override
    public void stop(Job job, int attempt, Seat seat) {
        for (Hand worker : shell.workers()) if (worker.seat == seat) worker.stop(job, attempt);
    }

    @Override
    public void kill() {
        shell.killAll();
    }

    /** Spinning takes two processors, the caller's and the worker's. Returns 0 unless no other worker could need them. */
    @Override
    public long soon(Seat seat) {
        return host.anyInLine() ? 0 : soon(seat, shell.workers(), processors);
    }

    static long soon(Seat seat, Collection<Hand> workers, int processors) {
        Hand at = null;
        int busy = 0;
        for (Hand worker : workers) {
            if (worker.seat == seat) at = worker;
            if (worker.tray.size() > 0) busy++;
        }
        return at == null || 2 * busy > processors ? 0 : at.spin.spinNanos();
    }

    @Override
    public void catchUp() {
        for (Hand worker : shell.workers()) worker.tray.current();
    }

    @Override
    public int regain() {
        int back = 0;
        for (Hand worker : shell.workers()) back += worker.takeBack();
        return back;
    }
}
