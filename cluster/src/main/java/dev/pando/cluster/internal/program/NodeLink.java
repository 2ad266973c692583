package dev.pando.cluster.internal.program;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.cluster.internal.fabric.FabricMember;
import dev.pando.cluster.internal.link.LetterOutbox;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.shipping.ProgramClasses;
import dev.pando.shipping.ShippedWork;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One node as a program sees it: which tasks it has, and a seat in the pool for each of its slots. A seat comes when
 * its slot is first used, so that a thousand nodes cost nothing until there is work for them. Any thread may use it.
 */
final class NodeLink {
    /** The number by which the placement knows the node. */
    final int number;

    final long session;
    final FabricMember member;
    final LetterOutbox outbox;
    final ProgramClasses.Receiver classes;
    final NodeCalls calls;
    final long since = System.nanoTime();

    final NodeSurvey survey = new NodeSurvey();

    /** What the node calls itself. Written once, when it says so, before any task is sent. */
    private volatile String name;

    /** What its tasks run on, in words. Written before the name. */
    private volatile String workers = "";

    /** How many tasks it runs at once. Written by the thread that receives its letters. */
    private volatile int slots;

    @GuardedBy("this")
    private final Map<Integer, SentTask> sent = new HashMap<>();

    @GuardedBy("this")
    private final Deque<Seat> free = new ArrayDeque<>();

    @GuardedBy("this")
    private final List<Seat> seats = new ArrayList<>();

    /** Stops that came while their task was on its way, by the seat of the task. */
    @GuardedBy("this")
    private final Map<Seat, EarlyStop> early = new HashMap<>();

    @GuardedBy("this")
    private boolean gone;

    /** Whether it is about to leave, and gets no task any more. */
    @GuardedBy("this")
    private boolean leaving;

    private record EarlyStop(Job job, int attempt) {}

    @GuardedBy("this")
    private int runs;

    /** Whether the node has said that it takes tasks. Written by the thread that receives its letters. */
    volatile boolean welcome;

    NodeLink(
            int number,
            long session,
            FabricMember member,
            LetterOutbox outbox,
            ProgramClasses.Receiver classes,
            NodeCalls calls) {
        this.number = number;
        this.session = session;
        this.member = member;
        this.outbox = outbox;
        this.classes = classes;
        this.calls = calls;
        this.name = member.name();
    }

    String name() {
        return name;
    }

    void named(String told, String runsOn) {
        workers = runsOn;
        name = told;
    }

    String workers() {
        return workers;
    }

    void slots(int now) {
        slots = now;
    }

    int slots() {
        return slots;
    }

    /** Returns how many tasks of this program it has. */
    synchronized int tasks() {
        return sent.size();
    }

    /** Returns a seat that no task has; null if the node is gone. The caller has a place in the node's window. */
    @Nullable
    Seat seat(Host host) {
        int fresh;
        synchronized (this) {
            Seat known = free.poll();
            if (known != null) {
                return known;
            }
            fresh = seats.size() + 1;
        }
        Seat seat = host.arrive(name + "/" + fresh, null); // listeners are told: not under the lock
        synchronized (this) {
            if (!gone) {
                seats.add(seat);
                return seat;
            }
        }
        seat.lost("node " + name + " is gone");
        return null;
    }

    synchronized void leaveSeat(Seat seat) {
        free.push(seat);
    }

    /**
     * Gives the node this attempt. Returns false if the node is gone, or about to leave. The lock is held until the
     * letter is on its way, or else a stop could go ahead of it, and be lost at a node that has no such task.
     */
    synchronized boolean send(Job job, int attempt, Seat seat, ShippedWork work) {
        if (gone || leaving) {
            return false;
        }
        SentTask task = new SentTask(++runs, job, attempt, seat, work);
        sent.put(task.run(), task);
        outbox.send(new NodeMessage.Run(task.run(), job.name(), seat.worker(), attempt, work.bytes()));
        EarlyStop stop = early.remove(seat);
        if (stop != null && stop.job == job && stop.attempt == attempt) {
            outbox.send(new NodeMessage.Stop(task.run()));
        }
        return true;
    }

    synchronized @Nullable SentTask sent(int run) {
        return sent.get(run);
    }

    /** Does this with the task of this run, if the node has it. */
    void withSent(int run, Consumer<SentTask> what) {
        SentTask task = sent(run);
        if (task != null) {
            what.accept(task);
        }
    }

    /** Takes a task off the node's account. Returns null if it is on it no more: then another thread settles it. */
    @Nullable
    SentTask take(int run) {
        SentTask task;
        synchronized (this) {
            task = sent.remove(run);
        }
        if (task != null) {
            calls.ended(run);
        }
        return task;
    }

    /** Tells the node to stop this attempt; or keeps that in mind if the attempt is on its way to {@link #send}. */
    void stop(Job job, int attempt, Seat seat) {
        synchronized (this) {
            for (SentTask task : sent.values()) {
                if (task.job() == job && task.attempt() == attempt) {
                    outbox.send(new NodeMessage.Stop(task.run()));
                    return;
                }
            }
            early.put(seat, new EarlyStop(job, attempt));
        }
    }

    /** The node is about to leave. */
    synchronized void leaves() {
        leaving = true;
    }

    /** Returns whether it gets no task any more. */
    synchronized boolean isLeaving() {
        return leaving || gone;
    }

    /** Parts from a node that is about to leave and has answered for every task that it had. Returns true once. */
    synchronized boolean part() {
        if (!leaving || gone || !sent.isEmpty()) {
            return false;
        }
        gone = true;
        return true;
    }

    /** The node is gone. Returns what it had. */
    List<SentTask> end() {
        List<SentTask> left;
        synchronized (this) {
            gone = true;
            left = List.copyOf(sent.values());
            sent.clear();
        }
        calls.close();
        return left;
    }

    /** Returns the seats, once; after {@link #end}. */
    synchronized List<Seat> takeSeats() {
        List<Seat> all = List.copyOf(seats);
        seats.clear();
        free.clear();
        return all;
    }
}
