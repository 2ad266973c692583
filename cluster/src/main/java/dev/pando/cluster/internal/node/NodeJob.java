package dev.pando.cluster.internal.node;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.cluster.internal.relay.RelayedTask;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.shipping.TaskReports;
import dev.pando.spi.Cost;
import dev.pando.spi.Engine;
import dev.pando.spi.Failure;
import dev.pando.spi.PackingEngine;
import dev.pando.spi.Prefetched;
import dev.pando.spi.PrefetchingHost;
import dev.pando.spi.RelayedJob;
import dev.pando.spi.Seat;
import dev.pando.spi.UnsendableException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a program's task, as a job of the node's own engine. Reports go to the program; its pool decides what
 * becomes of the task. Threads: the engine's, and the one that receives letters.
 */
final class NodeJob implements RelayedJob, PrefetchingHost.Candidate, TaskReports {
    /** The engine counts attempts from 1; a program's further attempts are jobs of their own here. */
    static final int ATTEMPT = 1;

    private final ProgramSession session;
    private final NodeMessage.Run run;

    /** What the program calls the slot; null while it lies. Written under the lock of the line. */
    private volatile @Nullable String slot;

    /** What {@code Worker.name} says. */
    private String called;

    /** Whether a worker has taken it out of the line. The {@link WaitingLine}'s. */
    boolean taken;

    /** What a thread runs. Written before a worker has the job, as is what the engine made of it. */
    private @Nullable RelayedTask work;

    private @Nullable Object packed;

    /** When it was last begun. */
    @GuardedBy("this")
    private long since;

    private enum Phase {
        WAITING,
        RUNNING,
        OVER
    }

    @GuardedBy("this")
    private Phase phase = Phase.WAITING;

    /** Whether it lies at a worker that is at another, and may begin it at any moment. Only while it waits. */
    @GuardedBy("this")
    private boolean ahead;

    @GuardedBy("this")
    private @Nullable Seat seat;

    /** The thread that is inside {@link #run}, if the workers of the engine are threads. */
    @GuardedBy("this")
    private @Nullable Thread inside;

    /** Whether the program wants the task to stop. */
    private volatile boolean stopping;

    /** Made when the task first says how far it is. */
    @GuardedBy("this")
    private @Nullable ProgressNotes notes;

    private NodeMessage.Bill bill = NodeMessage.Bill.UNKNOWN;

    NodeJob(ProgramSession session, NodeMessage.Run run) {
        this.session = session;
        this.run = run;
        this.called = run.worker();
        this.slot = called.isEmpty() ? null : called;
    }

    int number() {
        return run.run();
    }

    @Nullable
    String slot() {
        return slot;
    }

    void inSlot(String name) {
        slot = name;
        called = name;
    }

    /** No slot is free: the task is only called so. */
    void calls(String name) {
        called = name;
    }

    /** Makes what the worker is given. Returns false if that is not possible: then the job is over. */
    @CheckReturnValue
    boolean prepare(Engine engine) {
        if (packed != null) { // it is back in line
            return true;
        }
        try {
            work = session.relayed(run, called);
            packed = engine instanceof PackingEngine packing ? packing.pack(work) : work;
            return true;
        } catch (UnsendableException | ClassNotFoundException | RuntimeException e) {
            return !over(ran -> NodeAnswers.of(number(), e));
        }
    }

    /** It is given back. Returns false if a worker has it, or it is over. */
    @CheckReturnValue
    synchronized boolean recall() {
        if (phase != Phase.WAITING) {
            return false;
        }
        phase = Phase.OVER;
        return true;
    }

    @Override
    public void run(Seat on) {
        synchronized (this) { // together, or else a stop in between would find neither the line nor the thread
            if (begin(on) == 0) {
                return;
            }
            inside = Thread.currentThread();
        }
        byte[] envelope = null;
        Throwable thrown = null;
        try {
            envelope = Objects.requireNonNull(work).call(session.clock.steps(), this);
        } catch (Throwable t) { // whatever it is, it is the program's
            thrown = t;
        }
        synchronized (this) {
            inside = null; // from here on a stop interrupts no task of another program
        }
        var _ = envelope != null
                ? succeed(ATTEMPT, envelope)
                : fail(ATTEMPT, Failure.threw(Objects.requireNonNull(thrown)));
    }

    @Override
    public synchronized int begin(Seat on) {
        if (phase != Phase.WAITING) {
            return 0;
        }
        phase = Phase.RUNNING;
        ahead = false;
        seat = on;
        since = System.nanoTime();
        return ATTEMPT;
    }

