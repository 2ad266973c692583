package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.shared.SharedCounter;
import dev.pando.spi.Backend;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Threads share, processes do not: the same counter in both, and what a worker of each kind costs. */
final class MemoryExperiment implements Experiment {
    private static final int TASKS = 4;
    private static final int CHANGES = 1_000;

    /** The counter of this JVM; a worker process has its own. */
    private static final AtomicLong COUNTER = new AtomicLong();

    /** What a worker saw: its process id, and the counter after its task. */
    private record Seen(long process, long counter) implements Serializable {}

    /** The cost of a worker: time until its first answer, and memory. */
    record Cost(double nanos, double bytes) {
        Object weight() {
            return bytes < 0 ? "not known here" : MeasuredAmount.bytes(bytes);
        }

        Object held() {
            return bytes < 0 ? "an unknown amount of memory" : MeasuredAmount.bytes(bytes);
        }
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public int steps() {
        return 6;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) throws Exception {
        FindingCollector found = new FindingCollector(this, experimentContext);
        var counters = ResultTable.of(
                "One static counter, four tasks add 1 000 each",
                "workers",
                "the parent's counter",
                "seen by the last task of each worker");
        experimentContext.step("the counter, with threads");
        List<Seen> byThreads = count(experimentContext, "threads", Threads.of(2));
        long afterThreads = COUNTER.get();
        counters.row("2 threads", MeasuredAmount.count(afterThreads), lastSeen(byThreads));
        experimentContext.step("the counter, with processes");
        List<Seen> byProcesses = count(experimentContext, "processes", experimentContext.processes(2));
        long afterProcesses = COUNTER.get();
        Map<Long, Long> workers = largest(byProcesses);
        counters.row("2 processes", MeasuredAmount.count(afterProcesses), lastSeen(byProcesses));
        experimentContext.step("the counter that processes share");
        long shared = countTogether(experimentContext);
        counters.row("2 processes, a counter that they share", MeasuredAmount.count(shared), "–");
        found.table(counters);
        found.fact("memory.fact.threads-change-parent-s-counter", afterThreads == (long) TASKS * CHANGES);
        found.fact("memory.fact.processes-leave-it-alone-0", afterProcesses == 0);
        found.fact(
                "memory.fact.processes-own-counters-add-up",
                workers.values().stream().mapToLong(Long::longValue).sum() == (long) TASKS * CHANGES);
        found.fact("memory.fact.shared-counter-has-all", shared == (long) TASKS * CHANGES);
        costs(experimentContext, found);
        return found.experimentResult();
    }

    private static List<Seen> count(ExperimentContext experimentContext, String group, Backend backend) {
        COUNTER.set(0);
        try (Pool pool = experimentContext.with(group, backend).open()) {
            List<TaskFuture<Seen>> tasks = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) {
                tasks.add(pool.named("count").submit(() -> {
                    for (int change = 0; change < CHANGES; change++) {
                        COUNTER.incrementAndGet();
                    }
                    return new Seen(ProcessHandle.current().pid(), COUNTER.get());
                }));
            }
            return tasks.stream().map(TaskFuture::result).toList();
        }
    }

