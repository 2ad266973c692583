package dev.pando.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pando run FILE.java [ARG...]}: runs a one-file program with Pando on its class path; exits with its code. */
@Command(
        name = "run",
        description = "Run a one-file Java program with Pando on its class path. It needs no build.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./pando run examples/Hello.java",
            "  ./pando run Crawl.java https://example.org --depth 3",
            "  ./pando run --trace hello.json examples/Hello.java   and what ran when, for ui.perfetto.dev",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"2:there is no such file", "other:what the program ended with"})
final class RunCommand implements Callable<Integer> {
    private final PrintWriter err;

    @Option(
            names = "--trace",
            paramLabel = "FILE.json",
            description =
                    "Write which worker of any pool ran what when, in Chrome's trace format, for ui.perfetto.dev.")
    @Nullable
    Path trace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    boolean help;

    @Parameters(
            index = "0",
            paramLabel = "FILE.java",
            description = "The program: a class with main, or a file that has only a main.")
    Path file = Path.of("");

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARG", description = "Handed to the program as they are.")
    List<String> arguments = new ArrayList<>();

    RunCommand(PrintWriter err) {
        this.err = err;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isRegularFile(file)) {
            err.println("pando: there is no file " + file + ". `./pando run --help` shows how to name one.");
            return ExitCode.USAGE;
        }
        List<String> properties = trace == null ? List.of() : List.of("-Dpando.trace=" + trace.toAbsolutePath());
        return SourceLauncher.run(file, properties, arguments);
    }
}
