package dev.pando.internal.map;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether a stream of this program is a terminal. Prints nothing. */
public final class StandardStreams {
    private static final List<String> TERMINALS = List.of("/dev/pts/", "/dev/tty", "/dev/console");

    private StandardStreams() {}

    /** Returns whether what is printed there is seen on a terminal which can go back to the start of a line. */
    public static boolean isTerminal(PrintStream out) {
        int descriptor = out == System.out ? 1 : 2;
        if ((descriptor == 2 && out != System.err) || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        return isTerminal(Path.of("/proc/self/fd/" + descriptor));
    }

    /** @param descriptor a link to what the stream is, where the system has that */
    @SuppressWarnings("SystemConsoleNull") // a JDK 25 answers null where its input is no terminal
    static boolean isTerminal(Path descriptor) {
        try {
            if (Files.isSymbolicLink(descriptor)) {
                String target = Files.readSymbolicLink(descriptor).toString();
                return TERMINALS.stream().anyMatch(target::startsWith);
            }
        } catch (IOException unreadable) {
            return false;
        }
        Console console = System.console(); // knows of standard input and output together
        return console != null && console.isTerminal();
    }
}
