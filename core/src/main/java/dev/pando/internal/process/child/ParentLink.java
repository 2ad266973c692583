package dev.pando.internal.process.child;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.message.EncodedThrowable;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.MemoryMessage;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.ParentTalk;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** How the code of this worker speaks to the parent: its memory, and the handles of shared constructs. */
final class ParentLink extends ParentTalk {
    private final ReplyWriter replies;
    private final CommandInbox inbox;

    /** What an item may take, packed. Set before any run. */
    int largest = FrameWriter.LARGEST;

    /** Packs items, without shared memory: an item may stay with the parent for longer than any task. */
    private @Nullable Codec codec;

    private String worker = "";

    ParentLink(ReplyWriter replies, CommandInbox inbox) {
        this.replies = replies;
        this.inbox = inbox;
    }

    /** This program is the worker whose items this codec packs. Called before any run. */
    void becomeWorker(Codec items, String name, int most) {
        codec = items;
        worker = name;
        largest = most;
        becomesOfThisProgram();
    }

    @Override
    public void say(Message.ToParent message) {
        replies.send(message);
    }

    @Override
    public void hurry() {
        inbox.hurry();
    }

    @Override
    public void awaitSoon(BooleanSupplier arrived) {
        inbox.readUntil(arrived);
    }

    @Override
    public int run() {
        return inbox.running();
    }

    @Override
    public boolean isStopping() {
        return inbox.isStopping();
    }

    @Override
    public String worker() {
        return worker;
    }

    @Override
    public int largest() {
        return largest;
    }

    @Override
    public byte[] pack(@Nullable Object item) throws UnsendableException {
        byte[] bytes = Objects.requireNonNull(codec).encode(item, Direction.RESULT);
        if (bytes.length > largest) {
            throw FrameWriter.tooLarge(Direction.RESULT, bytes.length, largest);
        }
        return bytes;
    }

    @Override
    public @Nullable Object unpack(byte[] bytes) throws UnsendableException {
        return Objects.requireNonNull(codec).decode(bytes, Direction.ARGUMENT);
    }

    @Override
    public ByteBuffer shown(MemoryMessage.Grant grant) throws IOException {
        return Objects.requireNonNull(inbox.source.memory).shown(grant);
    }

    @Override
    public Throwable unpackThrowable(byte[] original, byte[] standIn) {
        return Objects.requireNonNull(codec).decodeThrowable(new EncodedThrowable(original, standIn), null);
    }
}
