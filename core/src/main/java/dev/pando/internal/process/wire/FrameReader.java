package dev.pando.internal.process.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to messages, for one thread. Believes nothing: every length is checked against what is left of the frame before
 * anything is made of it, and memory is taken as the bytes arrive, not as they are announced.
 */
public final class FrameReader {
    /**
     * The most bytes of one frame: half of what an array can hold, so that no sum of lengths runs over. Lower in tests.
     */
    public static final int LARGEST_FRAME = 1 << 30;

    /** At most this many bytes are allocated at once, because the announced length is only the sender's word. */
    private static final int TRUSTED = 1 << 20;

    /** Bytes that are read ahead from a worker or its parent: what a pipe of Linux holds. */
    public static final int PIPE = 1 << 16;

    /** The same where the bytes are there already. */
    private static final int FEW = 1024;

    private final InputStream in;
    private final int most;

    /** Not a {@code BufferedInputStream}, which takes a lock for each field. */
    private final byte[] ahead;

    private int at;
    private int end;

    /** What of the current frame has not been read. */
    private int left;

    public FrameReader(InputStream in) {
        this(in, LARGEST_FRAME);
    }

    /** @param most the most bytes of one frame */
    public FrameReader(InputStream in, int most) {
        this(in, most, FEW);
    }

    /** @param ahead how many bytes to read ahead */
    public FrameReader(InputStream in, int most, int ahead) {
        this.in = in;
        this.most = most;
        this.ahead = new byte[ahead];
    }

    /** The next message to a worker; {@code null} when the parent has closed the channel. */
    public Message.@Nullable ToWorker toWorker() throws IOException {
        Message message = next();
        if (message == null || message instanceof Message.ToWorker) {
            return (Message.ToWorker) message;
        }
        throw new BadFrameException(
                "a message that goes the other way: " + message.getClass().getSimpleName());
    }

    /** The next message to the parent; {@code null} when the worker has closed the channel. */
    public Message.@Nullable ToParent toParent() throws IOException {
        Message message = next();
        if (message == null || message instanceof Message.ToParent) {
            return (Message.ToParent) message;
        }
        throw new BadFrameException(
                "a message that goes the other way: " + message.getClass().getSimpleName());
    }

    private @Nullable Message next() throws IOException {
        if (at == end && !fill()) {
            return null;
        }
        try {
            int length = octet() << 24 | octet() << 16 | octet() << 8 | octet();
            if (length < 1 || length > most) {
                throw new BadFrameException("a frame of " + Integer.toUnsignedString(length) + " bytes, where 1 to "
                        + most + " are allowed");
            }
            left = length;
            int tag = number(1);
            if (length > most(tag)) {
                throw new BadFrameException(
                        "a frame of " + length + " bytes, where " + (char) tag + " has at most " + most(tag));
            }
            Message message = message(tag);
            if (left != 0) {
                throw new BadFrameException(
                        left + " bytes too many after " + message.getClass().getSimpleName());
            }
            return message;
        } catch (EOFException e) {
            throw new BadFrameException("half a frame, and then the end");
        }
    }

    /** Returns how long this message may be; one of fixed length has too many bytes if it is longer. */
    private int most(int tag) {
        return switch (tag) {
            case 'Q' -> MessageLimits.QUESTION_BYTES;
            case 'K' -> MessageLimits.STACK_BYTES;
            case 'd' -> MessageLimits.TOLD_BYTES;
            default -> most;
        };
    }

