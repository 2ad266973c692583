package dev.pando.internal.shared;

import dev.pando.NotSendableException;
import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.policy.ResultPolicy;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.util.Objects;

/**
 * Packs the items that this program puts in, and unpacks those that it takes out: what a worker put in under the policy
 * of the task that did it, as its result would be.
 *
 * @param codec without shared memory, because an item stays for longer than any task
 */
public record CodecItems(Codec codec) implements ItemPacking {

    @Override
    public Object pack(Object item) {
        try {
            byte[] bytes = codec.encode(item, Direction.ARGUMENT);
            if (bytes.length > FrameWriter.LARGEST) {
                throw FrameWriter.tooLarge(Direction.ARGUMENT, bytes.length, FrameWriter.LARGEST);
            }
            return new PackedItem(bytes, null);
        } catch (UnsendableException e) {
            throw new NotSendableException("an item for a shared construct " + e.getMessage(), e);
        }
    }

    @Override
    public Object unpack(Object kept) {
        PackedItem packed = (PackedItem) kept;
        byte[] bytes = packed.bytes();
        try {
            return Objects.requireNonNull(
                    packed.policy() instanceof ResultPolicy policy
                            ? codec.decode(bytes, 0, bytes.length, Direction.RESULT, policy)
                            : codec.decode(bytes, Direction.ARGUMENT));
        } catch (UnsendableException e) {
            throw new NotSendableException("an item of a shared construct " + e.getMessage(), e);
        }
    }
}
