package dev.pando.cluster.internal.wire;

import dev.pando.spi.Failure;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Letters to bytes. */
public final class LetterWriter {
    private final ByteArrayOutputStream bytes;
    private final DataOutputStream out;

    private LetterWriter(int size) {
        bytes = new ByteArrayOutputStream(size);
        out = new DataOutputStream(bytes);
    }

    /** Returns the bytes of one letter. */
    public static byte[] bytes(long session, NodeMessage message) {
        try {
            LetterWriter writer = new LetterWriter(size(message));
            writer.out.writeByte(LetterTag.of(message).code());
            writer.out.writeLong(session);
            writer.write(message);
            return writer.bytes.toByteArray();
        } catch (IOException impossible) { // a stream into memory
            throw new AssertionError(impossible);
        }
    }

    private static int size(NodeMessage message) {
        return 64
                + switch (message) {
                    case NodeMessage.Run run ->
                        run.work().length
                                + 4 * (run.task().length() + run.worker().length());
                    case NodeMessage.Answer answer -> answer.envelope().length;
                    case NodeMessage.Code code -> code.file().length;
                    case NodeMessage.Call call ->
                        call.argument().length + 4 * call.name().length();
                    case NodeMessage.Reply reply -> reply.reply().length;
                    default -> 0;
                };
    }

    private void write(NodeMessage message) throws IOException {
        switch (message) {
            case NodeMessage.Hello(int protocol, String pando, int java, String program, boolean metered) -> {
                out.writeInt(protocol);
                text(pando);
                out.writeInt(java);
                text(program);
                out.writeBoolean(metered);
            }
            case NodeMessage.Run(int run, String task, String worker, int attempt, byte[] work) -> {
                out.writeInt(run);
                text(task);
                text(worker);
                out.writeInt(attempt);
                block(work);
            }
            case NodeMessage.Stop(int run) -> out.writeInt(run);
            case NodeMessage.Recall(int most) -> out.writeInt(most);
            case NodeMessage.Locate(int run) -> out.writeInt(run);
            case NodeMessage.Recalled(List<Integer> runs) -> {
                out.writeInt(runs.size());
                for (int run : runs) {
                    out.writeInt(run);
                }
            }
            case NodeMessage.Code(int question, int definer, String digest, byte[] file) -> {
                out.writeInt(question);
                out.writeInt(definer);
                text(digest);
                block(file);
            }
            case NodeMessage.Bye() -> {}
            case NodeMessage.Who() -> {}
            case NodeMessage.Welcome(String node, int slots, String pool) -> {
                text(node);
                out.writeInt(slots);
                text(pool);
            }
            case NodeMessage.Refused(String node, String reason) -> {
                text(node);
                text(reason);
            }
            case NodeMessage.Slots(int slots) -> out.writeInt(slots);
            case NodeMessage.Stuck(int run, List<StackTraceElement> frames) -> {
                out.writeInt(run);
                frames(frames);
            }
            case NodeMessage.Located(int run, List<StackTraceElement> frames) -> {
                out.writeInt(run);
                frames(frames);
            }
            case NodeMessage.Answer(int run, long nanos, NodeMessage.Bill bill, byte[] envelope) -> {
                out.writeInt(run);
                out.writeLong(nanos);
                out.writeLong(bill.cpuNanos());
                out.writeLong(bill.allocatedBytes());
                block(envelope);
            }
            case NodeMessage.Progress(int run, double fraction, String text) -> {
                out.writeInt(run);
                out.writeDouble(fraction);
                text(text);
            }
            case NodeMessage.Call(int run, int question, String name, byte[] argument) -> {
                out.writeInt(run);
                out.writeInt(question);
                text(name);
                block(argument);
            }
            case NodeMessage.Withdraw(int question) -> out.writeInt(question);
            case NodeMessage.Reply(int question, byte[] reply) -> {
                out.writeInt(question);
                block(reply);
            }
            case NodeMessage.Lost(int run, Failure.Lost loss) -> {
                out.writeInt(run);
                loss(loss);
            }
            case NodeMessage.Returned(int run) -> out.writeInt(run);
            case NodeMessage.Wanted(int question, int loader, String type) -> {
                out.writeInt(question);
                out.writeInt(loader);
                text(type);
            }
            case NodeMessage.Status status -> status(status);
        }
    }

    private void status(NodeMessage.Status status) throws IOException {
        text(status.node());
        text(status.pool());
        out.writeInt(status.slots());
        out.writeInt(status.running());
        out.writeInt(status.waiting());
        out.writeInt(status.programs());
        text(status.pando());
        out.writeInt(status.java());
        out.writeLong(status.age());
    }

    private void loss(Failure.Lost loss) throws IOException {
        Failure.Death death = loss.death();
        out.writeByte(LetterReader.PROGRESS.indexOf(loss.progress()));
        out.writeInt(loss.step());
        text(death.reason());
        number(death.exitCode() == null ? null : Long.valueOf(death.exitCode()));
        optional(death.signal());
        texts(death.lastOutput());
        optional(death.crashLog() == null ? null : death.crashLog().toString());
        texts(death.crashFrames());
        number(death.residentBytes());
        number(death.tasksRun() == null ? null : Long.valueOf(death.tasksRun()));
        out.writeLong(death.ageNanos());
    }

    /** Writes the innermost frames, as far as the reader takes them. */
    private void frames(List<StackTraceElement> frames) throws IOException {
        int count = Math.min(frames.size(), LetterReader.MOST_FRAMES);
        out.writeInt(count);
        for (StackTraceElement frame : frames.subList(0, count)) {
            optionalName(frame.getModuleName());
            text(shortened(frame.getClassName()));
            text(shortened(frame.getMethodName()));
            optionalName(frame.getFileName());
            out.writeInt(frame.getLineNumber());
        }
    }

    private void optionalName(@Nullable String name) throws IOException {
        optional(name == null ? null : shortened(name));
    }

    private static String shortened(String name) {
        return name.length() <= LetterReader.MOST_TEXT ? name : name.substring(0, LetterReader.MOST_TEXT);
    }

    private void texts(List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            text(text);
        }
    }

    private void optional(@Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            text(text);
        }
    }

    private void number(@Nullable Long number) throws IOException {
        out.writeBoolean(number != null);
        if (number != null) {
            out.writeLong(number);
        }
    }

    private void text(String text) throws IOException {
        block(text.getBytes(StandardCharsets.UTF_8));
    }

    private void block(byte[] block) throws IOException {
        out.writeInt(block.length);
        out.write(block);
    }
}
