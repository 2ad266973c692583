package dev.pando.internal.process.os;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What /proc says of processes. Any of it may be outdated by the time it is returned: the process may be another one.
 */
final class ProcFs {
    /** More than any file of /proc that is read here, environments excepted. */
    static final int SMALL = 1 << 16;

    /** The kernel grants arguments and environment together three quarters of 8 MiB. */
    private static final int LARGE = 1 << 23;

    private ProcFs() {}

    /**
     * @param state one letter, as in {@code ps}
     * @param parent the process that started it, or that took its place
     * @param group the process group
     * @param start when it started, in ticks since boot
     */
    record Stat(long pid, char state, long parent, long group, long session, long start) {
        /** Dead, whether its parent has taken note or not. */
        boolean dead() {
            return state == 'Z' || state == 'X' || state == 'x';
        }

        /** Has no program, and so never an environment. */
        boolean ofTheKernel() {
            return group == 0 && session == 0;
        }
    }

    /** {@code null}: no such process. */
    static @Nullable Stat stat(long pid) {
        return parse(read("/proc/" + pid + "/stat", SMALL));
    }

    static @Nullable Stat self() {
        return parse(read("/proc/self/stat", SMALL));
    }

    /** Returns the calling thread as a process, which has a number and a start of its own. */
    static @Nullable Stat thread() {
        return parse(read("/proc/thread-self/stat", SMALL));
    }

    /** Returns the number that was given to a process or thread last, 0 if that is not known. */
    static long lastNumber() {
        String load = read("/proc/loadavg", SMALL);
        int from = load == null ? -1 : load.lastIndexOf(' ');
        if (load == null || from < 0) {
            return 0;
        }
        try {
            return Long.parseLong(load, from + 1, load.stripTrailing().length(), 10);
        } catch (NumberFormatException unknown) {
            return 0;
        }
    }

    /** The second field is the name, in parentheses, and may hold spaces, parentheses and line feeds of its own. */
    static @Nullable Stat parse(@Nullable String line) {
        if (line == null) {
            return null;
        }
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 2 || close < open || close + 2 > line.length()) {
            return null;
        }
        String[] fields = line.substring(close + 2).split(" ", 21); // from the third field of proc(5) on
        if (fields.length < 21 || fields[0].isEmpty()) {
            return null;
        }
        try {
            return new Stat(
                    Long.parseLong(line.substring(0, open - 1)),
                    fields[0].charAt(0),
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    Long.parseLong(fields[19]));
        } catch (NumberFormatException notStat) {
            return null;
        }
    }

    /** All processes, those with the highest number first: among them is most likely the one just started. */
    static long[] pids() {
        String[] names = new File("/proc").list();
        if (names == null) {
            return new long[0];
        }
        long[] pids = new long[names.length];
        int count = 0;
        for (String name : names) {
            if (Character.isDigit(name.charAt(0))) {
                pids[count++] = -Long.parseLong(name);
            }
        }
        Arrays.sort(pids, 0, count);
        for (int i = 0; i < count; i++) {
            pids[i] = -pids[i];
        }
        return Arrays.copyOf(pids, count);
    }

    /**
     * What a process was started with, each entry between two NULs. Empty also for a moment while it becomes another
     * program; {@code null}: gone, or another user's.
     */
    static @Nullable String environment(long pid) {
        String entries = read("/proc/" + pid + "/environ", LARGE);
        return entries == null || entries.isEmpty() ? entries : "\0" + entries + "\0";
    }

    /**
     * Whether a process that lives has no place for an environment yet, as while it becomes another program: the end of
     * that place is the 51st field of proc(5). It is another number in a process that has no variables.
     */
    static boolean isBecoming(long pid) {
        return isBecoming(read("/proc/" + pid + "/stat", SMALL));
    }

    static boolean isBecoming(@Nullable String line) {
        Stat stat = parse(line);
        if (stat == null || line == null || stat.dead()) {
            return false;
        }
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", 50);
        return fields.length > 48 && fields[48].equals("0");
    }

    /** The number behind a key, blanks between them; absent if there is none. */
    static OptionalLong number(@Nullable String text, String key) {
        int at = text == null ? -1 : text.indexOf(key);
        if (text == null || at < 0) {
            return OptionalLong.empty();
        }
        int from = at + key.length();
        while (from < text.length() && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        int to = from;
        while (to < text.length() && Character.isDigit(text.charAt(to))) {
            to++;
        }
        try {
            return OptionalLong.of(Long.parseLong(text, from, to, 10));
        } catch (NumberFormatException none) {
            return OptionalLong.empty();
        }
    }

    /** The beginning of a file, byte by byte; {@code null} if it cannot be read. */
    static @Nullable String read(String file, int limit) {
        try (FileInputStream in = new FileInputStream(file)) {
            return new String(in.readNBytes(limit), StandardCharsets.ISO_8859_1);
        } catch (IOException goneOrForbidden) {
            return null;
        }
    }
}
