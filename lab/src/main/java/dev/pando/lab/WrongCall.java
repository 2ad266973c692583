package dev.pando.lab;

import dev.pando.lab.experiment.ExperimentCatalog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Explains an invalid command line in a sentence, and suggests what to type instead. */
record WrongCall(Path home, PrintWriter err) {

    int explain(ParameterException wrong, String... arguments) throws IOException {
        CommandLine command = wrong.getCommandLine();
        boolean atTheRoot = command.getParent() == null && arguments.length > 0;
        if (atTheRoot && wrong instanceof UnmatchedArgumentException && !arguments[0].startsWith("-")) {
            err.println("pando: there is no command '" + arguments[0] + "'. " + instead(command, arguments[0]));
        } else {
            err.println("pando: " + wrong.getMessage() + ". `./"
                    + command.getCommandSpec().qualifiedName() + " --help` says more.");
        }
        return ExitCode.USAGE;
    }

    private String instead(CommandLine root, String typed) throws IOException {
        Optional<ExampleFile> example =
                ExampleCatalog.in(home.resolve("examples")).flatMap(all -> all.named(typed));
        var commands = root.getSubcommands().keySet();
        return example.map(found -> "There is an example of that name: ./pando example " + found.name())
                .or(() -> ExperimentCatalog.all().stream()
                        .filter(experiment -> experiment.name().equals(NearName.plain(typed)))
                        .findFirst()
                        .map(found -> "There is an experiment of that name: ./pando lab " + found.name()))
                .or(() -> NearName.near(typed, commands).map(near -> "Did you mean '" + near + "'?"))
                .orElseGet(() -> "The commands are " + String.join(", ", commands) + "; ./pando --help says more.");
    }
}
