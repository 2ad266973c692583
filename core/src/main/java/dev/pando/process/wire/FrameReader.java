package dev.pando.process.wire;

import java.io.DataInputStream;
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
    /** Of one frame. Lower in tests. */
    public static final int MOST = 1 << 30;

    /** So much is made ready at once, on the word of whoever announces it. */
    private static final int TRUSTED = 1 << 20;

    private final DataInputStream in;
    private final int most;

    /** What of the current frame has not been read. */
    private int left;

    public FrameReader(InputStream in) {
        this(in, MOST);
    }

    FrameReader(InputStream in, int most) {
        this.in = new DataInputStream(in);
        this.most = most;
    }

    /** The next message to a worker; {@code null} when the parent has closed the channel. */
    public Message.@Nullable ToWorker toWorker() throws IOException {
        Message message = next();
        if (message == null || message instanceof Message.ToWorker) return (Message.ToWorker) message;
        throw new BadFrame("a message that goes the other way: " + message.getClass().getSimpleName());
    }

    /** The next message to the parent; {@code null} when the worker has closed the channel. */
    public Message.@Nullable ToParent toParent() throws IOException {
        Message message = next();
        if (message == null || message instanceof Message.ToParent) return (Message.ToParent) message;
        throw new BadFrame("a message that goes the other way: " + message.getClass().getSimpleName());
    }

    /** Whether nothing has arrived that was not read. */
    public boolean isQuiet() {
        try {
            return in.available() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private @Nullable Message next() throws IOException {
        int first = in.read();
        if (first < 0) return null;
        try {
            int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedByte() << 8 | in.readUnsignedByte();
            if (length < 1 || length > most) {
                throw new BadFrame("a frame of " + Integer.toUnsignedString(length) + " bytes, where 1 to " + most + " are allowed");
            }
            left = length;
            Message message = message(number(1));
            if (left != 0) throw new BadFrame(left + " bytes too many after " + message.getClass().getSimpleName());
            return message;
        } catch (EOFException e) {
            throw new BadFrame("half a frame, and then the end");
        }
    }

    private Message message(int tag) throws IOException {
        return switch (tag) {
            case 'H' -> new Message.Hello(text(), number(4) == 1, text(), rest());
            case 'W' -> new Message.Run(number(4), rest());
            case 'S' -> new Message.Stop(number(4));
            case 'C' -> new Message.Code(number(4), number(4), text(), rest());
            case 'G' -> new Message.Grant(number(4), large(), large(), large(), text(), text());
            case 'F' -> new Message.Forget(large());
            case 'A' -> new Message.Ask(number(4), large(), number(4) == 1);
            case 'D' -> new Message.Dropped(large());
            case 'L' -> new Message.Leave();
            case 'R' -> new Message.Ready();
            case 'U' -> new Message.Unfit(block(), rest());
            case 'B' -> new Message.Began(number(4));
            case 'E' -> new Message.Ended(number(4));
            case 'P' -> new Message.Skipped(number(4));
            case 'M' -> new Message.Spent(number(4), large(), large());
            case 'V' -> new Message.Value(number(4), rest());
            case 'T' -> new Message.Threw(number(4), block(), rest());
            case 'N' -> new Message.Unsendable(number(4), number(4) == 1, text(), text(), rest());
            case 'K' -> new Message.Seen(number(4), frames());
            case 'Q' -> new Message.Wanted(number(4), number(4), text());
            case 'X' -> new Message.Leaving(number(4));
            default -> throw new BadFrame("no message has the tag " + tag);
        };
    }

    private int number(int bytes) throws IOException {
        take(bytes);
        return bytes == 1 ? in.readUnsignedByte() : in.readInt();
    }

    private long large() throws IOException {
        take(8);
        return in.readLong();
    }

    private byte[] block() throws IOException {
        return bytes(number(4));
    }

    private byte[] rest() throws IOException {
        return bytes(left);
    }

    private byte[] bytes(int length) throws IOException {
        take(length);
        byte[] bytes = new byte[Math.min(length, TRUSTED)];
        int there = 0;
        while (there < length) {
            if (there == bytes.length) bytes = Arrays.copyOf(bytes, (int) Math.min(length, 4L * there)); // so that a lie costs little
            int read = in.read(bytes, there, bytes.length - there);
            if (read < 0) throw new EOFException();
            there += read;
        }
        return bytes;
    }

    private void take(int bytes) throws BadFrame {
        if (bytes < 0 || bytes > left) throw new BadFrame("a field of " + bytes + " bytes, where " + left + " are left");
        left -= bytes;
    }

    private String text() throws IOException {
        return new String(block(), StandardCharsets.UTF_8);
    }

    private @Nullable String maybe() throws IOException {
        String text = text();
        return text.startsWith("\0") ? null : text;
    }

    private StackTraceElement[] frames() throws IOException {
        int count = number(4);
        if (count < 0 || count > left / 28) throw new BadFrame(count + " stack frames in " + left + " bytes");
        List<StackTraceElement> frames = new ArrayList<>(); // not of that size: so far it is only announced
        for (int i = 0; i < count; i++) {
            frames.add(new StackTraceElement(maybe(), maybe(), maybe(), text(), text(), maybe(), number(4)));
        }
        return frames.toArray(StackTraceElement[]::new);
    }
}
