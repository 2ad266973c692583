package dev.pando.internal.process.output;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a task logged, in words that every logging library has. In the worker {@code thrown} is the exception itself, in
 * the parent a {@link LoggedThrowable} of it.
 *
 * @param millis when it was logged, as {@code System.currentTimeMillis()} has it
 * @param level how serious it is, by the numbers of {@code java.util.logging}: 1000 is an error, 300 the least
 * @param thread the name of the worker's thread that logged it
 * @param context the mapped diagnostic context of that thread
 * @param thrown {@code null}: nothing was thrown
 */
public record LoggedRecord(
        long millis,
        int level,
        String logger,
        String thread,
        String message,
        Map<String, String> context,
        @Nullable Throwable thrown) {
    public static final int ERROR = 1000;
    public static final int WARNING = 900;
    public static final int INFO = 800;
    public static final int DEBUG = 500;
    public static final int TRACE = 300;

    /** The most bytes of a record that travels; what comes in addition is no record. */
    public static final int LARGEST = 256 * 1024;

    /** The longest message, in characters; a longer one is cut. */
    public static final int MESSAGE = 16 * 1024;

    /** The longest name of a logger, a class or a file, and the longest value of the context. */
    public static final int NAME = 512;

    /** The most entries of the context, and the most exceptions of one record: causes and suppressed ones together. */
    public static final int MANY = 32;

    /** Returns the record as a line, for the report of a death. */
    String line() {
        String said = levelName() + " " + logger + ": " + message + (thrown == null ? "" : " (" + thrown + ")");
        return said.substring(0, Math.min(said.length(), LineSplitter.LONGEST));
    }

    private String levelName() {
        if (level > INFO) {
            return level > WARNING ? "ERROR" : "WARNING";
        }
        return level > DEBUG ? "INFO" : "DEBUG";
    }
}
