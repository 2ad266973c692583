package dev.pando.lab.experiment;

import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.PoolListener;
import dev.pando.TaskFuture;
import dev.pando.TaskInfo;
import dev.pando.WaitResult;
import dev.pando.When;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.ResultTable;
import dev.pando.local.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Futures as they are scheduled, waited for with a timeout that one of them misses, and taken as they complete. */
final class WaitExperiment implements Experiment {
    @Override
    public String name() {
        return "wait";
    }

    @Override
    public int steps() {
        return 2;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) throws InterruptedException {
        FindingCollector found = new FindingCollector(this, experimentContext);
        Duration timeout = Duration.ofMillis(experimentContext.pick(200, 500, 7_000));
        AtomicBoolean waitIsOver = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(2);
        PoolListener beginning = new PoolListener() {
            @Override
            public void started(TaskInfo task) {
                begun.countDown();
            }
        };
        try (Pool pool = experimentContext
                .with("threads", Threads.of(2))
                .listener(beginning)
                .open()) {
            experimentContext.step("wait.step", timeout.toMillis());
            List<TaskFuture<Long>> futures = new ArrayList<>();
            for (long limit : SumWork.LIMITS.reversed()) { // long sums first, so that the short ones visibly wait
                var named = pool.named(SumWork.name(limit));
                boolean last = limit == SumWork.LIMITS.getLast();
                futures.add(
                        last ? named.submit(() -> againUntil(waitIsOver, limit)) : named.submit(SumWork::upTo, limit));
            }
            begun.await();
            List<String> scheduled = states(futures);
            WaitResult<Long> waited = Futures.wait(futures, When.ALL_COMPLETED, timeout);
            List<String> atTheTimeout = states(futures);
            waitIsOver.set(true);

            experimentContext.step("the rest, as it completes");
            List<TaskFuture<Long>> order = new ArrayList<>();
            Futures.asCompleted(futures).forEach(order::add);
            report(found, futures, scheduled, atTheTimeout, waited, order, timeout);
        } finally {
            waitIsOver.set(true);
        }
        return found.experimentResult();
    }

    /**
     * Repeats the longest sum until the wait has timed out, so that it misses the timeout on any machine: a modern JVM
     * adds a hundred million numbers in an instant.
     */
    private static long againUntil(AtomicBoolean over, long limit) {
        long sum;
        do {
            sum = SumWork.upTo(limit);
        } while (!over.get());
        return sum;
    }

    private static List<String> states(List<TaskFuture<Long>> futures) {
        return futures.stream()
                .map(future -> future.isDone() ? "done" : future.isRunning() ? "running" : "pending")
                .toList();
    }

    private static void report(
            FindingCollector found,
            List<TaskFuture<Long>> futures,
            List<String> scheduled,
            List<String> atTheTimeout,
            WaitResult<Long> waited,
            List<TaskFuture<Long>> order,
            Duration timeout) {
        var table = ResultTable.of(
                "What was known of each, and when",
                "sum",
                "two have begun",
                "at the timeout",
                "set",
                "came as",
                "value");
        for (int i = 0; i < futures.size(); i++) {
            TaskFuture<Long> future = futures.get(i);
            table.row(
                    SumWork.name(SumWork.LIMITS.reversed().get(i)),
                    scheduled.get(i),
                    atTheTimeout.get(i),
                    waited.done().contains(future) ? "done" : "not done",
                    (order.indexOf(future) + 1) + ".",
                    String.valueOf(future.result()));
        }
        found.table(table);

        found.fact(
                "wait.fact.each-future-in-one-two",
                waited.done().size() + waited.notDone().size() == futures.size());
        found.fact("wait.fact.longest-sum-misses-timeout", waited.notDone().contains(futures.getFirst()));
        found.fact("wait.fact.all-four-come-as-they", order.size() == futures.size() && order.containsAll(futures));
        found.fact(
                "wait.fact.four-sums-are-right",
                futures.stream().map(TaskFuture::result).toList().equals(SumWork.VALUES.reversed()));

        found.expected("wait.expected");
        found.measured(
                "wait.measured",
                scheduled,
                timeout.toMillis(),
                waited.done().size(),
                waited.notDone().size());
        found.verdict(SpeedWords.missing(
                scheduled.equals(List.of("running", "running", "pending", "pending")),
                found.text("wait.missing.look-at-four-came-when"),
                waited.notDone().size() == 1,
                found.text("wait.missing.not-only-longest", waited.notDone().size())));
        found.why("wait.why");
    }
}
