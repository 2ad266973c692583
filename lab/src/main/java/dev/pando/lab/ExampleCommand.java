package dev.pando.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pando example [NAME [ARG...]]}: lists the examples, or runs one and exits with its code. */
@Command(
        name = "example",
        description = "Run an example program, or list them all.",
        footerHeading = "%nExamples:%n",
        footer = {"  ./pando example             list them", "  ./pando example crash       run one"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"2:there is no such example", "other:the exit code of the example"})
final class ExampleCommand implements Callable<Integer> {
    private final Path folder;
    private final PrintWriter out;
    private final PrintWriter err;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    boolean help;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Which one; without it: list them.")
    @Nullable
    String name;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARG", description = "Handed to the example as they are.")
    List<String> arguments = new ArrayList<>();

    ExampleCommand(Path folder, PrintWriter out, PrintWriter err) {
        this.folder = folder;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var examples = ExampleCatalog.in(folder);
        if (examples.isEmpty()) {
            err.println("pando: no examples in " + folder.toAbsolutePath());
            return ExitCode.SOFTWARE;
        }
        return name == null ? list(examples.get()) : run(examples.get(), name);
    }

    private int list(ExampleCatalog exampleCatalog) {
        int width = exampleCatalog.all().stream()
                .mapToInt(exampleFile -> exampleFile.name().length())
                .max()
                .orElse(0);
        for (ExampleFile exampleFile : exampleCatalog.all()) {
            out.println("  " + exampleFile.name()
                    + " ".repeat(width - exampleFile.name().length() + 3) + exampleFile.about());
        }
        out.println();
        out.println(
                "Run one: ./pando example " + exampleCatalog.all().getFirst().name());
        return ExitCode.OK;
    }

    private int run(ExampleCatalog exampleCatalog, String wanted) throws IOException, InterruptedException {
        var found = exampleCatalog.named(wanted);
        if (found.isEmpty()) {
            err.println("pando: there is no example '" + wanted + "'. Did you mean '"
                    + exampleCatalog.near(wanted).name() + "'? `./pando example` lists them.");
            return ExitCode.USAGE;
        }
        return SourceLauncher.run(found.get().file(), arguments);
    }
}
