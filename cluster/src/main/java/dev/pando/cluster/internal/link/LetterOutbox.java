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
 * What is on its way to one member. The fabric may block a sender while a member does not read, so any thread may put a
 * letter here, and one thread at a time takes what lies here to the fabric: several letters in one message if they are
 * small. What is here is bounded by the windows of the placement.
 */
public final class LetterOutbox {
    /** Letters go together up to so many bytes: about what a connection carries in one piece. */
    private static final int BUNDLE = 1 << 16;

    private final NodeFabric fabric;
    private final FabricMember to;
    private final long session;
    private final Executor senders;

    @GuardedBy("letters")
    private final Queue<byte[]> letters = new ArrayDeque<>();

    @GuardedBy("letters")
    private boolean sending;

    @GuardedBy("letters")
    private boolean closed;

    public LetterOutbox(NodeFabric fabric, FabricMember to, long session, Executor senders) {
        this.fabric = fabric;
        this.to = to;
        this.session = session;
        this.senders = senders;
    }

    /** Sends a letter after those that were sent before. Does not wait. */
    public void send(NodeMessage message) {
        byte[] letter = LetterWriter.bytes(session, message);
        synchronized (letters) {
            if (closed) {
                return;
            }
            letters.add(letter);
            if (sending) {
                return;
            }
            sending = true;
        }
        try {
            senders.execute(this::drain);
        } catch (RejectedExecutionException late) { // this side is leaving
            close();
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
        for (List<byte[]> some = next(); !some.isEmpty(); some = next()) {
            try {
                fabric.send(to, LetterBundle.pack(some));
            } catch (FabricException | RuntimeException e) { // the channel closed meanwhile: the member is told anyway
                close();
            }
        }
    }

    private List<byte[]> next() {
        List<byte[]> some = new ArrayList<>();
        int bytes = 0;
        synchronized (letters) {
            while (!letters.isEmpty() && (some.isEmpty() || bytes + letters.peek().length <= BUNDLE)) {
                byte[] letter = letters.remove();
                bytes += letter.length;
                some.add(letter);
            }
            if (some.isEmpty()) {
                sending = false;
            }
        }
        return some;
    }
}
