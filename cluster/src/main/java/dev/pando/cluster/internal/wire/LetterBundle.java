package dev.pando.cluster.internal.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Several letters in one message of the fabric, so that small ones share its cost. */
public final class LetterBundle {

    private LetterBundle() {}

    /** Returns one message of these letters, in this order. */
    public static byte[] pack(List<byte[]> letters) {
        int size = 0;
        for (byte[] letter : letters) {
            size += Integer.BYTES + letter.length;
        }
        ByteBuffer bundle = ByteBuffer.allocate(size);
        for (byte[] letter : letters) {
            bundle.putInt(letter.length).put(letter);
        }
        return bundle.array();
    }

    /**
     * Returns the letters of this message.
     *
     * @throws BadLetterException it is no bundle
     */
    public static List<byte[]> unpack(byte[] message) throws BadLetterException {
        ByteBuffer bundle = ByteBuffer.wrap(message);
        List<byte[]> letters = new ArrayList<>();
        while (bundle.hasRemaining()) {
            int length = bundle.remaining() < Integer.BYTES ? -1 : bundle.getInt();
            if (length < 0 || length > bundle.remaining()) {
                throw new BadLetterException("a bundle of " + message.length + " bytes ends too early");
            }
            byte[] letter = new byte[length];
            bundle.get(letter);
            letters.add(letter);
        }
        return letters;
    }
}