    /**
     * Each message reads itself: made by {@code new} here, all of them would be loaded to verify this, where a worker
     * starts.
     */
    private Message message(int tag) throws IOException {
        return switch (tag) {
            case 'H' -> Message.Hello.read(this);
            case 'W' -> Message.Run.read(this);
            case 'Y' -> Message.Several.read(this);
            case 'S' -> Message.Stop.read(this);
            case 's' -> Message.Locate.read(this);
            case 'C' -> Message.Code.read(this);
            case 'G' -> MemoryMessage.Grant.read(this);
            case 'F' -> MemoryMessage.Forget.read(this);
            case 'A' -> MemoryMessage.Ask.read(this);
            case 'D' -> MemoryMessage.Dropped.read(this);
            case 'I' -> Message.Meet.read(this);
            case 'L' -> Message.Leave.read();
            case 'R' -> Message.Ready.read();
            case 'U' -> Message.Unfit.read(this);
            case 'B' -> Message.Began.read(this);
            case 'E' -> Message.Ended.read(this);
            case 'M' -> Message.Spent.read(this);
            case 'V' -> Message.Value.read(this);
            case 'T' -> Message.Thrown.read(this);
            case 'N' -> Message.NotSendable.read(this);
            case 'K' -> Message.Seen.read(this);
            case 'Q' -> Message.Wanted.read(this);
            case 'X' -> Message.Leaving.read(this);
            case 'J' -> CallMessage.Reply.read(this);
            case 'O' -> CallMessage.Request.read(this);
            case 'Z' -> CallMessage.Withdraw.read(this);
            case 'r' -> RecordMessage.Begin.read(this);
            case 'w' -> RecordMessage.Write.read(this);
            case 'e' -> RecordMessage.Finish.read(this);
            case 't' -> RecordMessage.Title.read(this);
            case 'd' -> RecordMessage.Told.read(this);
            default -> throw new BadFrameException("no message has the tag " + tag);
        };
    }

    int number(int bytes) throws IOException {
        return (int) fixed(bytes);
    }

    long large() throws IOException {
        return fixed(8);
    }

    private long fixed(int bytes) throws IOException {
        take(bytes);
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | octet();
        }
        return number;
    }

    private int octet() throws IOException {
        if (at == end && !fill()) {
            throw new EOFException();
        }
        return ahead[at++] & 0xff;
    }

    /** Reads ahead. Returns false at the end. */
    private boolean fill() throws IOException {
        int read = in.read(ahead, 0, ahead.length);
        at = 0;
        end = Math.max(0, read);
        return read > 0;
    }

    int left() {
        return left;
    }

    byte[] block() throws IOException {
        return bytes(number(4));
    }

    byte[] rest() throws IOException {
        return bytes(left);
    }

    private byte[] bytes(int length) throws IOException {
        take(length);
        byte[] bytes = new byte[Math.min(length, TRUSTED)];
        int there = 0;
        while (there < length) {
            // so that a lie costs little
            if (there == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, 4L * there));
            }
            int read = read(bytes, there);
            if (read < 0) {
                throw new EOFException();
            }
            there += read;
        }
        return bytes;
    }

    /** Reads what is read ahead; else so much as fills the array, without a way round if that is much. */
    private int read(byte[] bytes, int from) throws IOException {
        int room = bytes.length - from;
        if (at == end && (room >= ahead.length || !fill())) {
            return in.read(bytes, from, room);
        }
        int count = Math.min(room, end - at);
        System.arraycopy(ahead, at, bytes, from, count);
        at += count;
        return count;
    }

    private void take(int bytes) throws BadFrameException {
        if (bytes < 0 || bytes > left) {
            throw new BadFrameException("a field of " + bytes + " bytes, where " + left + " are left");
        }
        left -= bytes;
    }

    String text() throws IOException {
        return new String(block(), StandardCharsets.UTF_8);
    }

    private @Nullable String maybe() throws IOException {
        String text = text();
        return text.startsWith("\0") ? null : text;
    }

    StackTraceElement[] frames() throws IOException {
        int count = number(4);
        if (count < 0 || count > left / 28 || count > MessageLimits.STACK_FRAMES) {
            throw new BadFrameException(count + " stack frames in " + left + " bytes");
        }
        List<StackTraceElement> frames = new ArrayList<>(); // not of that size: so far it is only announced
        for (int i = 0; i < count; i++) {
            frames.add(new StackTraceElement(maybe(), maybe(), maybe(), text(), text(), maybe(), number(4)));
        }
        return frames.toArray(StackTraceElement[]::new);
    }
}
