package dev.pando.lab.experiment;

import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** User-level beside kernel-level threads: how many threads of the system carry a crowd of each, and what they cost. */
final class KernelExperiment implements Experiment {
    /** A crowd: how many there were, how many threads of the system that took, and the time to begin each. */
    record Crowd(int count, int kernelThreads, double nanosEach) {}

    @Override
    public String name() {
        return "kernel";
    }

    @Override
    public int steps() {
        return 2;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) throws Exception {
        FindingCollector found = new FindingCollector(this, experimentContext);
        int count = (int) experimentContext.pick(100, 1_000, 4_000);
        Map<String, Crowd> crowds = new LinkedHashMap<>();
        experimentContext.step("platform threads");
        crowds.put(
                "kernel-level: platform threads",
                crowd(count, Thread.ofPlatform().daemon().factory()));
        experimentContext.step("virtual threads");
        crowd(10, Thread.ofVirtual().factory()); // starts the carriers
        crowds.put(
                "user-level: virtual threads", crowd(count, Thread.ofVirtual().factory()));
        crowds.forEach((kind, crowd) -> found.fact("kernel.fact.all", crowd.count == count, kind));
        found.fact(
                "kernel.fact.each-platform-thread-thread-system",
                crowds.values().iterator().next().kernelThreads >= count);
        tell(found, crowds);
        return found.experimentResult();
    }

    static Crowd crowd(int count, ThreadFactory factory) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(count);
        CountDownLatch over = new CountDownLatch(1);
        List<Thread> all = new ArrayList<>();
        // Platform threads only: those of the system.
        ThreadMXBean system = ManagementFactory.getThreadMXBean();
        int before = system.getThreadCount();
        long start = System.nanoTime();
        try {
            for (int i = 0; i < count; i++) {
                Thread thread = factory.newThread(() -> {
                    begun.countDown();
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                thread.start();
                all.add(thread);
            }
            begun.await();
            double nanos = System.nanoTime() - start;
            int more = system.getThreadCount() - before;
            // threads of others may have ended meanwhile
            return new Crowd(all.size(), Math.max(known(system, all), more), nanos / count);
        } finally {
            over.countDown();
            for (Thread thread : all) {
                thread.join();
            }
        }
    }

    /** Returns how many of these threads the system has. */
    private static int known(ThreadMXBean system, List<Thread> crowd) {
        Set<Long> numbers = crowd.stream().map(Thread::threadId).collect(Collectors.toSet());
        return (int) LongStream.of(system.getAllThreadIds())
                .filter(numbers::contains)
                .count();
    }

    /** Writes what follows from two crowds, the kernel's first. Pure. */
    static void tell(FindingCollector found, Map<String, Crowd> crowds) {
        var table = ResultTable.of(
                        "A crowd that waits", "threads", "how many", "more threads of the system", "to begin each")
                .bar("more threads of the system");
        crowds.forEach((kind, crowd) -> table.row(
                kind,
                MeasuredAmount.count((long) crowd.count),
                MeasuredAmount.count((long) crowd.kernelThreads),
                MeasuredAmount.nanos(crowd.nanosEach)));
        found.table(table);
        found.chart(ChartData.bars("To begin a thread", "kind", "microseconds")
                .labels(List.copyOf(crowds.keySet()))
                .series(
                        "to begin",
                        crowds.values().stream()
                                .map(crowd -> crowd.nanosEach / 1e3)
                                .toList()));
        var both = List.copyOf(crowds.values());
        Crowd kernel = both.getFirst();
        Crowd user = both.getLast();
        found.expected("kernel.expected");
        found.measured(
                "kernel.measured",
                kernel.count,
                kernel.kernelThreads,
                MeasuredAmount.nanos(kernel.nanosEach),
                user.count,
                user.kernelThreads,
                MeasuredAmount.nanos(user.nanosEach));
        found.verdict(SpeedWords.missing(
                user.kernelThreads * 10L < kernel.kernelThreads,
                found.text("kernel.missing.user-level-threads-took-about"),
                SpeedWords.faster(user.nanosEach, kernel.nanosEach),
                found.text("kernel.missing.user-level-ones-were-not")));
        found.why("kernel.why");
    }
}
