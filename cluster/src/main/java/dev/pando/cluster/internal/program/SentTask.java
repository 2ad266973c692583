package dev.pando.cluster.internal.program;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.shipping.ShippedWork;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a job, which a node was given: either begun for a slot that was free, or to lie at the node until one
 * is. Any thread may use it; the job is begun under the lock, so that no thread sees it begun without its attempt.
 */
final class SentTask {
    /** Tools that wait for one answer; further ones get none. */
    private static final int MOST_LOOKERS = 64;

    private static final long ASKED_AGAIN_NANOS = 1_000_000_000L;

    /** The number by which the node knows it. */
    final int run;

    final Job job;
    final ShippedWork work;
    private final NodeLink node;

    /** Its slot; null while it lies. The {@link NodeLink}'s. */
    @Nullable
    Seat slot;

    @GuardedBy("this")
    private int attempt;

    /** Whether the node gave it back, so that it will not begin. */
    @GuardedBy("this")
    private boolean returned;

    /** Tools that wait for the node to say where it is; null while none does. */
    @GuardedBy("this")
    private @Nullable List<Consumer<List<StackTraceElement>>> lookers;

    /** When the node was last asked where it is. */
    @GuardedBy("this")
    private long askedNanos;

    /** @param attempt 0 if it has not begun */
    SentTask(NodeLink node, int run, Job job, int attempt, @Nullable Seat slot, ShippedWork work) {
        this.node = node;
        this.run = run;
        this.job = job;
        this.attempt = attempt;
        this.slot = slot;
        this.work = work;
    }

    /** Returns the number of the attempt; 0 if it has not begun, as far as is known. */
    synchronized int attempt() {
        return attempt;
    }

    /**
     * Begins the job if it lies at the node, in its slot, or, if it has none yet, in one that is another's too. Returns
     * the number of the attempt; 0 if the job has ended or was given back.
     */
    int begin() {
        Seat seat = node.slotOf(this);
        synchronized (this) {
            if (attempt == 0 && !returned) {
                attempt = job.begin(seat);
            }
            return attempt;
        }
    }

    /** Begins a task that has just got a slot, if one has. */
    static void beginIfAny(@Nullable SentTask task) {
        if (task != null) {
            task.begin();
        }
    }

    /** The node has not begun it, and will not: the job is in line again. */
    void giveBack() {
        if (giveBackUnbegun()) {
            job.backInLine();
        } else {
            var _ = job.giveBack(attempt());
        }
    }

    @CheckReturnValue
    private synchronized boolean giveBackUnbegun() {
        returned = attempt == 0;
        return returned;
    }

    /**
     * A tool wants to know where the task is. Returns whether the node is to be asked: the answer is for every tool
     * that waits. A question is put again after a second, because a worker that died with it never answers.
     */
    @CheckReturnValue
    synchronized boolean look(Consumer<List<StackTraceElement>> seen) {
        List<Consumer<List<StackTraceElement>>> waiting = lookers;
        boolean isFirst = waiting == null;
        if (waiting == null) {
            lookers = waiting = new ArrayList<>();
        }
        if (waiting.size() < MOST_LOOKERS) {
            waiting.add(seen);
        }
        long now = System.nanoTime();
        if (!isFirst && now - askedNanos < ASKED_AGAIN_NANOS) {
            return false;
        }
        askedNanos = now;
        return true;
    }

    /** The node has said where the task is, asked or not. */
    void located(List<StackTraceElement> frames) {
        List<Consumer<List<StackTraceElement>>> told;
        synchronized (this) {
            told = lookers == null ? List.of() : lookers;
            lookers = null;
        }
        told.forEach(looker -> looker.accept(frames));
    }

    long bytes() {
        return work.bytes().length;
    }
}
