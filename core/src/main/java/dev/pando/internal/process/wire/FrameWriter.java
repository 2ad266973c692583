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

    /** For something that no frame can hold. */
    public static UnsendableException tooLarge(Direction direction, int size) {
        return new UnsendableException(
                direction,
                "(its size)",
                "cannot be sent: it takes " + (size >> 20) + " MiB, and at most " + (LARGEST >> 20)
                        + " MiB travel at once. Send the name of a file, or several smaller pieces.",
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

    FrameWriter frames(StackTraceElement[] frames) {
        number(frames.length);
        for (StackTraceElement frame : frames) {
            frame(frame);
        }
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

        byte[] frame() {
            int length = count - 4;
            buf[0] = (byte) (length >>> 24);
            buf[1] = (byte) (length >>> 16);
            buf[2] = (byte) (length >>> 8);
            buf[3] = (byte) length;
            return count == buf.length ? buf : Arrays.copyOf(buf, count);
        }
    }
}
