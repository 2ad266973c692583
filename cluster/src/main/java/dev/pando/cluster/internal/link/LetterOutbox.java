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
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to one member. The fabric may block a sender while a member does not read. So any thread may put
 * a letter here, and one thread at a time takes what lies here to the fabric: several letters in one message if they
 * are small, whatever came while the last message was on its way. What is here is bounded by the windows of the
 * placement, by how often a task may tell its progress until a member that does not read counts as gone, and by how
 * much a node may ask that reads no replies.
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
    private record Waiting(byte[] letter, @Nullable Runnable whenSent) {}

    public LetterOutbox(NodeFabric fabric, FabricMember to, long session, Executor senders) {
        this.fabric = fabric;
        this.to = to;
        this.session = session;
        this.senders = senders;
    }

    /**
     * Sends a letter after those that were sent before. Does not wait: the calling thread takes letters to the fabric
     * itself, its own and those of others, only as long as the member cannot have stopped to read, which saves waking
     * another thread.
     */
    public void send(NodeMessage message) {
        send(message, null);
    }

    /** As {@link #send(NodeMessage)}, and calls this when the fabric has the letter: any thread, or never. */
    public void send(NodeMessage message, @Nullable Runnable whenSent) {
        add(message, whenSent);
        flush();
    }

    /** Puts a letter here that goes with the next one, or with {@link #flush}, which must follow. */
    public void add(NodeMessage message) {
        add(message, null);
    }

    private void add(NodeMessage message, @Nullable Runnable whenSent) {
        byte[] letter = LetterWriter.bytes(session, message);
        synchronized (letters) {
            if (!closed) {
                letters.add(new Waiting(letter, whenSent));
            }
        }
    }

    /** Sends what is here, unless another thread is at it. Does not wait, as {@link #send(NodeMessage)}. */
    public void flush() {
        int most;
        synchronized (letters) {
            if (sending || letters.isEmpty()) {
                return;
            }
            sending = true;
            most = mostHere();
        }
        while (most > 0) {
            if (!sendSome(most)) {
                return;
            }
            synchronized (letters) {
                most = mostHere();
            }
        }
        try {
            senders.execute(this::drain);
        } catch (RejectedExecutionException late) { // this side is leaving
            close();
        }
    }

    /** Returns how many bytes the member takes even if it has stopped to read; 0 if the first letter is larger. */
    @GuardedBy("letters")
    private int mostHere() {
        Waiting first = letters.peek();
        long most = UNHEARD - unheard;
        return first == null || first.letter.length > most ? 0 : (int) most;
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
        while (sendSome(BUNDLE)) {
            // the rest
        }
    }

    /** Sends as much as goes into one message. Returns whether there is more, which the calling thread has to send. */
    private boolean sendSome(int most) {
        List<Waiting> some = next(most);
        try {
            if (!some.isEmpty()) {
                List<byte[]> bundle = new ArrayList<>(some.size());
                for (Waiting each : some) {
                    bundle.add(each.letter);
                }
                fabric.send(to, LetterBundle.pack(bundle));
                for (Waiting each : some) {
                    if (each.whenSent != null) {
                        each.whenSent.run();
                    }
                }
            }
        } catch (FabricException | RuntimeException e) { // the channel closed meanwhile: the member is told anyway
            close();
        }
        synchronized (letters) {
            sending = !letters.isEmpty();
            return sending;
        }
    }

    /** Takes the first letter, and of those behind it as many as go with it. */
    private List<Waiting> next(int most) {
        List<Waiting> some = new ArrayList<>();
        int bytes = 0;
        synchronized (letters) {
            while (!letters.isEmpty() && (some.isEmpty() || bytes + letters.peek().letter.length <= most)) {
                Waiting first = letters.remove();
                bytes += first.letter.length;
                some.add(first);
            }
            unheard += bytes;
        }
        return some;
    }
}
