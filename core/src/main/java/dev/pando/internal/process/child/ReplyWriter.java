package dev.pando.internal.process.child;

import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.Message;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The way back to the parent. Any thread may write; frames do not mix. If the parent reads no longer, this worker ends.
 */
final class ReplyWriter {
    private final OperatingSystem os;
    private final OutputStream out;

    ReplyWriter(OperatingSystem os, OutputStream out) {
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
