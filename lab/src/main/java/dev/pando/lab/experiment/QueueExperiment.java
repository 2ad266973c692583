package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.lab.result.TimeSpan;
import dev.pando.local.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A producer that is faster than its consumers: without a bound the queue grows, with one the producer waits. */
final class QueueExperiment implements Experiment {
    private static final int ITEM_BYTES = 16 * 1024;
    private static final int WORKERS = 2;
    private static final int BOUND = 50;
    private static final int LOOKS = 20;

    /** The measurements of a run, with or without a bound. */
    record Run(List<Double> lengths, long longest, long producerNanos, long allNanos, long consumed) {}

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public int steps() {
        return 2;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) {
        FindingCollector found = new FindingCollector(this, experimentContext);
        int items = (int) experimentContext.pick(200, 4_000, 20_000);
        experimentContext.step("unbounded");
        Run unbounded = produce(experimentContext, "unbounded", items, items);
        experimentContext.step("bounded");
        Run bounded = produce(experimentContext, "bounded", BOUND, items);

        found.fact("queue.fact.every-item-consumed-without-bound", unbounded.consumed == items);
        found.fact("queue.fact.every-item-consumed-with-bound", bounded.consumed == items);
        found.fact("queue.fact.no-more-wait-than-bound", bounded.longest <= BOUND + WORKERS);
        tell(found, items, unbounded, bounded);
        return found.experimentResult();
    }

    /** Writes what follows from a run without a bound, and one with. Pure. */
    static void tell(FindingCollector found, int items, Run unbounded, Run bounded) {
        found.table(ResultTable.of(
                        found.text("queue.title", items),
                        "queue",
                        "longest",
                        "memory held by it",
                        "producer done after",
                        "all done after")
                .row(
                        "without a bound",
                        MeasuredAmount.count(unbounded.longest),
                        MeasuredAmount.bytes(unbounded.longest * (double) ITEM_BYTES),
                        MeasuredAmount.nanos(unbounded.producerNanos),
                        MeasuredAmount.nanos(unbounded.allNanos))
                .row(
                        found.text("queue.bound", BOUND),
                        MeasuredAmount.count(bounded.longest),
                        MeasuredAmount.bytes(bounded.longest * (double) ITEM_BYTES),
                        MeasuredAmount.nanos(bounded.producerNanos),
                        MeasuredAmount.nanos(bounded.allNanos))
                .bar("longest"));
        List<Integer> made = new ArrayList<>();
        for (int look = 1; look <= LOOKS; look++) {
            made.add(look * items / LOOKS);
        }
        found.chart(
                ChartData.lines("How many wait, while the producer produces", "items produced", "items in the queue")
                        .labels(made)
                        .series("without a bound", unbounded.lengths)
                        .series(found.text("queue.bound", BOUND), bounded.lengths));

        double without = Math.max(1, unbounded.allNanos);
        double slower = Math.max(1, bounded.allNanos) / without;
        found.expected("queue.expected");
        found.measured(
                SpeedWords.equal(slower, 1)
                        ? "queue.measured.same"
                        : slower > 1 ? "queue.measured.longer" : "queue.measured.less",
                unbounded.longest,
                MeasuredAmount.bytes(unbounded.longest * (double) ITEM_BYTES),
                bounded.longest,
                MeasuredAmount.nanos(unbounded.allNanos),
                MeasuredAmount.nanos(bounded.allNanos),
                100 * Math.abs(slower - 1));
        found.verdict(SpeedWords.missing(
                unbounded.longest > 2 * bounded.longest, found.text("queue.missing.producer-hardly-faster-than-its")));
        found.why("queue.why");
    }

    private static Run produce(ExperimentContext experimentContext, String group, int bound, int items) {
        AtomicLong consumed = new AtomicLong();
        List<Double> lengths = new ArrayList<>();
        long longest = 0;
        long start = System.nanoTime();
        long producer;
        try (Pool pool = experimentContext
                .unheard(group, Threads.of(WORKERS))
                .queue(bound)
                .open()) {
            for (int i = 1; i <= items; i++) {
                byte[] item = new byte[ITEM_BYTES];
                TaskFuture<?> _ = pool.submit(() -> {
                    SpinWork.run(item.length, SpinWork.steps(60));
                    consumed.incrementAndGet();
                });
                int waiting = pool.stats().queued();
                longest = Math.max(longest, waiting);
                if (i % (items / LOOKS) == 0) {
                    lengths.add((double) waiting);
                }
            }
            producer = System.nanoTime() - start;
        }
        long all = System.nanoTime() - start;
        long end = experimentContext.timelineRecorder().now();
        experimentContext
                .timelineRecorder()
                .span(group, group + " producer", "produces", TimeSpan.Kind.RUN, end - all, end - all + producer);
        experimentContext
                .timelineRecorder()
                .span(group, group + " consumers", "consume", TimeSpan.Kind.RUN, end - all, end);
        return new Run(lengths, longest, producer, all, consumed.get());
    }
}
