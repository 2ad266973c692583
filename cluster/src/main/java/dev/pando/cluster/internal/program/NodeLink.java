package dev.pando.cluster.internal.program;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.cluster.internal.fabric.FabricMember;
import dev.pando.cluster.internal.link.LetterOutbox;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.shipping.ProgramClasses;
import dev.pando.shipping.ShippedWork;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.PrefetchingHost;
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
 * its slot is first used, so that a thousand nodes cost nothing until there is work for them. A task that lies at the
 * node has no seat. Node and program give a slot that is free to the task that has lain longest, so that both know
 * which has begun, and call its slot the same, without a message. Any thread may use it.
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

    /** Seats that no task has, in the order in which they came free. */
    @GuardedBy("this")
    private final Deque<Seat> free = new ArrayDeque<>();

    @GuardedBy("this")
    private final List<Seat> seats = new ArrayList<>();

    /** The first of them: stays when the node is gone, because a task may begin late. */
    @GuardedBy("this")
    private @Nullable Seat first;

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

    /** How many slots have had a seat made. */
    @GuardedBy("this")
    private int made;

    /** How many slots are about to get a task, of which no letter has told the node yet. */
    @GuardedBy("this")
    private int assigned;

    /** The tasks without a slot, the one that came first is first. The node begins them in this order. */
    @GuardedBy("this")
    private final Deque<SentTask> lying = new ArrayDeque<>();

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

    /** Returns a slot that no task has, to give to one or to leave; null if each has one, or the node is gone. */
    @Nullable
    Seat freeSlot(Host host) {
        int fresh;
        synchronized (this) {
            Seat known = free.poll();
            if (known == null && made >= slots) {
                return null;
            }
            assigned++;
            if (known != null) {
                return known;
            }
            fresh = ++made;
        }
        Seat seat = host.arrive(name + "/" + fresh, null); // listeners are told: not under the lock
        synchronized (this) {
            if (!gone) {
                seats.add(seat);
                first = first == null ? seat : first;
                return seat;
            }
        }
        seat.lost("node " + name + " is gone");
        return null;
    }

    /** The slot is free: the task that has lain longest has it now. Returns that task, which the caller begins. */
    @CheckReturnValue
    @GuardedBy("this")
    private @Nullable SentTask freed(Seat slot) {
        SentTask next = lying.poll();
        if (next == null) {
            free.add(slot);
        } else {
            next.slot = slot;
        }
        return next;
    }

    /** A slot of {@link #freeSlot} gets no task. */
    void leaveSlot(Seat slot) {
        SentTask next;
        synchronized (this) {
            assigned--;
            next = freed(slot);
        }
        SentTask.beginIfAny(next);
    }

    /** A task that was taken off the account needs no slot any more. */
    void leaveSlot(SentTask ended) {
        SentTask next = null;
        synchronized (this) {
            if (ended.slot == null) {
                lying.remove(ended);
            } else {
                next = freed(ended.slot);
            }
        }
        SentTask.beginIfAny(next);
    }

    /** Returns the slot of this task, or, if it has none yet, that of another. */
    synchronized Seat slotOf(SentTask task) {
        return task.slot == null ? java.util.Objects.requireNonNull(first) : task.slot;
    }

    /**
     * Gives the node this attempt, with the next flush. Returns false if the node is gone, or about to leave. The lock
     * is held until the letter is in the outbox, or else a stop could go ahead of it, and be lost at a node that has no
     * such task.
     */
    @CheckReturnValue
    synchronized boolean send(Job job, int attempt, Seat slot, ShippedWork work) {
        assigned--;
        if (gone || leaving) {
            return false;
        }
        SentTask task = new SentTask(this, ++runs, job, attempt, slot, work);
        sent.put(task.run, task);
        outbox.add(new NodeMessage.Run(task.run, job.name(), slot.worker(), attempt, work.bytes()));
        EarlyStop stop = early.remove(slot);
        if (stop != null && stop.job == job && stop.attempt == attempt) {
            outbox.add(new NodeMessage.Stop(task.run));
        }
        return true;
    }

    /**
     * Has this job lie at the node until a slot is free, with the next flush. Returns false if it must begin with a
     * slot, or has ended; if the node is gone, or about to leave; or while a slot is assigned: the node would take that
     * slot for free, and begin this job in it.
     */
    @CheckReturnValue
    boolean lay(PrefetchingHost.Candidate job, PackedTask packed) {
        SentTask task;
        SentTask next = null;
        synchronized (this) {
            if (gone || leaving || first == null || assigned > 0) {
                return false;
            }
            task = new SentTask(this, ++runs, job, 0, null, packed.work);
            packed.liesAs(task);
            if (!job.ahead()) {
                return false;
            }
            sent.put(task.run, task);
            lying.add(task);
            outbox.add(new NodeMessage.Run(task.run, job.name(), "", job.attempts() + 1, packed.work.bytes()));
            Seat slot = free.poll(); // left a moment ago
            if (slot != null) {
                next = freed(slot);
            }
        }
        SentTask.beginIfAny(next);
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

    synchronized @Nullable SentTask sent(Job job) {
        return sent.values().stream().filter(task -> task.job == job).findAny().orElse(null);
    }

    /** Tells the node to stop this attempt; or keeps that in mind if the attempt is on its way to {@link #send}. */
    void stop(Job job, int attempt, Seat seat) {
        SentTask found;
        synchronized (this) {
            found = sent(job);
            if (found == null) {
                early.put(seat, new EarlyStop(job, attempt));
            }
        }
        if (found != null && found.attempt() == attempt) { // not under the lock: it may be about to begin
            outbox.send(new NodeMessage.Stop(found.run));
        }
    }

    /** Begins all that lies here, so that it counts as the node's when the pool stops what runs. */
    void beginAll() {
        List<SentTask> all;
        synchronized (this) {
            all = List.copyOf(lying);
        }
        all.forEach(SentTask::begin);
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
            lying.clear();
        }
        calls.close();
        left.forEach(SentTask::begin); // what lay there may have begun
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
