package dev.pando.internal.worker;

import dev.pando.NotSendableException;
import dev.pando.internal.process.wire.BadFrameException;
import dev.pando.internal.process.wire.CallMessage;
import dev.pando.internal.process.wire.ParentTalk;
import dev.pando.internal.shared.CallStatus;
import dev.pando.internal.shared.ItemBlocks;
import dev.pando.internal.shared.ParentCalls;
import dev.pando.internal.shared.SharedOperation;
import dev.pando.spi.UnsendableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a worker asks the pool of its parent, and what the replies say. Any thread. */
record ParentRequests(ParentTalk talk, ParentCalls calls) implements CallCodec {
    /** How a reply says how what was asked for ended, beside what {@link CallEnd} has. */
    static final int CANCELLED = 2;

    ParentRequests(ParentTalk talk) {
        this(talk, ParentCalls.through(talk));
    }

    /** Returns the run that asks. Throws if there is none any more: the parent would end a worker that asks then. */
    int run() {
        int run = talk.run();
        if (run <= 0) {
            throw new IllegalStateException("the task of this thread has ended");
        }
        return run;
    }

    CallMessage.Reply ask(SharedOperation operation, long nanos, long amount, List<byte[]> items) {
        return calls.ask(run(), operation, nanos, amount, 0, items);
    }

    byte[] packed(String what, @Nullable Object object) {
        try {
            return talk.pack(object);
        } catch (UnsendableException e) {
            throw new NotSendableException(what + " " + e.getMessage(), e);
        }
    }

    @Nullable
    Object unpacked(String what, byte[] bytes) {
        try {
            return talk.unpack(bytes);
        } catch (UnsendableException e) {
            throw new NotSendableException(what + " " + e.getMessage(), e);
        }
    }

    Throwable thrown(List<byte[]> items) {
        return unpackThrowable(items.getFirst(), items.getLast());
    }

    @Override
    public byte[] pack(@Nullable Object argument) throws UnsendableException {
        return talk.pack(argument);
    }

    @Override
    public @Nullable Object unpack(byte[] result) throws UnsendableException {
        return talk.unpack(result);
    }

    @Override
    public Throwable unpackThrowable(byte[] original, byte[] standIn) {
        return talk.unpackThrowable(original, standIn);
    }

    static List<byte[]> items(CallMessage.Reply reply) {
        try {
            return ItemBlocks.read(reply.items());
        } catch (BadFrameException e) {
            throw new IllegalStateException("a broken reply", e);
        }
    }

    /** Returns the reply, or throws why there is none. */
    static CallMessage.Reply done(CallMessage.Reply reply) {
        CallStatus status = CallStatus.of(reply.status());
        if (status == CallStatus.DONE) {
            return reply;
        }
        RuntimeException thrown = status == null ? null : status.exception(text(reply));
        throw thrown != null ? thrown : new IllegalStateException("the parent gave no answer: " + status);
    }

    static String text(CallMessage.Reply reply) {
        List<byte[]> items = items(reply);
        return items.isEmpty() ? "" : new String(items.getFirst(), StandardCharsets.UTF_8);
    }
}
