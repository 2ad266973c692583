package dev.pando.cluster.internal.node;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.cluster.internal.relay.RelayedTask;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.shipping.TaskReports;
import dev.pando.spi.Cost;
import dev.pando.spi.Failure;
import dev.pando.spi.RelayedJob;
import dev.pando.spi.Seat;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a program's task, as a job of the node's own engine. Reports go to the program; its pool decides what
 * becomes of the task. Threads: the engine's, and the one that receives letters.
 */
final class NodeJob implements RelayedJob, TaskReports {
    /** The engine counts attempts from 1; a program's further attempts are jobs of their own here. */
    private static final int ATTEMPT = 1;

    private final ProgramSession session;
    private final int run;
    private final String task;
    private final RelayedTask work;
    private final Object packed;

    private enum Phase {
        WAITING,
        RUNNING,
        OVER
    }

    @GuardedBy("this")
    private Phase phase = Phase.WAITING;

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

    /** @param packed what the engine made of the work, or the work itself */
    NodeJob(ProgramSession session, int run, String task, RelayedTask work, Object packed) {
        this.session = session;
        this.run = run;
        this.task = task;
        this.work = work;
        this.packed = packed;
    }

    int number() {
        return run;
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
            envelope = work.call((TaskReports) this);
        } catch (Throwable t) { // whatever it is, it is the program's
            thrown = t;
        }
        synchronized (this) {
            inside = null; // from here on a stop interrupts no task of another program
        }
        var _ = envelope != null
                ? succeed(ATTEMPT, envelope)
                : fail(ATTEMPT, Failure.threw(java.util.Objects.requireNonNull(thrown)));
    }

    @Override
    public synchronized int begin(Seat on) {
        if (phase != Phase.WAITING) {
            return 0;
        }
        phase = Phase.RUNNING;
        seat = on;
        return ATTEMPT;
    }

    @Override
    public void backInLine() {
        session.backInLine(this);
    }

    @Override
    public Object packedWork() {
        return packed;
    }

    /** The program wants the task to stop. */
    void stop() {
        stopping = true;
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
            var _ = over(() -> new NodeMessage.Lost(run, new Failure.Lost(Failure.Progress.MAY_HAVE_RUN, death)));
        }
    }

    @Override
    public void stuck(int attempt, List<StackTraceElement> frames) {
        session.tell(new NodeMessage.Stuck(run, frames));
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
        telling.tell(new NodeMessage.Progress(run, fraction, text));
    }

    @Override
    public Runnable call(String name, byte[] argument, Consumer<byte @Nullable []> answered) {
        return session.calls().call(run, name, argument, answered);
    }

    @Override
    public void cost(int attempt, Cost cost) {
        bill = new NodeMessage.Bill(cost.cpuNanos(), cost.allocatedBytes());
    }

    @Override
    public boolean succeed(int attempt, @Nullable Object value) {
        return over(() -> value instanceof byte[] envelope
                ? new NodeMessage.Answer(run, bill, envelope)
                : session.answerOf(run, new IllegalStateException("a worker answered with no envelope")));
    }

    @Override
    public boolean fail(int attempt, Failure failure) {
        return over(() -> switch (failure) {
            case Failure.Lost lost -> new NodeMessage.Lost(run, lost);
            case Failure.Threw(Throwable thrown) -> session.answerOf(run, thrown);
            case Failure.Unsendable(var reason) -> session.answerOf(run, reason);
            case Failure.TimedOut(List<StackTraceElement> stack) ->
                session.answerOf(run, new IllegalStateException("timed out on the node at " + stack));
        });
    }

    private boolean over(java.util.function.Supplier<NodeMessage> report) {
        ProgressNotes told;
        synchronized (this) {
            if (phase == Phase.OVER) {
                return false;
            }
            phase = Phase.OVER;
            told = notes;
        }
        if (told != null) {
            told.end();
        }
        session.tell(report.get());
        session.ended(this);
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
        return true;
    }

    @Override
    public String name() {
        return task;
    }
}
