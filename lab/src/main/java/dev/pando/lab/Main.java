package dev.pando.lab;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of the command line: which commands there are, what help says, what an exit code means. */
@Command(
        name = "pando",
        description = "Pando: submit work, get a future.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./pando version           which Pando, on which Java",
            "  ./pando example           list the example programs",
            "  ./pando example fetch     run one of them",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it worked",
            "1:it failed; the reason is on stderr",
            "2:the command line was wrong; nothing ran",
            "other:what the program run by `pando example` ended with"
        })
public final class Main implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set before anything runs
    private CommandSpec spec;

    private Main() {}

    /** Without a command: whoever asks nothing wants to know what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    public static void main(String[] args) {
        // Set by the launcher; without it we were started by hand, and then the folder we stand in is the best guess.
        Path home = Path.of(System.getProperty("pando.home", ""));
        var out = new PrintWriter(System.out, true, System.out.charset());
        var err = new PrintWriter(System.err, true, System.err.charset());
        System.exit(run(home, out, err, args));
    }

    /** The whole program without its exit, so that tests can call it. */
    static int run(Path home, PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Main())
                .addSubcommand(new VersionCommand(out))
                .addSubcommand(new ExampleCommand(home.resolve("examples"), out, err))
                // What follows the name of an example is the example's, also when it looks like an option of ours.
                .setStopAtPositional(true)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((wrong, arguments) -> new WrongCall(home, err).explain(wrong, arguments))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    // The type goes with it: the message of an IOException alone is often only a file name.
                    err.println("pando: " + failure);
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(args);
    }
}
