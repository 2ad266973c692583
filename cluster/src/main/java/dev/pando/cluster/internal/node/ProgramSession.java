package dev.pando.cluster.internal.node;

import dev.pando.cluster.internal.link.LetterOutbox;
import dev.pando.cluster.internal.relay.RelayedTask;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.spi.Backend;
import dev.pando.spi.Engine;
import dev.pando.spi.Job;
import dev.pando.spi.PrefetchingEngine;
import dev.pando.spi.PrefetchingHost;
import dev.pando.spi.Seat;
import dev.pando.spi.Timer;
import dev.pando.spi.UnreadyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One program at this node: its tasks, its classes, and workers of its own, so that no two programs ever share a
 * worker. The session is the host of the engine that runs the workers. What it is told comes from the thread that
 * receives letters, and from the engine's threads.
 */
final class ProgramSession implements PrefetchingHost {
    private final String name;
    private final boolean metered;
    private final LetterOutbox outbox;

    /** Set before the program is told that it may send tasks. */
    private volatile SlotShare slots = new SlotShare(1);

    private final Timer timer;
    final StepClock clock;
    private final NodeLog log;
    private final ClassQuestions classes;
    private final OpenCalls calls;
    private final Engine engine;

    private final WaitingLine line = new WaitingLine();
    private final Map<Integer, NodeJob> jobs = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** How many tasks came since the engine was woken. Used by the thread that brings letters. */
    private int came;

    /** Zero when the last worker has ended. */
    private final CountDownLatch end = new CountDownLatch(1);

    /** Why no worker can be made ready. Written once, by a thread of the engine. */
    private volatile @Nullable Throwable broken;

    @SuppressWarnings("this-escape") // the engine asks nothing before it is woken
    ProgramSession(String name, boolean metered, Backend workers, LetterOutbox outbox, Timer timer, NodeLog log) {
        this.name = name;
        this.metered = metered;
        this.outbox = outbox;
        this.timer = timer;
        this.clock = new StepClock(timer);
        this.log = log;
        this.classes = new ClassQuestions(outbox::send);
        this.calls = new OpenCalls(outbox::send);
        this.engine = workers.start(this);
    }

    /** The slots of the node, which the sessions share. */
    void shares(SlotShare of) {
        slots = of;
    }

    Engine engine() {
        return engine;
    }

    ClassQuestions classes() {
        return classes;
    }

    OpenCalls calls() {
        return calls;
    }

    void tell(NodeMessage message) {
        outbox.send(message);
    }

    /** A task came. The engine hears of it by {@link #wake}, which must follow. */
    void accept(NodeMessage.Run run) {
        Throwable cause = broken;
        if (cause != null) {
            tell(NodeAnswers.of(run.run(), cause));
            return;
        }
        NodeJob job = new NodeJob(this, run);
        jobs.put(run.run(), job);
        line.add(job);
        came++;
    }

    /** Makes what a worker is given. */
    RelayedTask relayed(NodeMessage.Run run, String slot) throws ClassNotFoundException {
        return new RelayedTask(classes.loader(0).anchor(), slot, run.attempt(), run.work());
    }

    /** Wakes as many workers as tasks have come, or all. The letters of one program come one at a time. */
    void wake() {
        for (int i = 0; i < came && i < engine.width() && !line.isEmpty(); i++) {
            engine.wake();
        }
        came = 0;
    }

    /** Gives back tasks that no worker has begun, the last ones first, because another node has a slot for them. */
    void recall(int most) {
        List<Integer> runs = new ArrayList<>();
        for (NodeJob job : line.removeLast(most)) {
            if (job.recall()) {
                jobs.remove(job.number());
                runs.add(job.number());
            }
        }
        tell(new NodeMessage.Recalled(runs));
    }

    /** Tells the program where this task is. */
    void locate(int run) {
        StackLook.tell(run, jobs.get(run), engine, outbox::send);
    }

    void stop(int run) {
        NodeJob job = jobs.get(run);
        if (job != null) {
            job.stop();
        }
    }

    /** The job was stopped before a worker began it. */
    void withdrawn(NodeJob job) {
        boolean taken = line.wasTaken(job);
        tellEnd(job, NodeAnswers.of(job.number(), new InterruptedException("stopped before it began")));
        if (taken) {
            freeSlot(); // its worker finds that it is over
        }
    }

