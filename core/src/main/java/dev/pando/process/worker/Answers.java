package dev.pando.process.worker;

import dev.pando.process.os.Os;
import dev.pando.process.wire.FrameWriter;
import dev.pando.process.wire.Message;
import java.io.IOException;
import java.io.OutputStream;

/** The way back to the parent. Any thread may speak; frames do not mix. If nobody listens any more, this worker ends. */
final class Answers {
    private final Os os;
    private final OutputStream out;

    Answers(Os os, OutputStream out) {
        this.os = os;
        this.out = out;
    }

    void send(Message.ToParent message) {
        byte[] frame = FrameWriter.frame(message);
        synchronized (this) {
            try {
                out.write(frame);
            } catch (IOException parentGone) {
                os.endOwnFamily();
            }
        }
    }
}
