package dev.pando.internal.process.child;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A standard stream of a worker, which outlives its tasks: a task may close it, or set another for itself, and the next
 * task finds the stream of before. One class, because every worker loads it at its start. The static methods are the
 * main thread's.
 */
final class TaskStream extends PrintStream {
    private static InputStream in = System.in;
    private static PrintStream out = System.out;
    private static PrintStream err = System.err;

    TaskStream(OutputStream out) {
        super(out, true, StandardCharsets.UTF_8);
    }

    /** The stream stays open, because the next task prints to it as well. */
    @Override
    public void close() {
        flush();
    }

    /** Keeps the streams of this moment. What an initializer has set is meant for all tasks. */
    static void keep() {
        in = System.in == null ? in : System.in;
        out = System.out == null ? out : System.out;
        err = System.err == null ? err : System.err;
    }

    /** Takes back what a task has set. */
    static void restore() {
        if (System.in != in) {
            System.setIn(in);
        }
        if (System.out != out) {
            System.setOut(out);
        }
        if (System.err != err) {
            System.setErr(err);
        }
    }

    static void flushAll() {
        flush(System.out);
        flush(System.err);
    }

    /** A stream of the task's may be null, and may throw: neither is worth its result. */
    private static void flush(@Nullable PrintStream stream) {
        try {
            if (stream != null) {
                stream.flush();
            }
        } catch (Throwable ofTheTask) {
            // what the task printed there was not for the parent
        }
    }
}
