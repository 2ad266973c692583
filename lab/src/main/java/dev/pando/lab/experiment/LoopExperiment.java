package dev.pando.lab.experiment;

import dev.pando.lab.result.Amount;
import dev.pando.lab.result.Chart;
import dev.pando.lab.result.Result;
import dev.pando.lab.result.Table;
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
        return 2 * Activity.kinds().size();
    }

    @Override
    public Result run(Bench bench) throws Exception {
        Findings found = new Findings(this, bench);
        var sleeping = Table.of("Activities that sleep 50 ms, all at once", "kind", "how many", "all over after", "time each",
                "memory each").bar("memory each");
        var talking = Table.of("Two activities that hand a word to each other", "kind", "hand-overs", "time", "a hand-over")
                .bar("a hand-over");
        List<Activity> kinds = Activity.kinds();
        double[] bytes = new double[kinds.size()];
        double[] handOver = new double[kinds.size()];
        for (int i = 0; i < kinds.size(); i++) {
            Activity kind = kinds.get(i);
            bench.step("sleeping " + kind.title());
            int count = kind.many(bench);
            Activity.Slept slept = kind.sleep(count);
            bytes[i] = slept.bytes() / count;
            sleeping.row(kind.title(), Amount.count(count), Amount.nanos(slept.nanos()), Amount.nanos(slept.nanos() / count),
                    slept.isWeighed() ? Amount.bytes(bytes[i]) : "not known here");
            found.fact("every one of the " + kind.title() + " woke up", slept.awake() == count);

            bench.step("talking " + kind.title());
            int rounds = (int) bench.pick(200, 10_000, 200_000);
            Activity.Talked talked = kind.talk(rounds);
            handOver[i] = talked.nanos() / rounds;
            talking.row(kind.title(), Amount.count(rounds), Amount.nanos(talked.nanos()), Amount.nanos(handOver[i]));
            found.fact("every word of the " + kind.title() + " arrived, in order", talked.heard() == (long) rounds * (rounds - 1) / 2);
        }
        found.table(sleeping);
        found.table(talking);
        List<String> names = kinds.stream().map(Activity::title).toList();
        found.chart(Chart.bars("Memory of an activity that sleeps", "kind", "KB").labels(names)
                .series("memory", Arrays.stream(bytes).map(size -> size / 1024).boxed().toList()));
        found.chart(Chart.bars("Handing over a word", "kind", "microseconds").labels(names)
                .series("a hand-over", Arrays.stream(handOver).map(nanos -> nanos / 1e3).boxed().toList()));
        explain(found, names, bytes, handOver);
        return found.result();
    }

    private static void explain(Findings found, List<String> names, double[] bytes, double[] handOver) {
        int last = names.size() - 1;
        found.expected("A platform thread is a thread of the operating system: it holds a stack, and handing over to another goes through"
                + " the kernel. The others are objects of the JVM: cheaper by far in memory, and quicker to hand over.");
        found.measured("A sleeping one of the %s held %s, one of the %s %s. A hand-over took %s among %s and %s among %s.",
                names.getFirst(), Amount.bytes(bytes[0]), names.get(last), Amount.bytes(bytes[last]),
                Amount.nanos(handOver[0]), names.getFirst(), Amount.nanos(handOver[last]), names.get(last));
        found.why("A waiting activity needs memory, and no processor. A stack that lives in the heap is as large as what is on it; the"
                + " kernel's way of waiting is made for hundreds, not for hundreds of thousands.%s", handOver[0] <= handOver[last]
                ? " That the kernel was no slower at handing over here is what was measured: with few processors it runs the next thread on the spot."
                : "");
    }
}
