package dev.pando.lab;

import dev.pando.PoolException;
import dev.pando.lab.advise.CallProfile;
import dev.pando.lab.advise.Recommendation;
import dev.pando.lab.call.CallByName;
import dev.pando.lab.call.LoadedProgram;
import dev.pando.lab.call.TargetOptions;
import dev.pando.lab.call.WrongTarget;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.lab.terminal.ProgressBoard;
import dev.pando.lab.terminal.TableText;
import dev.pando.lab.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pando advise}: which workers, and how many, for a method of the user's. */
@Command(
        name = "advise",
        description = "Try a method of yours on the kinds of workers that fit, and say which to take, and how many.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./pando advise --file Words.java --method count --inputs lines.txt",
            "  ./pando advise --jar app.jar --class com.acme.Pdf --method pages --inputs files.txt --budget 20s",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:there is a recommendation",
            "1:the method failed on an input",
            "2:there is no such class, method or file; nothing ran",
            "3:the measurements do not tell; the reason is on stderr"
        })
final class AdviseCommand implements Callable<Integer> {
    private static final int MOST_INPUTS = 10_000;
    private static final int CANNOT_TELL = 3;

    private final Terminal terminal;
    private final PrintWriter out;
    private final PrintWriter err;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Option(
            names = "--inputs",
            required = true,
            paramLabel = "FILE",
            description = "What to call it with: a line is an input. A sample of the real thing.")
    @Nullable
    Path inputs;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "10s",
            description = "About how long the search may take; without: ${DEFAULT-VALUE}.")
    Duration budget = Duration.ofSeconds(10);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    boolean help;

    AdviseCommand(Terminal terminal, PrintWriter out, PrintWriter err) {
        this.terminal = terminal;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        if (inputs == null || !Files.isReadable(inputs)) {
            err.println("pando: there is no file " + inputs + " to read inputs from.");
            return ExitCode.USAGE;
        }
        List<String> sample = new ArrayList<>();
        try (InputStream file = Files.newInputStream(inputs)) {
            LineDecoder lines = new LineDecoder(file, StandardCharsets.UTF_8);
            while (sample.size() < MOST_INPUTS && lines.hasNext()) {
                sample.add(lines.next());
            }
            if (lines.malformedLine() > 0) {
                err.println("pando: line " + lines.malformedLine() + " of " + inputs + " is not UTF-8.");
                return ExitCode.USAGE;
            }
        }
        if (sample.isEmpty()) {
            err.println("pando: " + inputs + " is empty: put some lines into it that stand for the real ones.");
            return ExitCode.USAGE;
        }
        try (LoadedProgram loadedProgram = targetOptions.open()) {
            return advise(targetOptions.in(loadedProgram), targetOptions.reference(loadedProgram), sample);
        } catch (WrongTarget wrong) {
            err.println("pando: " + wrong.getMessage());
            return ExitCode.USAGE;
        }
    }

    private int advise(CallByName call, String reference, List<String> sample) {
        Recommendation found;
        try (ProgressBoard progressBoard = new ProgressBoard(terminal, err)) {
            progressBoard.begin("advise", 0);
            found = Advisor.<String, @Nullable Object>of(call, sample)
                    .budget(budget)
                    .telling(progressBoard::step)
                    .recommend();
        } catch (PoolException failed) {
            err.println("pando: " + reference + " failed, so there is nothing to advise: "
                    + (failed.getCause() == null ? failed : failed.getCause()));
            return ExitCode.SOFTWARE;
        }
        if (!found.isTold()) {
            new TableText(terminal.textStyle(), terminal.width())
                    .lines(profile(found.callProfile()))
                    .forEach(out::println);
            out.println();
            err.println("pando: cannot tell which workers suit " + reference + ", because " + found.because()
                    + ". A longer --budget, or a quieter machine, may tell.");
            return CANNOT_TELL;
        }
        print(found, reference);
        return ExitCode.OK;
    }

    private void print(Recommendation found, String reference) {
        TableText text = new TableText(terminal.textStyle(), terminal.width());
        text.lines(profile(found.callProfile())).forEach(out::println);
        out.println();
        var curve =
                ResultTable.of("What was tried", "workers", "calls a second").bar("calls a second");
        found.curve()
                .forEach(point ->
                        curve.row(point.workerCandidate().code(), MeasuredAmount.perSecond(Math.rint(point.rate()))));
        text.lines(curve.build()).forEach(out::println);
        out.println();
        found.remarks().forEach(remark -> out.println("note: " + remark));
        String take = "Take " + terminal.textStyle().bold(found.best().code());
        out.println(
                found.confidence() == Recommendation.Confidence.LOW
                        ? take + ", by what a call does: its rate here is not known."
                        : take + ": " + MeasuredAmount.perSecond(Math.rint(found.rate())) + " here, "
                                + MeasuredAmount.times(found.gain()) + " of one after the other.");
        out.println("Confidence " + found.confidence().name().toLowerCase(Locale.ROOT) + ": " + found.because() + ".");
        out.println();
        out.println("    " + found.code(reference));
    }

    private static ResultTable profile(CallProfile callProfile) {
        return ResultTable.of("One call, alone", "what", "how much")
                .row("takes", MeasuredAmount.nanos(callProfile.wallNanos()))
                .row("computes", MeasuredAmount.nanos(callProfile.cpuNanos()))
                .row("waits for something of its own", MeasuredAmount.nanos(callProfile.waitNanos()))
                .row("waits for a processor", delay(callProfile))
                .row("is stopped by the collector", MeasuredAmount.nanos(callProfile.pauseNanos()))
                .row("so a call", callProfile.kind().title())
                .row("allocates", bytes(callProfile.allocatedBytes()))
                .row("argument, as it travels", bytes(callProfile.argumentBytes()))
                .row("result, as it travels", bytes(callProfile.resultBytes()))
                .row("can go to another process", callProfile.travels() ? "yes" : "no")
                .build();
    }

    private static Object delay(CallProfile callProfile) {
        return callProfile.delayNanos().isPresent()
                ? MeasuredAmount.nanos(callProfile.delayNanos().getAsLong())
                : "not known";
    }

    private static Object bytes(OptionalLong bytes) {
        return bytes.isPresent() ? MeasuredAmount.bytes(bytes.getAsLong()) : "not known";
    }
}
