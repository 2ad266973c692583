package dev.pando.lab.experiment;

import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import java.util.Arrays;
import java.util.List;

/** Thousands of activities that sleep, and two that talk: what each kind of thread costs. */
final class LoopExperiment implements Experiment {
    @Override
    public String name() {
        return "loop";
    }

    @Override
    public int steps() {
        return 2 * ActivityKind.kinds().size();
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) throws Exception {
        FindingCollector found = new FindingCollector(this, experimentContext);
        var sleeping = ResultTable.of(
                        "Activities that sleep 50 ms, all at once",
                        "kind",
                        "how many",
                        "all over after",
                        "time each",
                        "memory each")
                .bar("memory each");
        var talking = ResultTable.of(
                        "Two activities that hand a word to each other", "kind", "hand-overs", "time", "a hand-over")
                .bar("a hand-over");
        List<ActivityKind> kinds = ActivityKind.kinds();
        double[] bytes = new double[kinds.size()];
        double[] handOver = new double[kinds.size()];
        for (int i = 0; i < kinds.size(); i++) {
            ActivityKind kind = kinds.get(i);
            experimentContext.step("loop.step.sleeping", kind.title());
            int count = kind.many(experimentContext);
            ActivityKind.Slept slept = kind.sleep(count);
            bytes[i] = slept.bytes() / count;
            sleeping.row(
                    kind.title(),
                    MeasuredAmount.count(count),
                    MeasuredAmount.nanos(slept.nanos()),
                    MeasuredAmount.nanos(slept.nanos() / count),
                    slept.isWeighed() ? MeasuredAmount.bytes(bytes[i]) : "not known here");
            found.fact("loop.fact.woke", slept.awake() == count, kind.title());

            experimentContext.step("loop.step.talking", kind.title());
            int rounds = (int) experimentContext.pick(200, 10_000, 200_000);
            ActivityKind.Talked talked = kind.talk(rounds);
            handOver[i] = talked.nanos() / rounds;
            talking.row(
                    kind.title(),
                    MeasuredAmount.count(rounds),
                    MeasuredAmount.nanos(talked.nanos()),
                    MeasuredAmount.nanos(handOver[i]));
            found.fact("loop.fact.heard", talked.heard() == (long) rounds * (rounds - 1) / 2, kind.title());
        }
        found.table(sleeping);
        found.table(talking);
        List<String> names = kinds.stream().map(ActivityKind::title).toList();
        found.chart(ChartData.bars("Memory of an activity that sleeps", "kind", "KB")
                .labels(names)
                .series(
                        "memory",
                        Arrays.stream(bytes).map(size -> size / 1024).boxed().toList()));
        found.chart(ChartData.bars("Handing over a word", "kind", "microseconds")
                .labels(names)
                .series(
                        "a hand-over",
                        Arrays.stream(handOver)
                                .map(nanos -> nanos / 1e3)
                                .boxed()
                                .toList()));
        explain(found, names, bytes, handOver);
        return found.experimentResult();
    }

    /** Writes what follows from memory and hand-overs of the kinds, the kernel's threads first. Pure. */
    static void explain(FindingCollector found, List<String> names, double[] bytes, double[] handOver) {
        int last = names.size() - 1;
        found.expected("loop.expected");
        found.measured(
                "loop.measured",
                names.getFirst(),
                weight(bytes[0]),
                names.get(last),
                weight(bytes[last]),
                MeasuredAmount.nanos(handOver[0]),
                names.getFirst(),
                MeasuredAmount.nanos(handOver[last]),
                names.get(last));
        found.verdict(SpeedWords.missing(
                bytes[0] > bytes[last] || bytes[0] < 0,
                found.text("loop.missing.memory-thread-that-sleeps-which"),
                bytes[0] >= 0,
                found.text("loop.missing.this-system-does-not-tell"),
                SpeedWords.faster(handOver[last], handOver[0]),
                found.text("loop.missing.kernel-no-slower-at-handing")));
        found.why("loop.why");
    }

    private static Object weight(double bytes) {
        return bytes < 0 ? "an unknown amount" : MeasuredAmount.bytes(bytes);
    }
}
