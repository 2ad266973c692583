package dev.pando.lab;

import dev.pando.lab.look.LookFailure;
import dev.pando.lab.look.LookPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pando dump PID}: every pool, worker, task and stack of another program, as text. */
@Command(
        name = "dump",
        description = "Print every pool, worker, task and stack of a running program of yours, for an issue report. It"
                + " has no arguments and no results of tasks; names of tasks and messages of progress it has.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./pando dump 4711 > stuck.txt     of a program that hangs, too; ./pando top finds its number",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it was printed", "1:this program cannot be looked at", "2:the command line was wrong"})
final class DumpCommand implements Callable<Integer> {
    private final PrintWriter out;
    private final PrintWriter err;

    @Parameters(index = "0", paramLabel = "PID", description = "The number of its process.")
    long pid;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "1000",
            description = "So many running and waiting tasks and workers of each pool; without: ${DEFAULT-VALUE}.")
    int most;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    boolean help;

    DumpCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        if (most < 1) {
            err.println("pando: --most is at least 1.");
            return ExitCode.USAGE;
        }
        try {
            new LookPrinter(out, most).dump(pid);
            return ExitCode.OK;
        } catch (LookFailure e) {
            err.println("pando: " + e.getMessage() + ".");
            return ExitCode.SOFTWARE;
        }
    }
}
