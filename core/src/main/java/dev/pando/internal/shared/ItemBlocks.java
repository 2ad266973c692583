package dev.pando.internal.shared;

import dev.pando.internal.process.wire.BadFrameException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Several packed items as one field of a message: each with its length before it. */
public final class ItemBlocks {
    private ItemBlocks() {}

    /** Returns the field. */
    public static byte[] write(List<byte[]> items) {
        int size = 0;
        for (byte[] item : items) {
            size = Math.addExact(size, Math.addExact(Integer.BYTES, item.length));
        }
        ByteBuffer field = ByteBuffer.allocate(size);
        for (byte[] item : items) {
            field.putInt(item.length).put(item);
        }
        return field.array();
    }

    /**
     * Returns the items of this field.
     *
     * @throws BadFrameException it is no such field
     */
    public static List<byte[]> read(byte[] field) throws BadFrameException {
        List<byte[]> items = new ArrayList<>(1);
        int at = 0;
        while (at < field.length) {
            if (field.length - at < Integer.BYTES) {
                throw new BadFrameException("half a length in front of an item");
            }
            int length = ByteBuffer.wrap(field, at, Integer.BYTES).getInt();
            at += Integer.BYTES;
            if (length < 0 || length > field.length - at) {
                throw new BadFrameException(
                        "an item of " + length + " bytes, where " + (field.length - at) + " are left");
            }
            items.add(Arrays.copyOfRange(field, at, at + length));
            at += length;
        }
        return items;
    }
}
