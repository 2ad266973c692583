package dev.pando.lab;

import dev.pando.lab.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.OS;

/** One run of the command line in this program, whose output is no terminal, for tests of other packages. */
public record LabRun(int code, String out, String err) {

    public static LabRun of(int width, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = LabMain.run(
                Path.of(""),
                new Terminal(false, false, false, width),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                arguments);
        return new LabRun(code, out.toString(), err.toString());
    }

    /**
     * Returns the beginning of a command that hears of Ctrl-C although the build may not: what a script of the shell
     * starts in the background ignores that signal, and what it starts does so too.
     */
    public static List<String> hearingCtrlC() {
        return OS.LINUX.isCurrentOs() ? List.of("env", "--default-signal=INT") : List.of();
    }

    /** Returns the command of a run in a program of its own, as the launcher starts it. */
    public static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--add-exports",
                "jdk.attach/sun.tools.attach=ALL-UNNAMED",
                "-Dpando.terminals=1",
                "-cp",
                System.getProperty("java.class.path"),
                LabMain.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
