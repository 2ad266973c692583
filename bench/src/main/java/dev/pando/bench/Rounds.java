package dev.pando.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs all benchmarks in rounds, one fork of each in a round, Pando's and the peer's in turn, and prints the tables of
 * README.md. On a machine whose speed changes from minute to minute this is fairer than JMH's order, which runs all
 * forks of a benchmark before the first of the next.
 *
 * <p>Arguments: the number of rounds (5), or {@code quick} for one short one; then, if not all, a pattern.
 */
public final class Rounds {
    private final Map<String, RoundSamples> all = new TreeMap<>();

    private Rounds() {}

    public static void main(String[] args) throws RunnerException {
        boolean quick = args.length > 0 && args[0].equals("quick");
        int rounds = quick ? 1 : args.length > 0 ? Integer.parseInt(args[0]) : 5;
        String pattern = args.length > 1 ? args[1] : ".*";
        Rounds run = new Rounds();
        for (int round = 1; round <= rounds; round++) {
            System.err.println("round " + round + " of " + rounds);
            run.round(pattern, quick);
        }
        run.print();
    }

    private void round(String pattern, boolean quick) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("dev\\.pando\\.bench\\..*(" + pattern + ")")
                .forks(1)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT);
        if (quick) {
            options.warmupIterations(2).warmupTime(TimeValue.milliseconds(150));
            options.measurementIterations(2).measurementTime(TimeValue.milliseconds(150));
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        for (RunResult result : results) {
            RoundSamples roundSamples = all.computeIfAbsent(name(result), _ -> new RoundSamples());
            Result<?> elements = result.getSecondaryResults().get("elements");
            roundSamples.scores().add((elements == null ? result.getPrimaryResult() : elements).getScore());
            Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
            if (bytes != null) {
                roundSamples.bytes().add(bytes.getScore());
            }
        }
    }

    private static String name(RunResult result) {
        String method = result.getParams().getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1");
        StringBuilder name = new StringBuilder(method);
        for (String key : result.getParams().getParamsKeys()) {
            name.append(' ').append(result.getParams().getParam(key));
        }
        return name.toString();
    }

    private void print() {
        BoundsTable.print(all);
        System.out.println("| benchmark | tasks a ms: median | lowest – highest | bytes a task |");
        System.out.println("|---|---:|---:|---:|");
        all.forEach((name, roundSamples) -> System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %,.0f – %,.0f | %,.0f |%n",
                name,
                RoundSamples.median(roundSamples.scores()),
                roundSamples.scores().stream().mapToDouble(x -> x).min().orElse(0),
                roundSamples.scores().stream().mapToDouble(x -> x).max().orElse(0),
                RoundSamples.median(roundSamples.bytes()) / tasks(name)));
    }

    /** Returns the tasks in an operation: {@code n} for {@link AsCompleted}; JMH has divided the others already. */
    private static double tasks(String name) {
        return name.startsWith("AsCompleted") ? Double.parseDouble(name.replaceAll(".* ", "")) : 1;
    }
}
