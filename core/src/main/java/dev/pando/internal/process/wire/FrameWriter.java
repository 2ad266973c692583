package dev.pando.internal.process.wire;

import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Messages to bytes. */
public final class FrameWriter {
    /** What a task or a result may take, packed: a frame holds a little more. */
    public static final int LARGEST = FrameReader.LARGEST_FRAME - 1024;

    private final Bytes out = new Bytes();

    private FrameWriter() {}

    /** The whole frame. */
    public static byte[] frame(Message message) {
        FrameWriter writer = new FrameWriter();
        message.write(writer);
        return writer.out.frame();
    }

    /** Returns whether the frame answers a question that the worker asked: about a class, or for memory. */
    public static boolean isAnswer(byte[] frame) {
        return frame[4] == 'C' || frame[4] == 'G';
    }

    /** Returns whether the frame replies to a call of a shared construct. */
    public static boolean isReply(byte[] frame) {
        return frame[4] == 'J';
    }

    /** For something that no frame can hold. */
    public static UnsendableException tooLarge(Direction direction, int size, int largest) {
        String heap = largest < LARGEST && direction == Direction.RESULT
                ? ", half of the heap of the program that waits for it (-Xmx)"
                : "";
        return new UnsendableException(
                direction,
                "(its size)",
                "cannot be sent: it takes " + (size >> 20) + " MiB, and at most " + (largest >> 20)
                        + " MiB travel at once" + heap + ". Send the name of a file, or several smaller pieces.",
                null);
    }

    FrameWriter tag(char tag) {
        out.write(tag);
        return this;
    }

    FrameWriter number(int number) {
        out.write(number >>> 24);
        out.write(number >>> 16);
        out.write(number >>> 8);
        out.write(number);
        return this;
    }

    FrameWriter large(long number) {
        return number((int) (number >>> 32)).number((int) number);
    }

    FrameWriter block(byte[] bytes) {
        return number(bytes.length).rest(bytes);
    }

    FrameWriter rest(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    FrameWriter part(byte[] bytes, int from) {
        out.write(bytes, from, bytes.length - from);
        return this;
    }

    FrameWriter text(String text) {
        return block(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An absent text is one that begins with a zero. */
    private FrameWriter maybe(@Nullable String text) {
        return text(text == null ? "\0" : text);
    }

    /** The innermost, as many as the reader takes: one frame has less than half of the bytes that it takes. */
    FrameWriter frames(StackTraceElement[] frames) {
        int at = out.size();
        number(0);
        int count = 0;
        while (count < frames.length
                && count < MessageLimits.STACK_FRAMES
                && out.size() < MessageLimits.STACK_BYTES / 2) {
            frame(frames[count++]);
        }
        out.setNumber(at, count);
        return this;
    }

    private void frame(StackTraceElement frame) {
        maybe("app".equals(frame.getClassLoaderName()) ? null : frame.getClassLoaderName())
                .maybe(frame.getModuleName())
                .maybe(frame.getModuleVersion());
        text(frame.getClassName())
                .text(frame.getMethodName())
                .maybe(frame.getFileName())
                .number(frame.getLineNumber());
    }

    /** Grows once to what a large block needs, and hands out its array without another copy where it fits. */
    private static final class Bytes extends ByteArrayOutputStream {
        Bytes() {
            super(64);
            count = 4; // the length, which is known at the end
        }

        void setNumber(int at, int number) {
            buf[at] = (byte) (number >>> 24);
            buf[at + 1] = (byte) (number >>> 16);
            buf[at + 2] = (byte) (number >>> 8);
            buf[at + 3] = (byte) number;
        }

        byte[] frame() {
            setNumber(0, count - 4);
            return count == buf.length ? buf : Arrays.copyOf(buf, count);
        }
    }
}
