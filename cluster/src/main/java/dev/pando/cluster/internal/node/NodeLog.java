package dev.pando.cluster.internal.node;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What happens at a node, one line for each event, for people or as JSON. Any thread may write. */
public final class NodeLog {
    private final PrintStream out;
    private final boolean json;

    public NodeLog(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** Returns a log that is not written anywhere. */
    public static NodeLog none() {
        return new NodeLog(new PrintStream(java.io.OutputStream.nullOutputStream()), false);
    }

    /** Writes one event. The details are names and values in turn. */
    public void event(String what, Object... details) {
        String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        StringBuilder line = new StringBuilder();
        if (json) {
            line.append("{\"time\":\"").append(now).append("\",\"event\":").append(quoted(what));
        } else {
            line.append(now).append(' ').append(what);
        }
        for (int i = 0; i + 1 < details.length; i += 2) {
            String name = String.valueOf(details[i]);
            Object value = details[i + 1];
            if (json) {
                line.append(',').append(quoted(name)).append(':');
                line.append(value instanceof Number ? value.toString() : quoted(String.valueOf(value)));
            } else {
                line.append(i == 0 ? ": " : ", ").append(name).append(' ');
                appendEscaped(line, String.valueOf(value), "");
            }
        }
        out.println(json ? line.append('}') : line);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        appendEscaped(quoted, text, "\"\\");
        return quoted.append('"').toString();
    }

    /** Appends a text without the characters that end a line or steer a terminal: it may come from another machine. */
    private static void appendEscaped(StringBuilder to, String text, String special) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '\n') {
                to.append("\\n");
            } else if (Character.isISOControl(letter)) {
                to.append(String.format("\\u%04x", (int) letter));
            } else if (special.indexOf(letter) >= 0) {
                to.append('\\').append(letter);
            } else {
                to.append(letter);
            }
        }
    }
}
