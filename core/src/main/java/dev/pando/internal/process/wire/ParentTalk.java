package dev.pando.internal.process.wire;

import dev.pando.spi.UnsendableException;
import org.jspecify.annotations.Nullable;

/**
 * How the code of a worker speaks to its parent: what that code says goes to the parent's reader, and replies come back
 * on the thread that reads the parent's messages. Any thread.
 */
public abstract class ParentTalk {
    /** Written once, when a worker starts. */
    private static volatile @Nullable ParentTalk ofThisProgram;

    /** Written once, under the lock of this object, before anything is asked that is replied to. */
    private volatile @Nullable ReplyHandler replyHandler;

    /** Receives replies, on the thread that reads. */
    public interface ReplyHandler {
        void received(CallMessage.Reply reply);
    }

    /** Returns how this program speaks to its parent. Returns {@code null} if it is no worker. */
    public static @Nullable ParentTalk ofThisProgram() {
        return ofThisProgram;
    }

    /** This program is a worker, and speaks to its parent so. */
    protected final void becomesOfThisProgram() {
        ofThisProgram = this;
    }

    public abstract void say(Message.ToParent message);

    /** A thread waits for its answer. */
    public abstract void hurry();

    /** Returns the task that is run, 0 or less if none is. */
    public abstract int run();

    /**
     * Returns the bytes of an item.
     *
     * @throws UnsendableException the item cannot travel
     */
    public abstract byte[] pack(Object item) throws UnsendableException;

    /**
     * Returns the item of these bytes.
     *
     * @throws UnsendableException it cannot be unpacked here
     */
    public abstract Object unpack(byte[] bytes) throws UnsendableException;

    public final @Nullable ReplyHandler replyHandler() {
        return replyHandler;
    }

    public final void handleReplies(ReplyHandler handler) {
        replyHandler = handler;
    }
}
