package dev.pando.internal.process.os;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file that HotSpot leaves behind when it crashes, {@code hs_err_pidN.log}. It may be cut short, since the process
 * was dying when it wrote it, and whatever it holds is taken for text that is shown to people: short, and printable.
 */
public final class CrashLog {
    private static final int READ = 256 << 10;
    private static final int FRAMES = 10;
    private static final int LINE = 300;

    /** The first line of the report proper; HotSpot aborts after it has written that, whatever the signal was. */
    private static final Pattern SIGNAL = Pattern.compile("(?m)^# {1,4}(SIG[A-Z]{2,6}) \\(0x");

    private static final Pattern FRAME = Pattern.compile("\\[([^+\\]]+)\\+(0x[0-9a-f]+)\\]\\s*(.*)");

    private CrashLog() {}

    /** Returns the signal upon which the process crashed, null if the file names none. */
    public static @Nullable String signal(File file) {
        String text = file.isFile() ? ProcFs.read(file.getPath(), READ) : null;
        Matcher signal = text == null ? null : SIGNAL.matcher(text);
        return signal != null && signal.find() ? signal.group(1) : null;
    }

    /** Returns where a frame is, in words that go on where "SIGSEGV" ends. */
    public static String place(String frame) {
        Matcher parts = FRAME.matcher(frame);
        if (!parts.find()) {
            return " in " + frame;
        }
        String function = parts.group(3).strip();
        return " in " + parts.group(1) + ", frame " + (function.isEmpty() ? "+" + parts.group(2) : function);
    }

    /** Where it crashed: the frame at fault first, then the native frames below it; empty if the file tells none. */
    public static List<String> frames(File file) {
        String text = file.isFile() ? ProcFs.read(file.getPath(), READ) : null; // a pipe would keep us waiting
        if (text == null) {
            return List.of();
        }
        List<String> frames = new ArrayList<>();
        add(frames, atFault(text));
        int native0 = text.indexOf("\nNative frames:");
        int from = native0 < 0 ? -1 : text.indexOf('\n', native0 + 1);
        while (from >= 0 && frames.size() < FRAMES) {
            int to = text.indexOf('\n', from + 1);
            String line = text.substring(from + 1, to < 0 ? text.length() : to).strip();
            if (line.isEmpty()) {
                break;
            }
            add(frames, line);
            from = to;
        }
        return List.copyOf(frames);
    }

    private static @Nullable String atFault(String text) {
        int title = text.indexOf("# Problematic frame:\n# ");
        if (title < 0) {
            return null;
        }
        int from = text.indexOf('\n', title) + "\n# ".length();
        int to = text.indexOf('\n', from);
        return text.substring(from, to < 0 ? text.length() : to);
    }

    private static void add(List<String> frames, @Nullable String line) {
        if (line == null) {
            return;
        }
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < line.length() && printable.length() < LINE; i++) {
            char c = line.charAt(i);
            printable.append(c >= ' ' && c < 127 ? c : ' ');
        }
        String frame = printable.toString().strip();
        if (!frame.isEmpty() && (frames.isEmpty() || !frames.getFirst().equals(frame))) {
            frames.add(frame);
        }
    }
}
