package dev.pando.internal.process.os;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file that HotSpot leaves behind when it crashes, {@code hs_err_pidN.log}. It may be cut short, since the process
 * was dying when it wrote it, and whatever it holds is taken for text that is shown to people: short, and printable.
 */
public final class CrashLog {
    private static final int READ = 256 << 10;
    private static final int FRAMES = 10;
    private static final int LINE = 300;

    private CrashLog() {}

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
