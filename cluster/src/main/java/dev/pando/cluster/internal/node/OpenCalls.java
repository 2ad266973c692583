package dev.pando.cluster.internal.node;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.shipping.ProgramOffers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls that one program's tasks have made of it, and that it has not answered. Each ends once: by the answer, by a
 * withdrawal, or with its task or the program. Any thread may use it; listeners are told under no lock.
 */
final class OpenCalls {
    /** How many may be open: as many as of one worker process. */
    static final int MOST = 1024;

    /** What their arguments may take together. */
    static final long MOST_BYTES = 64 << 20;

    private final Consumer<NodeMessage> toProgram;

    @GuardedBy("this")
    private final Map<Integer, OpenCall> open = new HashMap<>();

    @GuardedBy("this")
    private int questions;

    @GuardedBy("this")
    private long bytes;

    @GuardedBy("this")
    private boolean closed;

    private record OpenCall(int run, int bytes, Consumer<byte @Nullable []> answered) {}

    OpenCalls(Consumer<NodeMessage> toProgram) {
        this.toProgram = toProgram;
    }

    /** A task calls, as {@code RelayedJob.call} has it. */
    Runnable call(int run, String name, byte[] argument, Consumer<byte @Nullable []> answered) {
        int question;
        String refusal = null;
        synchronized (this) {
            question = ++questions;
            if (closed) {
                refusal = "the program is gone";
            } else if (open.size() >= MOST) {
                refusal = MOST + " calls of this program's tasks wait on this node, which is as many as may";
            } else if (bytes + argument.length > MOST_BYTES) {
                refusal = "the arguments of the calls that wait on this node, with this one, take more than "
                        + (MOST_BYTES >> 20) + " MiB, which is as much as may";
            } else {
                open.put(question, new OpenCall(run, argument.length, answered));
                bytes += argument.length;
            }
        }
        if (refusal != null) {
            answered.accept(ProgramOffers.refusal(refusal));
            return () -> {};
        }
        toProgram.accept(new NodeMessage.Call(run, question, name, argument));
        return () -> withdraw(question);
    }

    private synchronized @Nullable OpenCall remove(int question) {
        OpenCall call = open.remove(question);
        if (call != null) {
            bytes -= call.bytes;
        }
        return call;
    }

    private void withdraw(int question) {
        OpenCall call = remove(question);
        if (call != null) {
            toProgram.accept(new NodeMessage.Withdraw(question));
            call.answered.accept(null);
        }
    }

    /** The program has answered. */
    void answered(NodeMessage.Reply reply) {
        OpenCall call = remove(reply.question());
        if (call != null) {
            call.answered.accept(reply.reply());
        }
    }

    /** The task of this run has ended. The program withdraws its calls by itself. */
    void ended(int run) {
        List<OpenCall> left = new ArrayList<>();
        synchronized (this) {
            Iterator<OpenCall> each = open.values().iterator();
            while (each.hasNext()) {
                OpenCall call = each.next();
                if (call.run == run) {
                    each.remove();
                    bytes -= call.bytes;
                    left.add(call);
                }
            }
        }
        left.forEach(call -> call.answered.accept(ProgramOffers.refusal("the task of this thread has ended")));
    }

    /** The program is gone: nothing is answered any more. */
    void close() {
        List<OpenCall> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(open.values());
            open.clear();
        }
        left.forEach(call -> call.answered.accept(ProgramOffers.refusal("the program is gone")));
    }
}
