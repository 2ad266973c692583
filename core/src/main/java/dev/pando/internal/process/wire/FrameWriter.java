package dev.pando.internal.process.wire;

import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Messages to bytes. */
public final class FrameWriter {
    /** What a task or a result may take, packed: a frame holds a little more. */
    public static final int LARGEST = FrameReader.LARGEST_FRAME - 1024;

    /** Not a {@code ByteArrayOutputStream}: its lock for each byte was a seventh of what many small tasks cost. */
    private byte[] bytes = new byte[64];

    /** How many bytes are written; the first four are the length, which is known at the end. */
    private int count = 4;

    private FrameWriter() {}

    /** The whole frame. */
    public static byte[] frame(Message message) {
        FrameWriter writer = new FrameWriter();
        message.write(writer);
        return writer.frame();
    }

    /** Hands out the array without another copy where it fits. */
    private byte[] frame() {
        setNumber(0, count - 4);
        return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
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
        reserve(1);
        bytes[count++] = (byte) tag;
        return this;
    }

    FrameWriter number(int number) {
        reserve(4);
        setNumber(count, number);
        count += 4;
        return this;
    }

    private void setNumber(int at, int number) {
        bytes[at] = (byte) (number >>> 24);
        bytes[at + 1] = (byte) (number >>> 16);
        bytes[at + 2] = (byte) (number >>> 8);
        bytes[at + 3] = (byte) number;
    }

    /** Makes room for so many bytes more; for a large block just what that needs, and for small ones twice the room. */
    private void reserve(int more) {
        if (more > bytes.length - count) {
            bytes = Arrays.copyOf(bytes, Math.max(count + more, 2 * bytes.length));
        }
    }

    FrameWriter large(long number) {
        return number((int) (number >>> 32)).number((int) number);
    }

    FrameWriter block(byte[] block) {
        return number(block.length).rest(block);
    }

    FrameWriter rest(byte[] block) {
        return part(block, 0);
    }

    FrameWriter part(byte[] block, int from) {
        int length = block.length - from;
        reserve(length);
        System.arraycopy(block, from, bytes, count, length);
        count += length;
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
        int at = count;
        number(0);
        int written = 0;
        while (written < frames.length
                && written < MessageLimits.STACK_FRAMES
                && count < MessageLimits.STACK_BYTES / 2) {
            frame(frames[written++]);
        }
        setNumber(at, written);
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
}