    /** The job is over: its slot is free for the program that has waited longest. */
    void ended(NodeJob job, NodeMessage report) {
        tellEnd(job, report);
        calls.ended(job.number());
        freeSlot();
    }

    private void tellEnd(NodeJob job, NodeMessage report) {
        jobs.remove(job.number());
        line.ended(job, () -> outbox.add(report));
        outbox.flush();
    }

    /** Returns whether no task of the program is here. */
    boolean isIdle() {
        return jobs.isEmpty();
    }

    private void freeSlot() {
        for (Object waiting : slots.give(this)) {
            ProgramSession other = (ProgramSession) waiting;
            if (other.line.isEmpty()) {
                slots.forget(other);
            } else if (other != this) {
                other.engine.wake();
            }
        }
        if (!line.isEmpty() || closed) {
            engine.wake();
        }
    }

    /** No worker has it. The engine looks for one, and may have a lock here: another thread tells other programs. */
    void backInLine(NodeJob job) {
        line.addFirst(job);
        for (Object waiting : slots.give(this)) {
            ProgramSession other = (ProgramSession) waiting;
            if (other != this) {
                timer.after(0, other.engine::wake);
            }
        }
    }

    /** Gives back every task that no worker has begun: the node is about to leave. */
    void drain() {
        for (NodeJob job = line.removeFirst(); job != null; job = line.removeFirst()) {
            if (job.recall()) {
                jobs.remove(job.number());
                tell(new NodeMessage.Returned(job.number()));
            }
        }
        jobs.values().forEach(NodeJob::nodeEnds);
    }

    /** The program is gone: stops what it left running, and lets go of its classes. */
    void close() {
        closed = true;
        slots.forget(this);
        line.clear();
        classes.close();
        for (NodeJob job : jobs.values()) {
            job.stop();
        }
        calls.close(); // after the stops, or else a task would see that the program is gone, and not that it is to end
        outbox.close();
        engine.kill();
        engine.wake();
    }

    /** Waits until the last worker has ended, but not beyond this moment: a thread may ignore every interrupt. */
    void awaitEnd(long deadline) {
        boolean interrupted = false;
        while (end.getCount() > 0 && System.nanoTime() - deadline < 0) {
            try {
                var _ = end.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether the last worker has ended. */
    boolean hasEnded() {
        return end.getCount() == 0;
    }

    int waiting() {
        return line.size();
    }

    void workerLost(String worker, String reason) {
        if (closed) {
            return; // it was told to end
        }
        log.event("worker lost", "program", name, "worker", worker, "reason", reason);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable Job next() {
        boolean mayLie = engine instanceof PrefetchingEngine; // whose workers ask for one more while they are at one
        while (!line.isEmpty() && slots.take(this, mayLie)) {
            NodeJob job = line.next();
            if (job == null) {
                freeSlot();
            } else if (job.prepare(engine)) {
                return job;
            }
        }
        return null;
    }

    /** Returns 0 if costs are measured. */
    @Override
    public int mayGoAhead() {
        return metered ? 0 : line.size();
    }

    @Override
    public int inLine() {
        return line.size();
    }

    @Override
    public boolean over() {
        return closed;
    }

    @Override
    public boolean anyInLine() {
        return !line.isEmpty();
    }

    @Override
    public Seat arrive(String worker, @Nullable Thread thread) {
        return new NodeSeat(this, worker);
    }

    @Override
    public Seat visit(boolean another) {
        return new NodeSeat(this, name);
    }

    @Override
    public void ended() {
        slots.forget(this);
        end.countDown();
    }

    @Override
    public void broken(Throwable cause) {
        Throwable told = cause instanceof UnreadyException
                ? new IllegalStateException("no worker of the node could be made ready: " + cause.getMessage(), cause)
                : cause;
        broken = told;
        log.event("broken", "program", name, "reason", String.valueOf(told.getMessage()));
        for (NodeJob job = line.removeFirst(); job != null; job = line.removeFirst()) {
            jobs.remove(job.number());
            tell(NodeAnswers.of(job.number(), told));
        }
    }

    @Override
    public boolean metered() {
        return metered;
    }

    @Override
    public Timer timer() {
        return timer;
    }
}
