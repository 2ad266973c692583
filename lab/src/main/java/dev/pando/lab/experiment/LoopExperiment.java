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
    public String question() {
        return "Thousands of activities that sleep, or talk to each other: what does each cost in time and memory?";
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
            experimentContext.step("sleeping " + kind.title());
            int count = kind.many(experimentContext);
            ActivityKind.Slept slept = kind.sleep(count);
            bytes[i] = slept.bytes() / count;
            sleeping.row(
                    kind.title(),
                    MeasuredAmount.count(count),
                    MeasuredAmount.nanos(slept.nanos()),
                    MeasuredAmount.nanos(slept.nanos() / count),
                    slept.isWeighed() ? MeasuredAmount.bytes(bytes[i]) : "not known here");
            found.fact("every one of the " + kind.title() + " woke up", slept.awake() == count);

            experimentContext.step("talking " + kind.title());
            int rounds = (int) experimentContext.pick(200, 10_000, 200_000);
            ActivityKind.Talked talked = kind.talk(rounds);
            handOver[i] = talked.nanos() / rounds;
            talking.row(
                    kind.title(),
                    MeasuredAmount.count(rounds),
                    MeasuredAmount.nanos(talked.nanos()),
                    MeasuredAmount.nanos(handOver[i]));
            found.fact(
                    "every word of the " + kind.title() + " arrived, in order",
                    talked.heard() == (long) rounds * (rounds - 1) / 2);
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
        found.expected(
                "A platform thread is a thread of the operating system: it holds a stack, and handing over to another"
                        + " goes through the kernel. The others are objects of the JVM: cheaper by far in memory, and"
                        + " quicker to hand over.");
        found.measured(
                "A sleeping one of the %s held %s, one of the %s %s. A hand-over took %s among %s and %s among %s.",
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
                "the memory of a thread that sleeps, which the system counts by pages that were touched, was not more",
                bytes[0] >= 0,
                "this system does not tell the memory of threads",
                SpeedWords.faster(handOver[last], handOver[0]),
                "the kernel was no slower at handing over: with few processors it runs the next thread on the spot"));
        found.why(
                "A waiting activity needs memory, and no processor. A stack that lives in the heap is as large as what"
                    + " is on it; the kernel's way of waiting is made for hundreds, not for hundreds of thousands.");
    }

    private static Object weight(double bytes) {
        return bytes < 0 ? "an unknown amount" : MeasuredAmount.bytes(bytes);
    }
}
