package dev.pando.lab;

import dev.pando.Outcome;
import dev.pando.Pool;
import dev.pando.Submitter;
import dev.pando.TaskTrace;
import dev.pando.lab.call.CallByName;
import dev.pando.lab.call.LoadedProgram;
import dev.pando.lab.call.TargetOptions;
import dev.pando.lab.call.WorkerChoice;
import dev.pando.lab.call.WrongTarget;
import dev.pando.lab.terminal.ProgressBoard;
import dev.pando.lab.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pando map}: applies a method to each line of standard input and prints the results in order. */
@Command(
        name = "map",
        description = "Put each line of standard input through a Java method, on many workers, and print the results in"
                + " order.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./pando map --file Words.java --method count < lines.txt",
            "  ./pando map --pool processes:4 --class-path build/classes --class com.acme.Pdf --method pages \\",
            "              --timeout 10s --retries 1 --keep-going < files.txt > pages.txt",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every line went through",
            "1:a line failed; which, and why, is on stderr",
            "2:there is no such class or method; nothing ran"
        })
final class MapCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final InputStream in;
    private final OutputStream out;
    private final PrintWriter err;

    @Option(
            names = "--pool",
            paramLabel = "WORKERS",
            defaultValue = "threads",
            converter = WorkerChoice.Converter.class,
            description = "threads:8, virtual, virtual:100, processes:4, cluster:host:port, loop or caller;"
                    + " without: ${DEFAULT-VALUE}.")
    @Nullable
    WorkerChoice workerChoice;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Stop a line that takes longer: 500ms, 10s, 2m.")
    @Nullable
    Duration timeout;

    @Option(
            names = "--retries",
            paramLabel = "N",
            defaultValue = "0",
            description = "Try a line again whose worker died or that took too long.")
    int retries;

    @Option(
            names = "--encoding",
            paramLabel = "CHARSET",
            defaultValue = "UTF-8",
            converter = CharsetConverter.class,
            description = "Of the lines, in and out; without: ${DEFAULT-VALUE}, whatever the locale.")
    Charset encoding = StandardCharsets.UTF_8;

    @Option(
            names = "--trace",
            paramLabel = "FILE.json",
            description = "Write which worker ran what when, in Chrome's trace format, for ui.perfetto.dev.")
    @Nullable
    Path trace;

    @Option(names = "--unordered", description = "Print results as they come.")
    boolean unordered;

    @Option(names = "--keep-going", description = "Go on when a line fails, and leave its result empty.")
    boolean keepGoing;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    boolean help;

    MapCommand(Terminal terminal, InputStream in, OutputStream out, PrintWriter err) {
        this.terminal = terminal;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        try (LoadedProgram loadedProgram = targetOptions.open();
                ProgressBoard progressBoard = new ProgressBoard(terminal, err)) {
            CallByName call = targetOptions.in(loadedProgram);
            progressBoard.begin("map", 0);
            return run(call, progressBoard);
        } catch (WrongTarget wrong) {
            err.println("pando: " + wrong.getMessage());
            return ExitCode.USAGE;
        }
    }

    private int run(CallByName call, ProgressBoard progressBoard) throws IOException {
        WorkerChoice chosen = workerChoice == null ? new WorkerChoice("threads", 0) : workerChoice;
        LineDecoder lines = new LineDecoder(in, encoding);
        try (TaskTrace written = trace == null ? null : TaskTrace.to(trace);
                Pool pool = Pool.with(chosen.backend())
                        .named(chosen.kind())
                        .listener(progressBoard)
                        .open()) {
            if (written != null) {
                written.add(pool);
            }
            Submitter submitter = retries > 0 ? pool.retries(retries) : pool;
            submitter = timeout == null ? submitter : submitter.timeout(timeout);
            var mapping = submitter.mapping((String line) -> String.valueOf(call.apply(line)));
            // A timeout or retry is for a line, so a chunk must be one line.
            mapping = timeout == null && retries == 0 ? mapping : mapping.chunk(1);
            mapping = unordered ? mapping.unordered() : mapping;
            int code;
            try (Stream<Outcome<String>> results = mapping.outcomes().over(() -> lines)) {
                code = print(results.iterator(), progressBoard);
            }
            if (lines.malformedLine() > 0) {
                err.println("pando: line " + lines.malformedLine() + " is not " + encoding
                        + ", so it and what follows were not read; --encoding names another charset.");
                return ExitCode.SOFTWARE;
            }
            return code;
        }
    }

    private int print(Iterator<Outcome<String>> results, ProgressBoard progressBoard) {
        CharsetEncoder encoder = encoding.newEncoder();
        PrintStream printed = new PrintStream(out, true, encoding);
        long line = 0;
        long failed = 0;
        while (results.hasNext()) {
            Outcome<String> result = results.next();
            line++;
            progressBoard.done(line);
            String which = unordered ? "a line" : "line " + line;
            String why = result instanceof Outcome.Success<String>(String value)
                    ? encoder.canEncode(value) ? "" : "its result has letters that " + encoding + " has not"
                    : result instanceof Outcome.Failure<String>(Throwable error)
                            ? error.toString()
                            : "it was cancelled";
            if (why.isEmpty() && result instanceof Outcome.Success<String>(String value)) {
                printed.println(value);
            } else {
                failed++;
                err.println("pando: " + which + " failed: " + why);
                if (!keepGoing) {
                    err.println("pando: stopped there; --keep-going goes on.");
                    return ExitCode.SOFTWARE;
                }
                printed.println();
            }
            if (printed.checkError()) { // the reader has closed the pipe, as `| head` does
                return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
            }
        }
        return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
