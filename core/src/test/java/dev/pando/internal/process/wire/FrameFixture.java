package dev.pando.internal.process.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/** Streams of frames, and the reader of either direction. */
abstract class FrameFixture {
    static List<Class<?>> kinds() {
        return RandomMessages.kinds();
    }

    /** Reads a message in this direction. */
    static Message read(FrameReader reader, boolean toWorker) throws IOException {
        return toWorker ? reader.toWorker() : reader.toParent();
    }

    static FrameReader reader(byte... bytes) {
        return new FrameReader(new ByteArrayInputStream(bytes));
    }

    static byte[] stream(List<Message> messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Message message : messages) {
            all.writeBytes(FrameWriter.frame(message));
        }
        return all.toByteArray();
    }

    /** Returns the tags of all messages, and one that is none. */
    static byte[] tags(SplittableRandom random) {
        ByteArrayOutputStream tags = new ByteArrayOutputStream();
        for (Message message : RandomMessages.oneOfEach(random)) {
            tags.write(FrameWriter.frame(message)[4]);
        }
        tags.write('?');
        return tags.toByteArray();
    }
}
