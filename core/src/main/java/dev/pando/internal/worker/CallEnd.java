package dev.pando.internal.worker;

import dev.pando.internal.process.wire.BadFrameException;
import dev.pando.internal.process.wire.CallMessage;
import dev.pando.internal.shared.CallStatus;
import dev.pando.internal.shared.ItemBlocks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a call of what a program offers ended.
 *
 * @param how what became of it, if it was made: {@link #RETURNED} or {@link #THREW}
 * @param items what travels; if it was not made, one text that says why, or none
 */
@SuppressWarnings("ArrayRecordComponent") // shipped, and never compared
public record CallEnd(CallStatus status, long how, List<byte[]> items) {
    static final int RETURNED = 0;
    static final int THREW = 1;

    /** The caller waits no longer. */
    public static final CallEnd UNDONE = new CallEnd(CallStatus.UNDONE, 0, List.of());

    private static final byte[] NONE = {};

    static CallEnd returned(byte[] value) {
        return new CallEnd(CallStatus.DONE, RETURNED, List.of(value));
    }

    public static CallEnd threw(byte @Nullable [] original, byte[] standIn) {
        return new CallEnd(CallStatus.DONE, THREW, List.of(original == null ? NONE : original, standIn));
    }

    /** There is no such thing, or not for such an argument. */
    static CallEnd notOffered(String why) {
        return new CallEnd(CallStatus.CLOSED, 0, List.of(why.getBytes(StandardCharsets.UTF_8)));
    }

    public static CallEnd refused(String why) {
        return new CallEnd(CallStatus.REFUSED, 0, List.of(why.getBytes(StandardCharsets.UTF_8)));
    }

    static CallEnd of(CallMessage.Reply reply) {
        CallStatus status = CallStatus.of(reply.status());
        return new CallEnd(status == null ? CallStatus.UNDONE : status, reply.amount(), ParentRequests.items(reply));
    }

    /** Returns why it was not made, or an empty text. */
    public String why() {
        return status == CallStatus.DONE || items.isEmpty() ? "" : new String(items.getFirst(), StandardCharsets.UTF_8);
    }

    /** Returns it as it travels to a worker on another machine. */
    public byte[] bytes() {
        List<byte[]> all = new ArrayList<>(items.size() + 1);
        all.add(new byte[] {(byte) status.number(), (byte) how});
        all.addAll(items);
        return ItemBlocks.write(all);
    }

    /** Returns what these bytes are. They are of the program, which its workers trust. */
    public static CallEnd of(byte[] bytes) {
        try {
            List<byte[]> all = ItemBlocks.read(bytes);
            byte[] first = all.getFirst();
            CallStatus status = CallStatus.of(first[0]);
            return new CallEnd(status == null ? CallStatus.UNDONE : status, first[1], all.subList(1, all.size()));
        } catch (BadFrameException e) {
            throw new IllegalStateException("a broken reply", e);
        }
    }
}
