package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.lab.result.Amount;
import dev.pando.lab.result.Chart;
import dev.pando.lab.result.Result;
import dev.pando.lab.result.Sample;
import dev.pando.lab.result.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Six large numbers tested by worker processes: CPU-bound work in pieces of equal length, answers in order. */
final class PrimesExperiment implements Experiment {
    private static final List<Long> NUMBERS = List.of(
            112272535095293L, 112582705942171L, 112272535095293L, 115280095190773L, 115797848077099L, 1099726899285419L);
    private static final List<Boolean> ANSWERS = List.of(true, true, true, true, true, false);

    @Override
    public String name() {
        return "primes";
    }

    @Override
    public String question() {
        return "Which of six large numbers are prime? Asked of worker processes, answered in the order of the question.";
    }

    @Override
    public int steps() {
        return 2;
    }

    @Override
    public Result run(Bench bench) throws Exception {
        Findings found = new Findings(this, bench);
        List<Boolean> answers = new ArrayList<>();

        bench.step("six numbers, one after the other");
        Sample alone = found.sampled(bench.measure(bench.runs(), () -> NUMBERS.stream().map(PrimesExperiment::isPrime).toList()));

        bench.step("six numbers on " + bench.crew() + " processes");
        Sample crew;
        long start = System.nanoTime();
        long firstAnswer;
        try (Pool pool = bench.with("processes", bench.processes(bench.crew())).open()) {
            pool.submit(PrimesExperiment::isPrime, 2L).result();
            firstAnswer = System.nanoTime() - start;
            Callable<Boolean> ask = () -> {
                answers.clear();
                try (Stream<Boolean> inOrder = pool.named("prime?").mapping(PrimesExperiment::isPrime).chunk(1).over(NUMBERS)) {
                    return answers.addAll(inOrder.toList());
                }
            };
            bench.warmUp(ask); // twice, because each worker is a separate JVM with its own compiler
            bench.warmUp(ask);
            crew = found.sampled(bench.measure(bench.runs(), ask));
        }
        report(bench, found, answers, alone, crew, firstAnswer);
        return found.result();
    }

    private static void report(Bench bench, Findings found, List<Boolean> answers, Sample alone, Sample crew, long firstAnswer) {
        var table = Table.of("The answers, in the order of the numbers", "number", "answer");
        for (int i = 0; i < NUMBERS.size(); i++) {
            table.row(String.valueOf(NUMBERS.get(i)), answers.get(i) ? "prime" : "not prime");
        }
        found.table(table);
        found.table(Table.of("All six", "way", "time", "speed-up").bar("time")
                .row("one after the other", alone.time(), Amount.times(1))
                .row(bench.crew() + " processes, warm", crew.time(), Amount.times(crew.speedUpOver(alone))));
        found.chart(Chart.bars("Six numbers", "way", "milliseconds")
                .labels(List.of("one after the other", bench.crew() + " processes"))
                .series("time", List.of(alone.median() / 1e6, crew.median() / 1e6)));
        found.fact("prime, prime, prime, prime, prime, not prime: in this order", answers.equals(ANSWERS));

        int useful = Math.min(bench.cpus(), bench.crew());
        found.expected("The numbers take about as long as each other, so %d processes on %d processors should come near %dx.",
                bench.crew(), bench.cpus(), useful);
        found.measured("%.2fx with warm workers. The very first answer of a new worker took %s: a JVM had to be started for it.",
                crew.speedUpOver(alone), Amount.nanos(firstAnswer));
        found.why("Nothing is shared and nothing waits, so the work spreads over the processors there are%s; the order is the map's, not"
                + " the workers'.", bench.cpus() == 1 ? " (here: one, so nothing is gained)"
                : crew.speedUpOver(alone) < 0.6 * useful ? " (here they were not free: other programs compute as well)" : "");
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
