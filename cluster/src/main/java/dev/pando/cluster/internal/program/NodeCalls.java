package dev.pando.cluster.internal.program;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.cluster.internal.link.LetterOutbox;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.shipping.ProgramOffers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls that the tasks of one node have made of the program. A call ends with its answer; it is interrupted when it
 * is withdrawn, when its task is settled, and when the node is gone. Any thread may use it.
 */
final class NodeCalls {
    /**
     * How many may be open, answered ones included whose answer the node has not taken yet. A node keeps to half of it:
     * the rest is for answers that cross a withdrawal.
     */
    static final int MOST = 2048;

    /** What the arguments of open calls may take. A node keeps to half of it. */
    static final long MOST_BYTES = 128 << 20;

    private final ProgramOffers offers;
    private final LetterOutbox outbox;

    @GuardedBy("this")
    private final Map<Integer, OpenCall> open = new HashMap<>();

    @GuardedBy("this")
    private int unsent;

    @GuardedBy("this")
    private long bytes;

    @GuardedBy("this")
    private boolean closed;

    private static final class OpenCall {
        final int run;
        final int bytes;

        /** Set when the call was made, under the lock. */
        @Nullable
        Runnable withdraw;

        OpenCall(int run, int bytes) {
            this.run = run;
            this.bytes = bytes;
        }
    }

    NodeCalls(ProgramOffers offers, LetterOutbox outbox) {
        this.offers = offers;
        this.outbox = outbox;
    }

    /**
     * A task calls. Returns false if no node does so that works as it should: then nothing was called.
     *
     * @param task {@code null}: it was settled meanwhile
     */
    boolean call(NodeMessage.Call asked, @Nullable SentTask task) {
        OpenCall call = new OpenCall(asked.run(), asked.argument().length);
        synchronized (this) {
            if (open.size() + unsent >= MOST
                    || bytes + call.bytes > MOST_BYTES
                    || open.putIfAbsent(asked.question(), call) != null) {
                return false;
            }
            bytes += call.bytes;
        }
        if (task == null) {
            answer(asked.question(), call, ProgramOffers.refusal("the task of this thread has ended"));
            return true;
        }
        Runnable withdraw =
                offers.call(asked.name(), asked.argument(), task.work, reply -> answer(asked.question(), call, reply));
        boolean over;
        synchronized (this) {
            call.withdraw = withdraw;
            over = closed || open.get(asked.question()) != call;
        }
        if (over) {
            withdraw.run(); // its task was settled meanwhile; a call that was answered does not notice
        }
        return true;
    }

    private void answer(int question, OpenCall call, byte[] reply) {
        synchronized (this) {
            if (!open.remove(question, call)) {
                return; // the task does not wait for it
            }
            bytes -= call.bytes;
            unsent++;
        }
        outbox.send(new NodeMessage.Reply(question, reply), this::sent);
    }

    private synchronized void sent() {
        unsent--;
    }

    /** The task does not wait for this call any more. */
    void withdraw(int question) {
        OpenCall call;
        synchronized (this) {
            call = open.remove(question);
            if (call == null) {
                return;
            }
            bytes -= call.bytes;
        }
        withdraw(call);
    }

    private void withdraw(OpenCall call) {
        Runnable withdraw;
        synchronized (this) {
            withdraw = call.withdraw;
        }
        if (withdraw != null) { // or else the thread that makes the call sees that it is over
            withdraw.run();
        }
    }

    /** The task of this run is settled, in whatever way. */
    void ended(int run) {
        List<Integer> left = new ArrayList<>();
        synchronized (this) {
            open.forEach((question, call) -> {
                if (call.run == run) {
                    left.add(question);
                }
            });
        }
        left.forEach(this::withdraw);
    }

    /** The node is gone. */
    void close() {
        List<OpenCall> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(open.values());
            open.clear();
        }
        left.forEach(this::withdraw);
    }
}
