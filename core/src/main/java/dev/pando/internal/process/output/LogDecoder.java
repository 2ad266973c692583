package dev.pando.internal.process.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to a {@link LoggedRecord}. Believes nothing: a worker may write what it likes. Nothing becomes of the bytes but
 * texts and numbers, and no more of them than there are bytes. {@code LogEncoder} writes in the same order.
 */
public final class LogDecoder {
    /** What stands in the place of a character that could steer a terminal or begin another line of a log. */
    private static final char STAND_IN = '?';

    private final ByteBuffer in;
    private int exceptions;

    private LogDecoder(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    /** Returns the record; {@code null}: these bytes are none. */
    public static @Nullable LoggedRecord read(byte[] bytes) {
        try {
            LogDecoder reader = new LogDecoder(bytes);
            LoggedRecord read = reader.read();
            return reader.in.hasRemaining() ? null : read;
        } catch (BufferUnderflowException | IllegalArgumentException hostile) {
            return null;
        }
    }

    private LoggedRecord read() {
        long millis = in.getLong();
        int level = in.getInt();
        String logger = name();
        String thread = name();
        String message = text();
        Map<String, String> context = new LinkedHashMap<>();
        for (int left = count(); left > 0; left--) {
            context.put(name(), cut(text()));
        }
        return new LoggedRecord(millis, level, logger, thread, message, context, throwable());
    }

    private @Nullable Throwable throwable() {
        if (in.get() == 0) {
            return null;
        }
        if (++exceptions > LoggedRecord.MANY) {
            throw new IllegalArgumentException("too many exceptions");
        }
        String said = text();
        List<StackTraceElement> frames = new ArrayList<>();
        while (in.get() != 0) {
            frames.add(new StackTraceElement(null, orNull(), orNull(), text(), text(), orNull(), in.getInt()));
        }
        Throwable cause = throwable();
        List<Throwable> suppressed = new ArrayList<>();
        for (Throwable one = throwable(); one != null; one = throwable()) {
            suppressed.add(one);
        }
        return new LoggedThrowable(said, cause, frames, suppressed);
    }

    private int count() {
        int count = in.getInt();
        if (count < 0 || count > LoggedRecord.MANY) {
            throw new IllegalArgumentException("too many");
        }
        return count;
    }

    private @Nullable String orNull() {
        String text = text();
        return text.isEmpty() ? null : text;
    }

    /** A name stands in one line of the log, whatever the worker called the thing. */
    private String name() {
        String text = cut(text());
        StringBuilder name = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            name.append(Character.isISOControl(next) ? STAND_IN : next);
        }
        return name.toString();
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), LoggedRecord.NAME));
    }

    private String text() {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        String text = new String(in.array(), in.position(), length, UTF_8);
        in.position(in.position() + length);
        return text;
    }
}
