package dev.pando.internal.util;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes Chrome's trace format: an array of events, one a line, which a reader takes without its end too, as a program
 * leaves it that is killed. Any thread. A failure is kept until the end, because no task is to fail for its trace.
 */
public final class TraceWriter implements AutoCloseable {
    private final int mostEvents;

    @GuardedBy("this")
    private final BufferedWriter out;

    @GuardedBy("this")
    private int events;

    @GuardedBy("this")
    private long leftOut;

    @GuardedBy("this")
    private @Nullable IOException failure;

    @GuardedBy("this")
    private boolean isClosed;

    public TraceWriter(Path file, int mostEvents) throws IOException {
        this.mostEvents = mostEvents;
        this.out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        out.write("[\n{\"ph\":\"M\",\"name\":\"process_name\",\"pid\":0,\"tid\":0,\"args\":{\"name\":\"Pando\"}}");
    }

    /** Names a process. */
    public void process(int process, String name) {
        write(line("M", "process_name", process, 0).append(",\"args\":{\"name\":" + text(name) + "}}"));
    }

    /** Names a row of a process. */
    public void row(int process, int row, String name) {
        write(line("M", "thread_name", process, row).append(",\"args\":{\"name\":" + text(name) + "}}"));
    }

    /** A bar; times in microseconds. */
    public void bar(int process, int row, String name, long start, long end, Map<String, String> facts) {
        StringBuilder line = line("X", name, process, row);
        line.append(",\"cat\":\"task\",\"ts\":")
                .append(start)
                .append(",\"dur\":")
                .append(end - start);
        String before = ",\"args\":{";
        for (Map.Entry<String, String> fact : new TreeMap<>(facts).entrySet()) {
            line.append(before).append(text(fact.getKey())).append(':').append(text(fact.getValue()));
            before = ",";
        }
        event(line.append("}}"));
    }

    /** Something that happened in a row at one moment, in microseconds. */
    public void moment(int process, int row, String name, long at) {
        event(line("i", name, process, row).append(",\"s\":\"t\",\"ts\":" + at + "}"));
    }

    private static StringBuilder line(String phase, String name, int process, int row) {
        return new StringBuilder(
                "{\"ph\":\"" + phase + "\",\"name\":" + text(name) + ",\"pid\":" + process + ",\"tid\":" + row);
    }

    private synchronized void event(StringBuilder line) {
        if (events >= mostEvents) {
            leftOut++;
            return;
        }
        events++;
        write(line);
    }

    private synchronized void write(StringBuilder line) {
        if (isClosed || failure != null) {
            return;
        }
        try {
            out.write(",\n");
            out.append(line);
        } catch (IOException e) {
            failure = e;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (isClosed) {
            return;
        }
        if (leftOut > 0) {
            process(0, "Pando: " + leftOut + " further tasks are left out");
        }
        isClosed = true;
        try (out) {
            if (failure != null) {
                throw failure;
            }
            out.write("\n]\n");
        }
    }

    /** Returns a text as JSON has it. */
    private static String text(String plain) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < plain.length(); i++) {
            char at = plain.charAt(i);
            if (at == '"' || at == '\\') {
                text.append('\\').append(at);
            } else if (at < ' ' || Character.isSurrogate(at)) {
                text.append(String.format("\\u%04x", (int) at)); // half of a pair is no UTF-8
            } else {
                text.append(at);
            }
        }
        return text.append('"').toString();
    }
}
