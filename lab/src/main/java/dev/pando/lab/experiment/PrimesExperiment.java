package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.lab.result.TimingSample;
import dev.pando.spi.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Six large numbers tested by worker processes: CPU-bound work in pieces of equal length, answers in order. */
final class PrimesExperiment implements Experiment {
    private static final List<Long> NUMBERS = List.of(
            112272535095293L,
            112582705942171L,
            112272535095293L,
            115280095190773L,
            115797848077099L,
            1099726899285419L);
    private static final List<Boolean> ANSWERS = List.of(true, true, true, true, true, false);

    @Override
    public String name() {
        return "primes";
    }

    @Override
    public int steps() {
        return 2;
    }

    @Override
    public boolean takesCluster() {
        return true;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) throws Exception {
        FindingCollector found = new FindingCollector(this, experimentContext);
        List<Boolean> answers = new ArrayList<>();

        experimentContext.step("six numbers, one after the other");
        TimingSample alone = found.sampled(experimentContext.measure(
                experimentContext.runs(),
                () -> NUMBERS.stream().map(PrimesExperiment::isPrime).toList()));

        experimentContext.step("primes.step", experimentContext.crew());
        long start = System.nanoTime();
        AskedPool processes = ask(
                experimentContext, found, "processes", experimentContext.processes(experimentContext.crew()), answers);
        report(experimentContext, found, answers, alone, processes.sample, processes.firstAnswer - start);

        Backend cluster = experimentContext.cluster();
        if (cluster != null) {
            experimentContext.step("cluster");
            TimingSample nodes = ask(experimentContext, found, "cluster", cluster, answers).sample;
            found.fact("primes.fact.cluster", answers.equals(ANSWERS));
            found.table(ResultTable.of("The six on the nodes of the cluster", "way", "time", "speed-up")
                    .row("cluster", nodes.time(), MeasuredAmount.times(nodes.speedUpOver(alone))));
        }
        return found.experimentResult();
    }

    /** How long the six numbers took, and when the first answer of all came. */
    private record AskedPool(TimingSample sample, long firstAnswer) {}

    private static AskedPool ask(
            ExperimentContext experimentContext,
            FindingCollector found,
            String group,
            Backend backend,
            List<Boolean> answers)
            throws Exception {
        try (Pool pool = experimentContext.with(group, backend).open()) {
            pool.submit(PrimesExperiment::isPrime, 2L).result();
            long firstAnswer = System.nanoTime();
            Callable<Boolean> ask = () -> {
                answers.clear();
                try (Stream<Boolean> inOrder = pool.named("is it prime?")
                        .mapping(PrimesExperiment::isPrime)
                        .chunk(1)
                        .over(NUMBERS)) {
                    return answers.addAll(inOrder.toList());
                }
            };
            experimentContext.warmUp(ask); // twice, because each worker is a separate JVM with its own compiler
            experimentContext.warmUp(ask);
            return new AskedPool(found.sampled(experimentContext.measure(experimentContext.runs(), ask)), firstAnswer);
        }
    }

    private static void report(
            ExperimentContext experimentContext,
            FindingCollector found,
            List<Boolean> answers,
            TimingSample alone,
            TimingSample crew,
            long firstAnswer) {
        var table = ResultTable.of("The answers, in the order of the numbers", "number", "answer");
        for (int i = 0; i < NUMBERS.size(); i++) {
            table.row(String.valueOf(NUMBERS.get(i)), answers.get(i) ? "prime" : "not prime");
        }
        found.table(table);
        found.fact("primes.fact.prime-prime-prime-prime-prime", answers.equals(ANSWERS));
        tell(found, alone, crew, (double) firstAnswer, experimentContext.crew(), experimentContext.cpus());
    }

    /** Writes what follows from the times. Pure. */
    static void tell(
            FindingCollector found,
            TimingSample alone,
            TimingSample crew,
            double firstAnswer,
            int processes,
            int cpus) {
        double speedUp = crew.speedUpOver(alone);
        found.table(ResultTable.of("All six", "way", "time", "speed-up")
                .bar("time")
                .row("one after the other", alone.time(), MeasuredAmount.times(1))
                .row(found.text("primes.warm", processes), crew.time(), MeasuredAmount.times(speedUp))
                .row("the first answer of a new process", MeasuredAmount.nanos(firstAnswer), ""));
        found.chart(ChartData.bars("Six numbers", "way", "milliseconds")
                .labels(List.of("one after the other", found.text("primes.processes", processes)))
                .series("time", List.of(alone.median() / 1e6, crew.median() / 1e6)));

        int useful = Math.min(cpus, processes);
        found.expected(useful == 1 ? "primes.expected.one-cpu" : "primes.expected", processes, cpus, useful);
        found.measured("primes.measured", processes, SpeedWords.fast(speedUp), MeasuredAmount.nanos(firstAnswer));
        found.verdict(SpeedWords.missing(
                useful == 1 || speedUp >= 0.7 * useful,
                found.text("primes.missing.processors-were-not-free-or"),
                speedUp <= 1.3 * useful,
                found.text("primes.missing.that-more-than-processors-there")));
        found.why("primes.why");
    }

    /** Trial division: slow on purpose. */
    private static boolean isPrime(long n) {
        if (n < 2) {
            return false;
        }
        if (n % 2 == 0) {
            return n == 2;
        }
        for (long divisor = 3; divisor * divisor <= n; divisor += 2) {
            if (n % divisor == 0) {
                return false;
            }
        }
        return true;
    }
}
