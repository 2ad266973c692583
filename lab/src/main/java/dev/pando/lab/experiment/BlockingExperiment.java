package dev.pando.lab.experiment;

import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.lab.result.TimeSpan;
import dev.pando.local.Virtual;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/** Four jobs in the four ways of asking: synchronous or not, blocking or not. A timeline for each. */
final class BlockingExperiment implements Experiment {
    private static final int JOBS = 4;

    /** A way of asking. */
    private enum Cell {
        SYNC_BLOCKING("synchronous, blocking"),
        SYNC_NON_BLOCKING("synchronous, non-blocking"),
        ASYNC_BLOCKING("asynchronous, blocking"),
        ASYNC_NON_BLOCKING("asynchronous, non-blocking");

        private final String title;

        Cell(String title) {
            this.title = title;
        }
    }

    @Override
    public String name() {
        return "blocking";
    }

    @Override
    public int steps() {
        return 4;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) throws Exception {
        FindingCollector found = new FindingCollector(this, experimentContext);
        Map<Cell, Double> times = new LinkedHashMap<>();
        var table = ResultTable.of(
                        "Four jobs for the device, and 12 pieces of own work",
                        "way",
                        "time",
                        "asked whether done",
                        "own work done while waiting")
                .bar("time");
        for (Cell cell : Cell.values()) {
            experimentContext.step(cell.title);
            try (Pool device =
                    experimentContext.with(cell.title, Virtual.unlimited()).open()) {
                Caller caller = new Caller(experimentContext, cell.title, device);
                long start = System.nanoTime();
                long sum = caller.perform(cell);
                double nanos = System.nanoTime() - start;
                times.put(cell, nanos);
                table.row(
                        cell.title,
                        MeasuredAmount.nanos(nanos),
                        MeasuredAmount.count(caller.asked),
                        MeasuredAmount.count(caller.meanwhile));
                found.fact("blocking.fact.all-four", sum == 10, cell.title);
                found.fact("blocking.fact.own-work", caller.left == 0, cell.title);
            }
        }
        found.table(table);
        found.chart(ChartData.bars("Four jobs and own work", "way", "milliseconds")
                .labels(times.keySet().stream().map(cell -> cell.title).toList())
                .series(
                        "time",
                        times.values().stream().map(nanos -> nanos / 1e6).toList()));
        tell(found, List.copyOf(times.values()));
        return found.experimentResult();
    }

    /** Writes what follows from the times of the four cells, in their order. Pure. */
    static void tell(FindingCollector found, List<Double> nanos) {
        found.expected("blocking.expected");
        found.measured(
                "blocking.measured",
                MeasuredAmount.nanos(nanos.get(0)),
                MeasuredAmount.nanos(nanos.get(1)),
                MeasuredAmount.nanos(nanos.get(2)),
                MeasuredAmount.nanos(nanos.get(3)));
        found.verdict(SpeedWords.missing(
                nanos.get(1) < nanos.get(0), found.text("blocking.missing.using-waits-gained-nothing-as"),
                nanos.get(2) < nanos.get(0), found.text("blocking.missing.asking-for-all-at-once"),
                nanos.get(3) < Math.min(nanos.get(1), nanos.get(2)),
                        found.text("blocking.missing.both-together-were-not-fastest")));
        found.why("blocking.why");
    }

    /** A caller with four jobs for the device and work of its own. Belongs to one thread. */
    private static final class Caller {
        private static final int OWN = 12;

        private final ExperimentContext experimentContext;
        private final String group;
        private final Pool device;
        private final long jobMillis;
        private final long ownSteps;
        private int left = OWN;
        private long asked;
        private long meanwhile;

        Caller(ExperimentContext experimentContext, String group, Pool device) {
            this.experimentContext = experimentContext;
            this.group = group;
            this.device = device;
            this.jobMillis = experimentContext.pick(2, 50, 200);
            this.ownSteps = SpinWork.steps(experimentContext.pick(50, 4_000, 16_000));
        }

        long perform(Cell cell) throws InterruptedException {
            long sum = switch (cell) {
                case SYNC_BLOCKING -> oneByOne();
                case SYNC_NON_BLOCKING -> oneByOneAsking();
                case ASYNC_BLOCKING -> allThenWait();
                case ASYNC_NON_BLOCKING -> allThenCalledBack();
            };
            while (left > 0) {
                workOfOnesOwn();
            }
            return sum;
        }

        private long oneByOne() {
            long sum = 0;
            for (int job = 1; job <= JOBS; job++) {
                TaskFuture<Integer> answer = ask(job);
                sum += waiting(experimentContext.text("blocking.waits", job), answer::result);
            }
            return sum;
        }

        private long oneByOneAsking() {
            long sum = 0;
            for (int job = 1; job <= JOBS; job++) {
                TaskFuture<Integer> answer = ask(job);
                while (!answer.isDone()) {
                    asked++;
                    if (left > 0) {
                        workOfOnesOwn();
                        meanwhile++;
                    } else {
                        Thread.onSpinWait();
                    }
                }
                sum += answer.result();
            }
            return sum;
        }

        private long allThenWait() {
            List<TaskFuture<Integer>> answers = new ArrayList<>();
            for (int job = 1; job <= JOBS; job++) {
                answers.add(ask(job));
            }
            return waiting(
                    "waits for all",
                    () -> Futures.gather(answers).result().stream()
                            .mapToInt(answer -> answer)
                            .sum());
        }

        private long allThenCalledBack() throws InterruptedException {
            AtomicLong sum = new AtomicLong();
            CountDownLatch open = new CountDownLatch(JOBS);
            for (int job = 1; job <= JOBS; job++) {
                var _ = ask(job).onDone(answer -> {
                    sum.addAndGet(answer.result());
                    open.countDown();
                });
            }
            while (left > 0 && open.getCount() > 0) {
                workOfOnesOwn();
                meanwhile++;
            }
            open.await(); // no own work is left
            return sum.get();
        }

        private TaskFuture<Integer> ask(int job) {
            long millis = jobMillis;
            return device.named(experimentContext.text("blocking.job", job)).submit(() -> {
                Thread.sleep(millis);
                return job;
            });
        }

        private void workOfOnesOwn() {
            long start = experimentContext.timelineRecorder().now();
            SpinWork.run(left, ownSteps);
            left--;
            experimentContext
                    .timelineRecorder()
                    .span(
                            group,
                            "caller",
                            "own work",
                            TimeSpan.Kind.RUN,
                            start,
                            experimentContext.timelineRecorder().now());
        }

        private long waiting(String why, IntSupplier answer) {
            long start = experimentContext.timelineRecorder().now();
            long value = answer.getAsInt();
            experimentContext
                    .timelineRecorder()
                    .span(
                            group,
                            "caller",
                            why,
                            TimeSpan.Kind.WAIT,
                            start,
                            experimentContext.timelineRecorder().now());
            return value;
        }
    }
}
