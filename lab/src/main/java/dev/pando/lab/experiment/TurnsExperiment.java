package dev.pando.lab.experiment;

import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.lab.result.TimeSpan;
import dev.pando.loop.Loop;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Cooperative beside pre-emptive: a hog that computes, and a ticker that wants a turn every two milliseconds. */
final class TurnsExperiment implements Experiment {
    private static final int SLICES = 50;

    /** A ticker's luck: how often it came, and the longest that it waited for a turn. */
    record Ticks(long count, double longest) {}

    @Override
    public String name() {
        return "turns";
    }

    @Override
    public int steps() {
        return 3;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) throws Exception {
        FindingCollector found = new FindingCollector(this, experimentContext);
        long steps = SpinWork.steps(1_000 * experimentContext.pick(20, 200, 1_000)) / SLICES;
        Map<String, Ticks> ways = new LinkedHashMap<>();
        experimentContext.step("cooperative, and the hog gives no way");
        ways.put("cooperative, selfish", onLoop(experimentContext, "cooperative, selfish", steps, false));
        experimentContext.step("cooperative, and the hog yields");
        ways.put("cooperative, yielding", onLoop(experimentContext, "cooperative, yielding", steps, true));
        experimentContext.step("pre-emptive");
        ways.put("pre-emptive", onThreads(experimentContext, "pre-emptive", steps));
        ways.forEach((way, ticks) -> found.fact("turns.fact.came", ticks.count > 0, way));
        tell(found, ways);
        return found.experimentResult();
    }

    private static Ticks onLoop(ExperimentContext experimentContext, String group, long steps, boolean yielding) {
        Loop settings = Loop.create().warnAfter(Duration.ZERO); // the hog blocks the loop, on purpose
        return Loop.run(settings, () -> {
            AtomicBoolean over = new AtomicBoolean();
            var ticker = Loop.spawn(() -> {
                Ticker ticks = new Ticker(experimentContext, group);
                do {
                    Loop.sleep(Duration.ofMillis(2));
                    ticks.tick();
                } while (!over.get());
                return ticks.seen();
            });
            Loop.yield(); // the ticker begins
            hog(experimentContext, group, steps, yielding ? Loop::yield : () -> {});
            over.set(true);
            return Loop.await(ticker);
        });
    }

    private static Ticks onThreads(ExperimentContext experimentContext, String group, long steps)
            throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        Ticker ticks = new Ticker(experimentContext, group);
        Thread ticker = Thread.ofPlatform().daemon().start(() -> {
            begun.countDown();
            try {
                do {
                    Thread.sleep(2);
                    ticks.tick();
                } while (!over.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        begun.await();
        hog(experimentContext, group, steps, () -> {});
        over.set(true);
        ticker.join();
        return ticks.seen();
    }

    private static void hog(ExperimentContext experimentContext, String group, long steps, Runnable between) {
        TimelineRecorder recorder = experimentContext.timelineRecorder();
        for (int slice = 0; slice < SLICES; slice++) {
            long start = recorder.now();
            SpinWork.run(slice, steps);
            recorder.span(group, "hog", "computes", TimeSpan.Kind.RUN, start, recorder.now());
            between.run();
        }
    }

    /** Belongs to the activity that ticks, and is read after its end. */
    private static final class Ticker {
        private final TimelineRecorder recorder;
        private final String group;
        private long last;
        private long count;
        private long longest;

        Ticker(ExperimentContext experimentContext, String group) {
            this.recorder = experimentContext.timelineRecorder();
            this.group = group;
            this.last = recorder.now();
        }

        void tick() {
            long now = recorder.now();
            recorder.span(group, "ticker", "waits for its turn", TimeSpan.Kind.WAIT, last, now);
            longest = Math.max(longest, now - last);
            last = now;
            count++;
        }

        Ticks seen() {
            return new Ticks(count, longest);
        }
    }

    /** Writes what follows from the ticks of the three ways. Pure. */
    static void tell(FindingCollector found, Map<String, Ticks> ways) {
        var table = ResultTable.of("A ticker beside a hog", "way", "ticks", "longest wait for a turn")
                .bar("longest wait for a turn");
        ways.forEach(
                (way, ticks) -> table.row(way, MeasuredAmount.count(ticks.count), MeasuredAmount.nanos(ticks.longest)));
        found.table(table);
        found.chart(ChartData.bars("The longest wait for a turn", "way", "milliseconds")
                .labels(List.copyOf(ways.keySet()))
                .series(
                        "longest wait",
                        ways.values().stream().map(ticks -> ticks.longest / 1e6).toList()));
        double selfish = longest(ways, "cooperative, selfish");
        double yielding = longest(ways, "cooperative, yielding");
        double preempted = longest(ways, "pre-emptive");
        found.expected("turns.expected");
        found.measured(
                "turns.measured",
                MeasuredAmount.nanos(selfish),
                MeasuredAmount.nanos(yielding),
                MeasuredAmount.nanos(preempted));
        found.verdict(SpeedWords.missing(
                SpeedWords.faster(yielding, selfish), found.text("turns.missing.yield-gained-nothing"),
                SpeedWords.faster(preempted, selfish), found.text("turns.missing.kernel-let-ticker-wait-as")));
        found.why("turns.why");
    }

    private static double longest(Map<String, Ticks> ways, String way) {
        return ways.getOrDefault(way, new Ticks(0, 0)).longest;
    }
}
