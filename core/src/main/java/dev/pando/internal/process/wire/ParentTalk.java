package dev.pando.internal.process.wire;

import dev.pando.spi.UnsendableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
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

    private volatile @Nullable Runnable whenRunEnds;

    /** Receives replies, on the thread that reads. */
    public interface ReplyHandler {
        void received(CallMessage.Reply reply);

        /** Returns whether a reply is to come. */
        boolean awaitsReply();
    }

    /** Hands a reply on. Called by the thread that reads. */
    public final void received(CallMessage.Reply reply) {
        ReplyHandler handler = replyHandler;
        if (handler != null) {
            handler.received(reply);
        }
    }

    /** Returns whether a reply is to come, for which the parent's messages are to be read without a rest. */
    public final boolean awaitsReply() {
        ReplyHandler handler = replyHandler;
        return handler != null && handler.awaitsReply();
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

    /**
     * As {@link #hurry}, for a question that the parent answers at once, whatever it is at: the caller may read the
     * answer itself. Returns when it has arrived, or before that, and then another thread reads.
     */
    public abstract void awaitSoon(BooleanSupplier arrived);

    /** Returns the task that is run, 0 or less if none is. */
    public abstract int run();

    /** Returns whether that task was told to stop. */
    public abstract boolean isStopping();

    /** Returns the name of this worker. */
    public abstract String worker();

    /** Returns how many bytes an item may take. */
    public abstract int largest();

    /**
     * Returns the bytes of an item.
     *
     * @throws UnsendableException the item cannot travel
     */
    public abstract byte[] pack(@Nullable Object item) throws UnsendableException;

    /**
     * Returns the item of these bytes.
     *
     * @throws UnsendableException it cannot be unpacked here
     */
    public abstract @Nullable Object unpack(byte[] bytes) throws UnsendableException;

    /**
     * Maps memory that the parent shows with a reply. Called by the thread that reads.
     *
     * @throws IOException it cannot be mapped here
     */
    public abstract ByteBuffer shown(MemoryMessage.Grant grant) throws IOException;

    /** Returns the exception of these bytes: its own if they can be unpacked here, or else its stand-in. */
    public abstract Throwable unpackThrowable(byte[] original, byte[] standIn);

    /** What a task has left to say is said before its answer. Written once, by the first task that says something. */
    public final void whenRunEnds(Runnable last) {
        whenRunEnds = last;
    }

    /** The task has returned or thrown, and is answered next. */
    public final void runEnds() {
        Runnable last = whenRunEnds;
        if (last != null) {
            last.run();
        }
    }

    public final @Nullable ReplyHandler replyHandler() {
        return replyHandler;
    }

    public final void handleReplies(ReplyHandler handler) {
        replyHandler = handler;
    }
}