    @Override
    public synchronized boolean ahead() {
        ahead = phase == Phase.WAITING && !stopping;
        return ahead;
    }

    @Override
    public int attempts() {
        return 0;
    }

    @Override
    public void backInLine() {
        liesNowhere();
        session.backInLine(this);
    }

    private synchronized void liesNowhere() {
        ahead = false;
    }

    @Override
    public @Nullable Object packedWork() {
        return packed;
    }

    /** The program wants the task to stop. */
    void stop() {
        stopping = true;
        winBack();
        Seat at;
        Thread thread;
        synchronized (this) {
            if (phase == Phase.OVER) {
                return;
            }
            if (phase == Phase.WAITING) {
                phase = Phase.OVER;
                seat = null;
            }
            at = seat;
            thread = inside;
        }
        if (at == null) {
            session.withdrawn(this);
            return;
        }
        if (thread == null) {
            session.engine().stop(this, ATTEMPT, at);
            return;
        }
        stuck(ATTEMPT, List.of(thread.getStackTrace()));
        synchronized (this) {
            if (inside == thread) {
                thread.interrupt();
            }
        }
    }

    /** Returns where it runs; null if it does not. */
    synchronized StackLook.@Nullable Place place() {
        return phase == Phase.RUNNING && seat != null ? new StackLook.Place(seat, inside) : null;
    }

    /** Returns when it lies at no worker: it was taken back, or has begun, and no worker gets it ahead any more. */
    private void winBack() {
        while (true) {
            synchronized (this) {
                if (!ahead) {
                    return;
                }
            }
            if (packed instanceof Prefetched there && there.takeBack()) {
                liesNowhere();
            }
            Thread.onSpinWait(); // it begins, or another thread takes it back
        }
    }

    /** The node ends. A task that ends it itself, from a thread of it, never returns: it is lost now. */
    void nodeEnds() {
        Thread thread;
        synchronized (this) {
            thread = inside;
        }
        boolean endsIt = thread != null
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals("java.lang.Runtime")
                                && frame.getMethodName().equals("exit"));
        if (endsIt) {
            Failure.Death death = Failure.Death.of("the task ended its node, by System.exit", 0);
            var _ = over(ran -> new NodeMessage.Lost(number(), new Failure.Lost(Failure.Progress.MAY_HAVE_RUN, death)));
        }
    }

    @Override
    public void stuck(int attempt, List<StackTraceElement> frames) {
        session.tell(new NodeMessage.Stuck(number(), frames));
    }

    @Override
    public boolean isStopping() {
        return stopping;
    }

    @Override
    public void progress(double fraction, String text) {
        progress(ATTEMPT, fraction, text);
    }

    @Override
    public void progress(int attempt, double fraction, String text) {
        ProgressNotes telling;
        synchronized (this) {
            if (notes == null) {
                notes = new ProgressNotes(session.timer(), session::tell);
            }
            telling = notes;
        }
        telling.tell(new NodeMessage.Progress(number(), fraction, text));
    }

    @Override
    public Runnable call(String name, byte[] argument, Consumer<byte @Nullable []> answered) {
        return session.calls().call(number(), name, argument, answered);
    }

    @Override
    public void cost(int attempt, Cost cost) {
        bill = new NodeMessage.Bill(cost.cpuNanos(), cost.allocatedBytes());
    }

    @Override
    public boolean succeed(int attempt, @Nullable Object value) {
        return over(ran -> value instanceof byte[] envelope
                ? new NodeMessage.Answer(number(), ran, bill, envelope)
                : NodeAnswers.of(number(), new IllegalStateException("a worker answered with no envelope")));
    }

    @Override
    public boolean fail(int attempt, Failure failure) {
        return over(ran -> NodeAnswers.of(number(), failure));
    }

    /** @param report makes the last message of the time for which the task ran */
    private boolean over(LongFunction<NodeMessage> report) {
        ProgressNotes told;
        long ran;
        synchronized (this) {
            if (phase == Phase.OVER) {
                return false;
            }
            ran = phase == Phase.RUNNING ? System.nanoTime() - since : -1;
            phase = Phase.OVER;
            told = notes;
        }
        if (told != null) {
            told.end();
        }
        session.ended(this, report.apply(ran));
        return true;
    }

    @Override
    public boolean giveBack(int attempt) {
        synchronized (this) {
            if (phase != Phase.RUNNING) {
                return false;
            }
            phase = Phase.WAITING;
            seat = null;
        }
        session.backInLine(this);
        session.engine().wake();
        return true;
    }

    @Override
    public String name() {
        return run.task();
    }
}
