package dev.pando.cluster.internal.wire;

import dev.pando.spi.Failure;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes to letters. The other side is not trusted to write them well: no length is believed before it is there. */
public final class LetterReader {
    /** The place in here is the byte that stands for it. */
    static final List<Failure.Progress> PROGRESS = List.of(Failure.Progress.values());

    /**
     * What a task may say of its progress, and the longest name of a call: {@code Worker} lets no more pass. Names in
     * a stack are cut to it.
     */
    static final int MOST_TEXT = 1000;

    /** Of a stack: as many as a JVM tells, if it is not told otherwise. */
    static final int MOST_FRAMES = 1024;

    private final ByteBuffer in;

    private LetterReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    /**
     * Returns the letter of these bytes.
     *
     * @throws BadLetterException they are none
     */
    public static NodeMessage.Letter read(byte[] bytes) throws BadLetterException {
        LetterReader reader = new LetterReader(bytes);
        try {
            int tag = reader.in.get();
            if (tag < 0 || tag >= LetterTag.ALL.size()) {
                throw new BadLetterException("a letter begins with " + tag);
            }
            long session = reader.in.getLong();
            NodeMessage message = reader.message(LetterTag.ALL.get(tag));
            if (reader.in.hasRemaining()) {
                throw new BadLetterException("a letter of the kind " + LetterTag.ALL.get(tag) + " is "
                        + reader.in.remaining() + " bytes too long");
            }
            return new NodeMessage.Letter(session, message);
        } catch (BufferUnderflowException | InvalidPathException e) {
            throw new BadLetterException("a letter of " + bytes.length + " bytes ends too early");
        }
    }

    private NodeMessage message(LetterTag tag) throws BadLetterException {
        return switch (tag) {
            case HELLO -> new NodeMessage.Hello(in.getInt(), text(), in.getInt(), text(), in.get() != 0);
            case RUN -> new NodeMessage.Run(in.getInt(), text(), text(), in.getInt(), block());
            case STOP -> new NodeMessage.Stop(in.getInt());
            case CODE -> new NodeMessage.Code(in.getInt(), in.getInt(), text(), block());
            case BYE -> new NodeMessage.Bye();
            case WHO -> new NodeMessage.Who();
            case WELCOME -> new NodeMessage.Welcome(text(), in.getInt(), text());
            case REFUSED -> new NodeMessage.Refused(text(), text());
            case SLOTS -> new NodeMessage.Slots(in.getInt());
            case STUCK -> new NodeMessage.Stuck(in.getInt(), frames());
            case ANSWER ->
                new NodeMessage.Answer(
                        in.getInt(), in.getLong(), new NodeMessage.Bill(in.getLong(), in.getLong()), block());
            case LOST -> new NodeMessage.Lost(in.getInt(), loss());
            case RETURNED -> new NodeMessage.Returned(in.getInt());
            case WANTED -> new NodeMessage.Wanted(in.getInt(), in.getInt(), text());
            case STATUS ->
                new NodeMessage.Status(
                        text(),
                        text(),
                        in.getInt(),
                        in.getInt(),
                        in.getInt(),
                        in.getInt(),
                        text(),
                        in.getInt(),
                        in.getLong());
            case PROGRESS -> progress();
            case CALL -> call();
            case WITHDRAW -> new NodeMessage.Withdraw(in.getInt());
            case REPLY -> new NodeMessage.Reply(in.getInt(), block());
            case RECALL -> new NodeMessage.Recall(in.getInt());
            case RECALLED -> new NodeMessage.Recalled(runs());
            case LOCATE -> new NodeMessage.Locate(in.getInt());
            case LOCATED -> new NodeMessage.Located(in.getInt(), frames());
        };
    }

    private List<Integer> runs() throws BadLetterException {
        int count = count();
        List<Integer> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runs.add(in.getInt());
        }
        return runs;
    }

    private NodeMessage.Progress progress() throws BadLetterException {
        NodeMessage.Progress read = new NodeMessage.Progress(in.getInt(), in.getDouble(), text());
        if (!(read.fraction() >= 0 && read.fraction() <= 1) || read.text().length() > MOST_TEXT) {
            throw new BadLetterException("a letter tells of a progress of " + read.fraction() + ", in "
                    + read.text().length() + " letters");
        }
        return read;
    }

    private NodeMessage.Call call() throws BadLetterException {
        NodeMessage.Call read = new NodeMessage.Call(in.getInt(), in.getInt(), text(), block());
        if (read.name().length() > MOST_TEXT) {
            throw new BadLetterException(
                    "a letter calls by a name of " + read.name().length() + " letters");
        }
        return read;
    }

    private Failure.Lost loss() throws BadLetterException {
        int progress = in.get();
        if (progress < 0 || progress >= PROGRESS.size()) {
            throw new BadLetterException("a letter tells of a loss with the progress " + progress);
        }
        int step = in.getInt();
        String reason = text();
        Long exitCode = number();
        String signal = optional();
        List<String> lastOutput = texts();
        String crashLog = optional();
        List<String> crashFrames = texts();
        Long resident = number();
        Long tasks = number();
        return new Failure.Lost(
                PROGRESS.get(progress),
                new Failure.Death(
                        reason,
                        exitCode == null ? null : exitCode.intValue(),
                        signal,
                        lastOutput,
                        crashLog == null ? null : Path.of(crashLog),
                        crashFrames,
                        resident,
                        tasks == null ? null : tasks.intValue(),
                        in.getLong()),
                step);
    }

    private List<StackTraceElement> frames() throws BadLetterException {
        int count = count();
        if (count > MOST_FRAMES) {
            throw new BadLetterException("a letter tells of a stack of " + count + " frames");
        }
        List<StackTraceElement> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String module = optionalName();
            frames.add(new StackTraceElement(null, module, null, name(), name(), optionalName(), in.getInt()));
        }
        return frames;
    }

    private String name() throws BadLetterException {
        String name = text();
        if (name.length() > MOST_TEXT) {
            throw new BadLetterException("a letter tells of a stack with a name of " + name.length() + " letters");
        }
        return name;
    }

    private @Nullable String optionalName() throws BadLetterException {
        return in.get() == 0 ? null : name();
    }

    private List<String> texts() throws BadLetterException {
        int count = count();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    /** Returns a number of things, each of which takes a byte at least. */
    private int count() throws BadLetterException {
        int count = in.getInt();
        if (count < 0 || count > in.remaining()) {
            throw new BadLetterException("a letter claims " + count + " parts in " + in.remaining() + " bytes");
        }
        return count;
    }

    private @Nullable String optional() throws BadLetterException {
        return in.get() == 0 ? null : text();
    }

    private @Nullable Long number() {
        return in.get() == 0 ? null : in.getLong();
    }

    private String text() throws BadLetterException {
        return new String(block(), StandardCharsets.UTF_8);
    }

    private byte[] block() throws BadLetterException {
        byte[] block = new byte[count()];
        in.get(block);
        return block;
    }
}