    /** Returns what the program reads of a counter that four tasks in processes have added to. */
    private static long countTogether(ExperimentContext experimentContext) {
        try (Pool pool = experimentContext
                .with("together", experimentContext.processes(2))
                .open()) {
            SharedCounter counter = pool.shared().counter();
            List<TaskFuture<Long>> tasks = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) {
                tasks.add(pool.named("count").submit(() -> {
                    for (int change = 0; change < CHANGES; change++) {
                        counter.increment();
                    }
                    return counter.get();
                }));
            }
            tasks.forEach(TaskFuture::result);
            return counter.get();
        }
    }

    private static Map<Long, Long> largest(List<Seen> all) {
        Map<Long, Long> largest = new LinkedHashMap<>();
        all.forEach(seen -> largest.merge(seen.process, seen.counter, Math::max));
        return largest;
    }

    private static String lastSeen(List<Seen> all) {
        return String.join(
                ", ",
                largest(all).values().stream()
                        .map(counter -> MeasuredAmount.count(counter).toString())
                        .toList());
    }

    private static void costs(ExperimentContext experimentContext, FindingCollector found) throws Exception {
        Map<String, Cost> costs = new LinkedHashMap<>();
        experimentContext.step("a platform thread");
        costs.put("platform thread", new Cost(firstAnswer(experimentContext, Threads.of(1)), threadBytes((int)
                experimentContext.pick(50, 500, 2_000))));
        experimentContext.step("a virtual thread");
        costs.put("virtual thread", new Cost(firstAnswer(experimentContext, Virtual.unlimited()), virtualBytes((int)
                experimentContext.pick(500, 20_000, 100_000))));
        experimentContext.step("a process");
        costs.put("process", process(experimentContext));

        tell(found, costs);
    }

    /** Writes what follows from the costs of a platform thread, a virtual thread and a process. Pure. */
    static void tell(FindingCollector found, Map<String, Cost> costs) {
        var table = ResultTable.of(
                        "What one worker costs",
                        "worker",
                        "from opening the pool to the first answer",
                        "memory while it waits")
                .bar("memory while it waits");
        costs.forEach((kind, cost) -> table.row(kind, MeasuredAmount.nanos(cost.nanos), cost.weight()));
        found.table(table);
        found.chart(ChartData.bars("From opening the pool to the first answer", "worker", "milliseconds")
                .labels(List.copyOf(costs.keySet()))
                .series(
                        "first answer",
                        costs.values().stream().map(cost -> cost.nanos / 1e6).toList()));
        Cost thread = Objects.requireNonNull(costs.get("platform thread"));
        Cost process = Objects.requireNonNull(costs.get("process"));
        found.expected("memory.expected");
        found.measured(
                "memory.measured",
                MeasuredAmount.nanos(process.nanos),
                process.held(),
                MeasuredAmount.nanos(thread.nanos),
                thread.held());
        found.verdict(SpeedWords.missing(
                process.nanos > thread.nanos,
                found.text("memory.missing.process-not-slower-to-begin"),
                process.bytes < 0 || thread.bytes < 0 || process.bytes > thread.bytes,
                found.text("memory.missing.process-did-not-hold-more")));
        found.why("memory.why");
    }

    private static double firstAnswer(ExperimentContext experimentContext, Backend backend) throws Exception {
        return experimentContext
                .measure(experimentContext.runs(), () -> {
                    try (Pool pool = experimentContext.unheard("first", backend).open()) {
                        return pool.submit(() -> 1).result();
                    }
                })
                .median();
    }

    private static double threadBytes(int count) throws InterruptedException {
        double before = HeapMeter.byTheProcess();
        var over = new CountDownLatch(1);
        try (Pool pool = begun(Threads.of(count), count, over)) {
            double after = HeapMeter.byTheProcess();
            over.countDown();
            return before < 0 ? -1 : Math.max(0, after - before) / pool.stats().workers();
        } finally {
            over.countDown();
        }
    }

    private static double virtualBytes(int count) throws InterruptedException {
        double before = HeapMeter.inTheHeap();
        var over = new CountDownLatch(1);
        try (Pool _ = begun(Virtual.unlimited(), count, over)) {
            double after = HeapMeter.inTheHeap();
            over.countDown();
            return Math.max(0, after - before) / count;
        } finally {
            over.countDown();
        }
    }

    /** Returns a pool of {@code count} workers, all of which have begun a task and wait. */
    private static Pool begun(Backend backend, int count, CountDownLatch over) throws InterruptedException {
        var begun = new CountDownLatch(count);
        Pool pool = Pool.open(backend);
        for (int i = 0; i < count; i++) {
            var _ = pool.submit(() -> {
                begun.countDown();
                over.await();
            });
        }
        begun.await();
        return pool;
    }

    private static Cost process(ExperimentContext experimentContext) {
        long start = System.nanoTime();
        try (Pool pool = experimentContext
                .with("one process", experimentContext.processes(1))
                .open()) {
            long pid = pool.named("who are you?")
                    .submit(() -> ProcessHandle.current().pid())
                    .result();
            long nanos = System.nanoTime() - start;
            OptionalLong bytes = ResidentMemory.of(pid);
            return new Cost(nanos, bytes.orElse(-1));
        }
    }
}
