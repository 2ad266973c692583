package dev.pando.internal.process.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** What a fuzzer feeds to the reader of frames: both sides of the channel read the same bytes. */
public final class FrameFuzz {
    private static final int MOST = 1 << 20;

    private FrameFuzz() {}

    /** Throws if the bytes are neither messages nor refused, or if a message does not survive being written. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        FrameReader fromWorker = new FrameReader(new ByteArrayInputStream(bytes), MOST);
        try {
            for (Message message = fromWorker.toParent(); message != null; message = fromWorker.toParent()) {
                requireWritable(message);
            }
        } catch (BadFrameException refused) {
            require(!refused.reason().isEmpty());
        }
        FrameReader fromParent = new FrameReader(new ByteArrayInputStream(bytes), MOST);
        try {
            while (fromParent.toWorker() != null) {}
        } catch (BadFrameException refused) {
            require(!refused.reason().isEmpty());
        }
    }

    private static void requireWritable(Message message) throws IOException {
        byte[] frame = FrameWriter.frame(message);
        Message again = new FrameReader(new ByteArrayInputStream(frame), 4 * MOST).toParent();
        require(again != null && RandomMessages.fields(again).equals(RandomMessages.fields(message)));
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError();
        }
    }
}
