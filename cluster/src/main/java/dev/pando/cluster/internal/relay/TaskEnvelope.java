package dev.pando.cluster.internal.relay;

import dev.pando.shipping.ShippedThrowable;
import dev.pando.shipping.ShippingCodec;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What came of a task, as its worker packed it: the node passes it on unopened, so that no class of a program's is ever
 * needed there.
 */
public sealed interface TaskEnvelope {
    /** The bytes of a value. */
    @SuppressWarnings("ArrayRecordComponent") // shipped, and never compared
    record Value(byte[] bytes) implements TaskEnvelope {}

    /** What the task threw. */
    record Thrown(ShippedThrowable thrown) implements TaskEnvelope {}

    /** What could not travel. */
    record Unsendable(Direction direction, String path, String message, ShippedThrowable cause)
            implements TaskEnvelope {}

    private static byte[] pack(int kind, byte[]... parts) {
        int size = 1;
        for (byte[] part : parts) {
            size += Integer.BYTES + part.length;
        }
        ByteBuffer envelope = ByteBuffer.allocate(size).put((byte) kind);
        for (byte[] part : parts) {
            envelope.putInt(part.length).put(part);
        }
        return envelope.array();
    }

    static byte[] value(byte[] bytes) {
        return pack('V', bytes);
    }

    static byte[] thrown(ShippedThrowable thrown) {
        byte[] original = thrown.original();
        return pack('T', original == null ? new byte[0] : original, thrown.standIn());
    }

    static byte[] unsendable(UnsendableException reason, ShippingCodec codec) {
        Throwable cause = reason.getCause() == null ? reason : reason.getCause();
        return pack(
                reason.direction() == Direction.ARGUMENT ? 'A' : 'R',
                reason.path().getBytes(StandardCharsets.UTF_8),
                String.valueOf(reason.getMessage()).getBytes(StandardCharsets.UTF_8),
                codec.encodeThrowable(cause).standIn());
    }

    /** Returns what is in an envelope; null if it is none, because a node or its worker was taken over. */
    static @Nullable TaskEnvelope open(byte[] envelope) {
        try {
            ByteBuffer in = ByteBuffer.wrap(envelope);
            int kind = in.get();
            return switch (kind) {
                case 'V' -> new Value(part(in));
                case 'T' -> new Thrown(new ShippedThrowable(part(in), part(in)));
                case 'A', 'R' ->
                    new Unsendable(
                            kind == 'A' ? Direction.ARGUMENT : Direction.RESULT,
                            new String(part(in), StandardCharsets.UTF_8),
                            new String(part(in), StandardCharsets.UTF_8),
                            new ShippedThrowable(null, part(in)));
                default -> null;
            };
        } catch (BufferUnderflowException shorter) {
            return null;
        }
    }

    private static byte[] part(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }
}
