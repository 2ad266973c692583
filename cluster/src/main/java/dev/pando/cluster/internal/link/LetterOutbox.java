package dev.pando.cluster.internal.link;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.cluster.internal.fabric.FabricException;
import dev.pando.cluster.internal.fabric.FabricMember;
import dev.pando.cluster.internal.fabric.NodeFabric;
import dev.pando.cluster.internal.wire.LetterBundle;
import dev.pando.cluster.internal.wire.LetterWriter;
import dev.pando.cluster.internal.wire.NodeMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * What is on its way to one member. The fabric may block a sender while a member does not read. So any thread may put
 * a letter here, and one thread at a time takes what lies here to the fabric: several letters in one message if they
 * are small. What is here is bounded by the windows of the placement, by how often a task may tell its progress until a
 * member that does not read counts as gone, and by how much a node may ask that reads no replies.
 */
public final class LetterOutbox {
    /** Letters go together up to so many bytes: about what a connection carries in one piece. */
    private static final int BUNDLE = 1 << 16;

    /** What a connection takes without a reader, if the buffers of the systems are as small as they can be. */
    private static final int UNHEARD = 1 << 15;

    private final NodeFabric fabric;
    private final FabricMember to;
    private final long session;
    private final Executor senders;

    @GuardedBy("letters")
    private final Queue<Waiting> letters = new ArrayDeque<>();

    @GuardedBy("letters")
    private boolean sending;

    @GuardedBy("letters")
    private boolean closed;

    /** Bytes sent since the member was last heard of. */
    @GuardedBy("letters")
    private long unheard;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Waiting(byte[] letter, Runnable whenSent) {}

    public LetterOutbox(NodeFabric fabric, FabricMember to, long session, Executor senders) {
        this.fabric = fabric;
        this.to = to;
        this.session = session;
        this.senders = senders;
    }

    /**
     * Sends a letter after those that were sent before. Does not wait: the calling thread takes a letter to the fabric
     * itself only as long as the member cannot have stopped to read, which saves waking another.
     */
    public void send(NodeMessage message) {
        send(message, () -> {});
    }

    /** As {@link #send(NodeMessage)}, and calls this when the fabric has the letter: any thread, or never. */
    public void send(NodeMessage message, Runnable whenSent) {
        byte[] letter = LetterWriter.bytes(session, message);
        boolean here;
        synchronized (letters) {
            if (closed) {
                return;
            }
            letters.add(new Waiting(letter, whenSent));
            if (sending) {
                return;
            }
            sending = true;
            here = unheard + letter.length <= UNHEARD;
        }
        if (here && !sendSome()) {
            return;
        }
        try {
            senders.execute(this::drain);
        } catch (RejectedExecutionException late) { // this side is leaving
            close();
        }
    }

    /** The member said something, so it reads. */
    public void heard() {
        synchronized (letters) {
            unheard = 0;
        }
    }

    /** Drops what was not sent: the member is gone, or this side leaves. */
    public void close() {
        synchronized (letters) {
            closed = true;
            letters.clear();
        }
    }

    private void drain() {
        while (sendSome()) {
            // the rest
        }
    }

    /** Sends as much as goes into one message. Returns whether there is more, which the calling thread has to send. */
    private boolean sendSome() {
        List<Waiting> some = next();
        try {
            if (!some.isEmpty()) {
                fabric.send(
                        to, LetterBundle.pack(some.stream().map(Waiting::letter).toList()));
                some.forEach(each -> each.whenSent.run());
            }
        } catch (FabricException | RuntimeException e) { // the channel closed meanwhile: the member is told anyway
            close();
        }
        synchronized (letters) {
            sending = !letters.isEmpty();
            return sending;
        }
    }

    private List<Waiting> next() {
        List<Waiting> some = new ArrayList<>();
        int bytes = 0;
        synchronized (letters) {
            while (!letters.isEmpty() && (some.isEmpty() || bytes + letters.peek().letter.length <= BUNDLE)) {
                Waiting first = letters.remove();
                bytes += first.letter.length;
                some.add(first);
            }
            unheard += bytes;
        }
        return some;
    }
}
