package dev.pando.lab;

import dev.pando.lab.call.WorkerChoice;
import dev.pando.lab.experiment.Experiment;
import dev.pando.lab.experiment.ExperimentCatalog;
import dev.pando.lab.experiment.ExperimentContext;
import dev.pando.lab.experiment.ExperimentSize;
import dev.pando.lab.language.LabLanguage;
import dev.pando.lab.language.MessageBook;
import dev.pando.lab.report.LabReport;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MachineInfo;
import dev.pando.lab.terminal.ProgressBoard;
import dev.pando.lab.terminal.ResultText;
import dev.pando.lab.terminal.Terminal;
import dev.pando.spi.Backend;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pando lab [NAME...]}: runs experiments on this machine, explains them, and writes reports if asked. */
@Command(
        name = "lab",
        description = "Show, measure and explain concurrency on this machine, by experiments.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./pando lab                          all experiments, in less than a minute",
            "  ./pando lab --list                   what there is",
            "  ./pando lab race gil                 two of them",
            "  ./pando lab --full race              with the large numbers of the notes",
            "  ./pando lab --report lab.html        and a page with drawings, for any browser",
            "  ./pando lab --lang ko race           in Korean",
            "  ./pando lab sum --pool cluster:localhost:7400   on the nodes of a cluster too",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every experiment ran, and every fact held",
            "1:an experiment failed, or computed something wrong",
            "2:there is no such experiment; nothing ran",
            "130:stopped by Ctrl-C"
        })
final class LabCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final PrintWriter out;
    private final PrintWriter err;

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "Which experiments; without a name: all.")
    List<String> names = new ArrayList<>();

    @Option(names = "--list", description = "List the experiments, and run none.")
    boolean list;

    @Option(
            names = "--lang",
            paramLabel = "LANG",
            completionCandidates = Languages.class,
            description = "The language of texts and report: en or ko. Left out: that of the locale.")
    @Nullable
    String lang;

    @Option(
            names = "--pool",
            paramLabel = "cluster:HOST:PORT",
            converter = WorkerChoice.Converter.class,
            description = "Try the nodes of a cluster too, where an experiment can: sum, primes.")
    @Nullable
    WorkerChoice cluster;

    @Option(names = "--full", description = "Run the experiments at full size: some take minutes.")
    boolean full;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Write a page with tables, charts and timelines. It needs no network.")
    @Nullable
    Path report;

    @Option(
            names = "--trace",
            paramLabel = "FILE.json",
            description = "Write the timelines in Chrome's trace format, for ui.perfetto.dev.")
    @Nullable
    Path trace;

    @Option(names = "--json", paramLabel = "FILE.json", description = "Write all numbers as JSON.")
    @Nullable
    Path json;

    @Option(names = "--figures", paramLabel = "FOLDER", description = "Write each chart and timeline as an SVG file.")
    @Nullable
    Path figures;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    boolean help;

    private MessageBook messages = MessageBook.ENGLISH;

    LabCommand(Terminal terminal, PrintWriter out, PrintWriter err) {
        this.terminal = terminal;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        LabLanguage language = LabLanguage.chosen(lang).orElse(null);
        if (language == null) {
            err.println("pando: " + LabLanguage.refusal(lang));
            return ExitCode.USAGE;
        }
        messages = new MessageBook(language);
        if (list) {
            list();
            return ExitCode.OK;
        }
        List<Experiment> chosen = new ArrayList<>();
        for (String name : names) {
            var found = ExperimentCatalog.all().stream()
                    .filter(experiment -> experiment.name().equals(NearName.plain(name)))
                    .findFirst();
            if (found.isEmpty()) {
                err.println("pando: there is no experiment '" + name + "'. Did you mean '"
                        + NearName.of(name, experimentNames()).orElseThrow() + "'? `./pando lab --list` lists them.");
                return ExitCode.USAGE;
            }
            chosen.add(found.get());
        }
        List<Experiment> all = chosen.isEmpty() ? ExperimentCatalog.all() : chosen;
        if (cluster != null
                && !(cluster.kind().equals("cluster") && all.stream().anyMatch(Experiment::takesCluster))) {
            err.println("pando: --pool takes cluster:host:port, for " + String.join(", ", clusterNames())
                    + "; workers of this machine the lab chooses itself.");
            return ExitCode.USAGE;
        }
        return run(all);
    }

    /** Names for the shell's completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return experimentNames().iterator();
        }
    }

    /** Languages for the shell's completion. */
    static final class Languages implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return LabLanguage.codes().iterator();
        }
    }

    private static List<String> experimentNames() {
        return ExperimentCatalog.all().stream().map(Experiment::name).toList();
    }

    private void list() {
        int width = experimentNames().stream().mapToInt(String::length).max().orElse(0);
        for (Experiment experiment : ExperimentCatalog.all()) {
            out.println("  " + experiment.name()
                    + " ".repeat(width - experiment.name().length() + 3) + experiment.question(messages));
        }
        out.println();
        out.println(messages.text("command.run-one", experimentNames().getFirst()));
    }

    private static List<String> clusterNames() {
        return ExperimentCatalog.all().stream()
                .filter(Experiment::takesCluster)
                .map(Experiment::name)
                .toList();
    }

    private int run(List<Experiment> chosen) throws IOException {
        Backend nodes = cluster == null ? null : cluster.backend();
        MachineInfo machineInfo = MachineInfo.here();
        ResultText text = new ResultText(terminal, messages);
        text.paragraph(machineInfo.in(messages)).forEach(out::println);
        if (machineInfo.isBusy()) {
            text.paragraph(messages.text("command.busy")).forEach(out::println);
        }
        List<ExperimentResult> results = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        try (ProgressBoard progressBoard = new ProgressBoard(terminal, err, messages)) {
            for (Experiment experiment : chosen) {
                int further = nodes != null && experiment.takesCluster() ? 1 : 0;
                progressBoard.begin(experiment.name(), experiment.steps() + further);
                try {
                    ExperimentResult experimentResult = experiment.run(new ExperimentContext(
                            full ? ExperimentSize.FULL : ExperimentSize.QUICK, progressBoard, messages, nodes));
                    results.add(experimentResult);
                    progressBoard.end();
                    out.println();
                    text.lines(experimentResult).forEach(out::println);
                } catch (Exception failure) {
                    progressBoard.end();
                    failed.add(experiment.name());
                    err.println(messages.text("command.failed", experiment.name(), failure));
                    if (failure instanceof InterruptedException) {
                        return ExitCode.SOFTWARE;
                    }
                }
            }
        }
        write(new LabReport(machineInfo, results, messages));
        return verdict(results, failed);
    }

    private void write(LabReport all) throws IOException {
        if (report != null) {
            all.writePage(report);
            out.println();
            out.println(messages.text("command.report", report));
        }
        if (trace != null) {
            all.writeTrace(trace);
            out.println(messages.text("command.trace", trace));
        }
        if (json != null) {
            all.writeNumbers(json);
            out.println(messages.text("command.numbers", json));
        }
        if (figures != null) {
            out.println(messages.text("command.figures", all.writeFigures(figures), figures));
        }
    }

    private int verdict(List<ExperimentResult> results, List<String> failed) {
        List<String> wrong = results.stream()
                .filter(experimentResult -> !experimentResult.isRight())
                .map(ExperimentResult::name)
                .toList();
        if (!wrong.isEmpty()) {
            err.println(messages.text("command.wrong", wrong));
        }
        return wrong.isEmpty() && failed.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
