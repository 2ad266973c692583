package dev.pando.lab;

import dev.pando.lab.language.LabLanguage;
import dev.pando.lab.terminal.PlainWriter;
import dev.pando.lab.terminal.Terminal;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of the command line: which commands there are, what help says, what an exit code means. */
@Command(
        name = "pando",
        description = "Pando: submit work, get a future. The lab shows what that does on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = VersionReader.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./pando lab                 experiments: measured here, explained, drawn",
            "  ./pando lab race            one of them",
            "  ./pando example             list the example programs",
            "  ./pando example fetch       run one of them",
            "  ./pando run My.java         a program of yours, with Pando on its path",
            "  ./pando map --help          lines through a method, on many workers",
            "  ./pando advise --help       which workers, and how many, for a method of yours",
            "  ./pando top                 a running program of yours: its pools, workers, tasks, stacks",
            "  ./pando dump PID            the same as text, for an issue report",
            "  ./pando node --help         a node of a cluster; ./pando nodes lists those that are there",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it worked",
            "1:it failed; the reason is on stderr",
            "2:the command line was wrong; nothing ran",
            "130:stopped by Ctrl-C; no process is left",
            "other:what the program run by `example` or `run` ended with"
        })
public final class LabMain implements Runnable {
    /** Help in less cannot be laid out: on a narrower terminal it is broken by the terminal. */
    private static final int NARROWEST_HELP = 55;

    private static final int WIDEST_HELP = 110;

    @Spec
    @SuppressWarnings("NullAway.Init") // set before anything runs
    private CommandSpec spec;

    private LabMain() {}

    /** Prints the help when no command is given. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    public static void main(String[] args) {
        // The launcher sets pando.home. Without the launcher, the current folder is the best guess.
        Path home = Path.of(System.getProperty("pando.home", ""));
        Terminal terminal = Terminal.of(
                System.getProperty("pando.terminals", ""), System.getProperty("pando.columns"), System.getenv());
        boolean korean = asksForKorean(args);
        var out = writer(System.out, korean);
        var err = writer(System.err, korean);
        System.exit(run(home, terminal, out, err, args));
    }

    /** Without UTF-8, as in a bare container, drawings are of plain letters. */
    private static PrintWriter writer(PrintStream stream, boolean korean) {
        // Asked for Korean, the lab writes Korean, also where the locale has no letters for it.
        Charset charset =
                korean && !stream.charset().newEncoder().canEncode('가') ? StandardCharsets.UTF_8 : stream.charset();
        return new PrintWriter(new PlainWriter(new OutputStreamWriter(stream, charset), charset), true);
    }

    private static boolean asksForKorean(String[] args) {
        String all = String.join(" ", args);
        if (all.contains("--lang")) {
            return all.contains("--lang ko") || all.contains("--lang=ko");
        }
        return LabLanguage.of(System.getenv(), Locale.getDefault()) == LabLanguage.KOREAN;
    }

    /** Runs the whole program and returns the exit code, so that tests can call it. */
    static int run(Path home, Terminal terminal, PrintWriter out, PrintWriter err, String... args) {
        return commands(home, terminal, out, err)
                .setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setUsageHelpWidth(Math.clamp(terminal.width(), NARROWEST_HELP, WIDEST_HELP))
                .setParameterExceptionHandler((wrong, arguments) -> new WrongCall(home, err).explain(wrong, arguments))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    // With the type, because the message of an IOException is often only a file name.
                    err.println("pando: " + failure);
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(args);
    }

    private static CommandLine commands(Path home, Terminal terminal, PrintWriter out, PrintWriter err) {
        return new CommandLine(new LabMain())
                .addSubcommand(new LabCommand(terminal, out, err))
                .addSubcommand(new AdviseCommand(terminal, out, err))
                .addSubcommand(new MapCommand(terminal, System.in, System.out, err))
                .addSubcommand(handingOn(new RunCommand(err)))
                .addSubcommand(handingOn(new ExampleCommand(home.resolve("examples"), out, err)))
                .addSubcommand(new TopCommand(terminal, out, err))
                .addSubcommand(new DumpCommand(out, err))
                .addSubcommand(new CompletionCommand(out))
                .addSubcommand(new VersionCommand(out));
    }

    /** Passes everything after a program's name to the program, even what looks like an option of the lab. */
    private static CommandLine handingOn(Object command) {
        return new CommandLine(command).setStopAtPositional(true);
    }
}
