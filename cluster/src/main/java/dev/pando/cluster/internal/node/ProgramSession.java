package dev.pando.cluster.internal.node;

import dev.pando.cluster.internal.link.LetterOutbox;
import dev.pando.cluster.internal.relay.RelayedTask;
import dev.pando.cluster.internal.relay.TaskEnvelope;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.shipping.LoaderTable;
import dev.pando.shipping.ShippingCodec;
import dev.pando.spi.Backend;
import dev.pando.spi.Engine;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.PackingEngine;
import dev.pando.spi.Seat;
import dev.pando.spi.Timer;
import dev.pando.spi.UnreadyException;
import dev.pando.spi.UnsendableException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One program at this node: its tasks, its classes, and workers of its own, so that no two programs ever share a
 * worker. The session is the host of the engine that runs the workers. What it is told comes from the thread that
 * receives letters, and from the engine's threads.
 */
final class ProgramSession implements Host {
    /** Knows no class but those of the JDK and Pando: for what the node itself has to say. */
    private static final ShippingCodec PLAIN = ShippingCodec.ofWorker(
            new LoaderTable() {
                @Override
                public int numberOf(Class<?> type) {
                    return 0;
                }

                @Override
                public ClassLoader numbered(int number) throws ClassNotFoundException {
                    throw new ClassNotFoundException("a node has no loaders of a program");
                }
            },
            ProgramSession.class.getClassLoader());

    private final String name;
    private final boolean metered;
    private final LetterOutbox outbox;

    /** Set before the program is told that it may send tasks. */
    private volatile SlotShare slots = new SlotShare(1);

    private final Timer timer;
    private final NodeLog log;
    private final ClassQuestions classes;
    private final OpenCalls calls;
    private final Engine engine;

    private final ConcurrentLinkedDeque<NodeJob> line = new ConcurrentLinkedDeque<>();
    private final Map<Integer, NodeJob> jobs = new ConcurrentHashMap<>();
    private volatile boolean closed;

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

    /** A task came. */
    void accept(NodeMessage.Run run) {
        Throwable cause = broken;
        if (cause != null) {
            tell(answerOf(run.run(), cause));
            return;
        }
        try {
            RelayedTask task = new RelayedTask(classes.loader(0).anchor(), run.worker(), run.attempt(), run.work());
            Object packed = engine instanceof PackingEngine packing ? packing.pack(task) : task;
            NodeJob job = new NodeJob(this, run.run(), run.task(), task, packed);
            jobs.put(run.run(), job);
            line.add(job);
        } catch (UnsendableException | ClassNotFoundException | RuntimeException e) {
            tell(answerOf(run.run(), e));
            return;
        }
        engine.wake();
    }

    void stop(int run) {
        NodeJob job = jobs.get(run);
        if (job != null) {
            job.stop();
        }
    }

    /** The job was stopped before a worker began it. */
    void withdrawn(NodeJob job) {
        tell(answerOf(job.number(), new InterruptedException("stopped before it began")));
        jobs.remove(job.number());
        if (!line.remove(job)) {
            freeSlot(); // a worker had taken it, and finds that it is over
        }
    }

    /** The job is over: its slot is free for the program that has waited longest. */
    void ended(NodeJob job) {
        jobs.remove(job.number());
        calls.ended(job.number());
        freeSlot();
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

    void backInLine(NodeJob job) {
        line.addFirst(job);
        freeSlot();
        engine.wake();
    }

    /** Returns what to say of a task that no worker could answer for. */
    NodeMessage answerOf(int run, Throwable thrown) {
        byte[] envelope = thrown instanceof UnsendableException reason
                ? TaskEnvelope.unsendable(reason, PLAIN)
                : TaskEnvelope.thrown(PLAIN.encodeThrowable(thrown));
        return new NodeMessage.Answer(run, NodeMessage.Bill.UNKNOWN, envelope);
    }

    /** Gives back every task that no worker has begun: the node is about to leave. */
    void drain() {
        for (NodeJob job = line.poll(); job != null; job = line.poll()) {
            jobs.remove(job.number());
            tell(new NodeMessage.Returned(job.number()));
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
        while (!line.isEmpty() && slots.take(this)) {
            NodeJob job = line.poll();
            if (job != null) {
                return job;
            }
            freeSlot();
        }
        return null;
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
        for (NodeJob job = line.poll(); job != null; job = line.poll()) {
            jobs.remove(job.number());
            tell(answerOf(job.number(), told));
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
