package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.PoolException;
import dev.pando.TaskFuture;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.local.Threads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One thread's fault against one process's: eight tasks, of which one goes wrong in a milder and in a harder way. */
final class FaultExperiment implements Experiment {
    private static final int TASKS = 8;
    private static final int BAD = 4;

    /** What goes wrong in one of the tasks. */
    enum Fault {
        EXCEPTION("throws an exception") {
            @Override
            void happen() {
                throw new IllegalStateException("no");
            }
        },
        STACK("overflows its stack") {
            @Override
            void happen() {
                deeper(1);
            }
        },
        HALT("halts its JVM") {
            @Override
            void happen() {
                Runtime.getRuntime().halt(3);
            }
        };

        final String title;

        Fault(String title) {
            this.title = title;
        }

        abstract void happen();

        private static long deeper(long n) {
            return n == Long.MAX_VALUE ? n : 1 + deeper(n + 1);
        }
    }

    /** How many of eight tasks were done, beside one that went wrong. */
    record Done(int byThreads, int byProcesses) {}

    @Override
    public String name() {
        return "fault";
    }

    @Override
    public int steps() {
        return 2 * Fault.values().length;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) {
        FindingCollector found = new FindingCollector(this, experimentContext);
        Map<Fault, Done> all = new LinkedHashMap<>();
        try (Pool threads = experimentContext
                        .with("one process of four threads", experimentContext.processes(1))
                        .open();
                Pool processes = experimentContext
                        .with("two processes", experimentContext.processes(2))
                        .open()) {
            for (Fault fault : Fault.values()) {
                experimentContext.step("fault.step.threads", fault.title);
                int byThreads = inOneProcess(threads, fault);
                experimentContext.step("fault.step.processes", fault.title);
                all.put(fault, new Done(byThreads, inProcesses(processes, fault)));
            }
        }
        all.forEach((fault, done) -> found.fact("fault.fact.seven", done.byProcesses == TASKS - 1, fault.title));
        tell(found, all);
        return found.experimentResult();
    }

    /** The threads live in a process of their own, because this one must outlive them. */
    private static int inOneProcess(Pool pool, Fault fault) {
        try {
            return pool.named(fault.title)
                    .submit(FaultExperiment::withThreads, fault)
                    .result();
        } catch (PoolException lost) {
            return 0;
        }
    }

    private static int withThreads(Fault fault) {
        try (Pool pool = Pool.open(Threads.of(4))) {
            return done(pool, fault);
        }
    }

    private static int inProcesses(Pool pool, Fault fault) {
        return done(pool, fault);
    }

    private static int done(Pool pool, Fault fault) {
        List<TaskFuture<Integer>> tasks = new ArrayList<>();
        for (int number = 0; number < TASKS; number++) {
            tasks.add(
                    number == BAD
                            ? pool.named(fault.title).submit(FaultExperiment::bad, fault)
                            : pool.named("good work").submit(FaultExperiment::good, number));
        }
        return (int) tasks.stream().filter(task -> task.exception() == null).count();
    }

    private static int bad(Fault fault) {
        fault.happen();
        return 0;
    }

    private static int good(int number) {
        SpinWork.run(number, SpinWork.steps(1_000));
        return number;
    }

    /** Writes what follows from how many were done. Pure. */
    static void tell(FindingCollector found, Map<Fault, Done> all) {
        var table = ResultTable.of(
                        "Eight tasks, of which one goes wrong", "one task", "threads: done", "processes: done")
                .bar("threads: done");
        all.forEach((fault, done) ->
                table.row(fault.title, MeasuredAmount.count((long) done.byThreads), MeasuredAmount.count((long)
                        done.byProcesses)));
        found.table(table);
        Done mild = all.getOrDefault(Fault.EXCEPTION, new Done(0, 0));
        Done hard = all.getOrDefault(Fault.HALT, new Done(0, 0));
        found.expected("fault.expected");
        found.measured("fault.measured", mild.byThreads, mild.byProcesses, hard.byThreads, hard.byProcesses);
        found.verdict(SpeedWords.missing(
                mild.byThreads == TASKS - 1 && mild.byProcesses == TASKS - 1,
                found.text("fault.missing.exception-cost-more-than-its"),
                hard.byThreads < hard.byProcesses,
                found.text("fault.missing.threads-lost-no-more-than")));
        found.why("fault.why");
    }
}
