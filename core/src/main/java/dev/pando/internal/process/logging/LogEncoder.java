package dev.pando.internal.process.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pando.internal.process.output.LoggedRecord;
import dev.pando.internal.process.output.MarkedStream;
import dev.pando.internal.util.ThrowableText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@link LoggedRecord} to bytes, in the worker, on the thread that logs. What is longer than a record may be is cut:
 * first frames and causes, which come last, so that what was logged always arrives. {@code LogDecoder}, in the parent,
 * reads in the same order.
 */
final class LogEncoder {
    /** What is left to write the end of a frame, of an exception and of all that it hangs on. */
    private static final int RESERVE = 1024;

    /** The most bytes of a text of so many characters. */
    private static final int BYTES_OF_A_CHARACTER = 3;

    /** The most bytes of a frame: six texts and a number. */
    private static final int FRAME = 6 * (4 + LoggedRecord.NAME * BYTES_OF_A_CHARACTER) + 8;

    /** The longest message of an exception, in characters. */
    private static final int SAID = 4096;

    /** The most bytes of an exception with one frame. */
    private static final int EXCEPTION = SAID * BYTES_OF_A_CHARACTER + FRAME + RESERVE;

    /** The most frames of one exception, so that a stack overflow leaves room for its cause. */
    private static final int FRAMES = 300;

    private static final String CUT = "...";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The exceptions that are written, by identity, because causes may form a circle. */
    private final Set<Throwable> written = Collections.newSetFromMap(new IdentityHashMap<>());

    private LogEncoder() {}

    /** Sends a record to the parent. */
    static void send(MarkedStream pipe, LoggedRecord logged) {
        try {
            pipe.writeRecord(bytes(logged));
        } catch (IOException closed) {
            // the parent is gone, and its worker soon
        }
    }

    /** Returns the bytes of the record, at most {@link LoggedRecord#LARGEST}. */
    static byte[] bytes(LoggedRecord logged) {
        LogEncoder writer = new LogEncoder();
        writer.write(logged);
        return writer.out.toByteArray();
    }

    private void write(LoggedRecord logged) {
        out.writeBytes(ByteBuffer.allocate(12)
                .putLong(logged.millis())
                .putInt(logged.level())
                .array());
        text(logged.logger(), LoggedRecord.NAME);
        text(logged.thread(), LoggedRecord.NAME);
        text(logged.message(), LoggedRecord.MESSAGE);
        number(Math.min(logged.context().size(), LoggedRecord.MANY));
        int left = LoggedRecord.MANY;
        for (Map.Entry<String, String> entry : logged.context().entrySet()) {
            if (left-- == 0) {
                break;
            }
            text(entry.getKey(), LoggedRecord.NAME);
            text(entry.getValue(), LoggedRecord.NAME);
        }
        exception(logged.thrown());
    }

    /** Writes an exception, or that there is none, also where there is no more room for one. */
    private void exception(@Nullable Throwable thrown) {
        if (thrown == null || !hasRoomForException() || !written.add(thrown)) {
            out.write(0);
            return;
        }
        out.write(1);
        text(ThrowableText.describe(thrown), SAID);
        StackTraceElement[] frames = ThrowableText.ask(thrown::getStackTrace, null);
        for (int i = 0; frames != null && i < Math.min(frames.length, FRAMES) && room() > FRAME + RESERVE; i++) {
            frame(frames[i]);
        }
        out.write(0);
        exception(ThrowableText.ask(thrown::getCause, null));
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (hasRoomForException() && !written.contains(suppressed)) {
                exception(suppressed);
            }
        }
        out.write(0);
    }

    private boolean hasRoomForException() {
        return written.size() < LoggedRecord.MANY && room() >= EXCEPTION;
    }

    private void frame(@Nullable StackTraceElement frame) {
        if (frame == null) {
            return;
        }
        out.write(1);
        text(frame.getModuleName(), LoggedRecord.NAME);
        text(frame.getModuleVersion(), LoggedRecord.NAME);
        text(frame.getClassName(), LoggedRecord.NAME);
        text(frame.getMethodName(), LoggedRecord.NAME);
        text(frame.getFileName(), LoggedRecord.NAME);
        number(frame.getLineNumber());
    }

    private int room() {
        return LoggedRecord.LARGEST - out.size();
    }

    private void number(int number) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
    }

    private void text(@Nullable String text, int most) {
        String said = text == null ? "" : text;
        if (said.length() > most) {
            said = said.substring(0, most - CUT.length()) + CUT;
        }
        byte[] bytes = said.getBytes(UTF_8);
        number(bytes.length);
        out.writeBytes(bytes);
    }
}
