package dev.pando.lab;

import dev.pando.lab.language.LabLanguage;
import dev.pando.lab.language.MessageBook;
import dev.pando.lab.look.LookFailure;
import dev.pando.lab.look.LookPrinter;
import dev.pando.lab.look.ProgramFinder;
import dev.pando.lab.look.ProgramFinder.FoundProgram;
import dev.pando.lab.look.ProgramLink;
import dev.pando.lab.look.TopSession;
import dev.pando.lab.terminal.KeyTerminal;
import dev.pando.lab.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pando top [PID]}: pools, workers and tasks of another program, live. */
@Command(
        name = "top",
        description = "Show the pools, workers and tasks of a running program of yours, live, and where a task is.",
        sortOptions = false,
        footerHeading = "%nKeys:%n",
        footer = {
            "  up, down, page up, page down, j, k    choose a task",
            "  Enter                                 its stack, read again with each look; Esc: back",
            "  Tab                                   workers, what tasks share, or tasks",
            "  o, r                                  the next order; the order reversed",
            "  /                                     only lines that have this text; Esc: all",
            "  q, Ctrl-C                             quit",
            "",
            "The program needs no setting. Its JVM prints four lines of warning each time",
            "that a tool looks, unless it has -XX:+EnableDynamicAgentLoading.",
            "",
            "Examples:",
            "  ./pando top                           the program of yours that has pools",
            "  ./pando top 4711                      this one",
            "  ./pando top --once --json | jq        for scripts: all programs that have pools",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it was shown",
            "1:no program has pools, or this one cannot be looked at",
            "2:the command line was wrong",
            "130:stopped by Ctrl-C"
        })
final class TopCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final PrintWriter out;
    private final PrintWriter err;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PID",
            description = "The number of its process; left out: every program that has opened a pool.")
    @Nullable
    Long pid;

    @Option(names = "--once", description = "Print what there is, and end. So it is where the output is no terminal.")
    boolean once;

    @Option(names = "--json", description = "With --once: as JSON.")
    boolean json;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description = "Look so often; without: ${DEFAULT-VALUE}.")
    Duration every = Duration.ofSeconds(1);

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "200",
            description = "Ask for so many running and waiting tasks of each pool; without: ${DEFAULT-VALUE}.")
    int most;

    @Option(
            names = "--lang",
            paramLabel = "LANG",
            completionCandidates = LabCommand.Languages.class,
            description = "The language: en or ko. Left out: that of the locale.")
    @Nullable
    String lang;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    boolean help;

    TopCommand(Terminal terminal, PrintWriter out, PrintWriter err) {
        this.terminal = terminal;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LabLanguage language = LabLanguage.chosen(lang).orElse(null);
        if (language == null) {
            return wrong(LabLanguage.refusal(lang));
        }
        if (most < 1) {
            return wrong("--most is at least 1.");
        }
        if (json && !once) {
            return wrong("--json needs --once.");
        }
        try {
            return shown(new MessageBook(language));
        } catch (LookFailure e) {
            err.println("pando: " + e.getMessage() + ".");
            return ExitCode.SOFTWARE;
        }
    }

    private int wrong(String why) {
        err.println("pando: " + why);
        return ExitCode.USAGE;
    }

    private int shown(MessageBook messages) throws IOException, LookFailure, InterruptedException {
        List<FoundProgram> found = pid == null ? ProgramFinder.all() : List.of(new FoundProgram(pid, ""));
        List<Long> pids = found.stream().map(FoundProgram::pid).toList();
        if (once && json) {
            new LookPrinter(out, most).json(pids);
            return ExitCode.OK;
        }
        if (found.isEmpty()) {
            err.println(messages.text("top.none"));
            return ExitCode.SOFTWARE;
        }
        if (!once && terminal.screen() && found.size() > 1) {
            out.println(messages.text("top.several"));
            found.forEach(program -> out.println("  " + program.pid() + "  " + program.main()));
            return ExitCode.OK;
        }
        if (!once && terminal.screen()) {
            return live(pids.getFirst(), messages);
        }
        new LookPrinter(out, most).tables(pids, messages, terminal.width());
        return ExitCode.OK;
    }

    /** The screen is changed last, so that a program that cannot be looked at is told of as by any command. */
    private int live(long program, MessageBook messages) throws IOException, LookFailure, InterruptedException {
        boolean isThere;
        try (ProgramLink link = ProgramLink.to(program);
                KeyTerminal keys = KeyTerminal.open(out)) {
            if (keys == null) {
                new LookPrinter(out, most).tables(List.of(program), messages, terminal.width());
                return ExitCode.OK;
            }
            int wished = System.getenv("COLUMNS") == null ? 0 : terminal.width();
            isThere = new TopSession(link, keys, messages, terminal, wished, most, every).run();
        }
        if (!isThere) {
            out.println(messages.text("top.ended"));
        }
        return ExitCode.OK;
    }
}
