package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.TaskInfo;
import dev.pando.TaskTimeoutException;
import dev.pando.WorkerLostException;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.process.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A worker that exits, one that hangs, one that eats memory, in the middle of good work: three are lost, the rest is
 * done.
 */
final class CrashExperiment implements Experiment {
    private static final int TASKS = 12;
    private static final int EXITS = 3;
    private static final int HANGS = 6;
    private static final int EATS = 9;
    private static final Duration TIMEOUT = Duration.ofMillis(1_500);

    /** Longer than a parent without a processor is late, and no test hangs if it never looks. */
    private static final Duration KEEPS = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "crash";
    }

    @Override
    public int steps() {
        return TASKS;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) {
        FindingCollector found = new FindingCollector(this, experimentContext);
        Processes two = experimentContext.processes(2).heap("1g").memory("200m").grace(Duration.ofMillis(100));
        Map<Integer, TaskFuture<Integer>> tasks = new LinkedHashMap<>();
        long start = System.nanoTime();
        try (Pool pool = experimentContext.with("processes", two).open()) {
            for (int number = 1; number <= TASKS; number++) {
                tasks.put(number, submit(pool, number));
            }
            tasks.forEach((number, task) -> {
                experimentContext.step("crash.step", number);
                var _ = task.exception();
            });
        }
        report(found, tasks, System.nanoTime() - start);
        return found.experimentResult();
    }

    private static TaskFuture<Integer> submit(Pool pool, int number) {
        return switch (number) {
            case EXITS -> pool.named("exits").submit(CrashExperiment::exit, number);
            case HANGS -> pool.timeout(TIMEOUT).named("hangs").submit(CrashExperiment::hang, number);
            case EATS -> pool.named("eats memory").submit(CrashExperiment::eat, number);
            default -> pool.named("good work").submit(CrashExperiment::square, number);
        };
    }

    private static void report(FindingCollector found, Map<Integer, TaskFuture<Integer>> tasks, long nanos) {
        var table = ResultTable.of("Twelve tasks, two processes", "task", "outcome", "why");
        List<Integer> done = new ArrayList<>();
        List<Integer> lost = new ArrayList<>();
        boolean squares = true;
        for (var entry : tasks.entrySet()) {
            Throwable error = entry.getValue().exception();
            int number = entry.getKey();
            if (error == null) {
                done.add(number);
                squares &= entry.getValue().result() == number * number;
                continue;
            }
            lost.add(number);
            table.row(name(found, entry.getValue().info()), error.getClass().getSimpleName(), found.reason(error));
        }
        table.row(found.text("crash.others", done.size()), "done", "each on the worker that was there");
        found.table(table);
        found.fact("crash.fact.tasks-3-6-and-9", lost.equals(List.of(EXITS, HANGS, EATS)));
        found.fact("crash.fact.nine-others-have-their-results", done.size() == TASKS - 3 && squares);
        found.fact(
                "crash.fact.one-that-exits-lost-worker",
                error(tasks, EXITS) instanceof WorkerLostException gone
                        && gone.loss().exitCode().orElse(-1) == 42);
        found.fact("crash.fact.one-that-hangs-timeout-that", error(tasks, HANGS) instanceof TaskTimeoutException);
        found.fact("crash.fact.one-that-eats-memory-lost", error(tasks, EATS) instanceof WorkerLostException);
        found.expected("crash.expected");
        found.measured(
                "crash.measured",
                done.size(),
                TASKS,
                lost.size(),
                MeasuredAmount.nanos(nanos),
                MeasuredAmount.nanos(TIMEOUT.toNanos()));
        found.verdict(SpeedWords.missing(
                lost.equals(List.of(EXITS, HANGS, EATS)), found.text("crash.missing.other-tasks-were-lost-than")));
        found.why("crash.why");
    }

    /** The pool adds a number to the name of a task. */
    private static String name(FindingCollector found, TaskInfo task) {
        String number = "-" + task.id();
        return found.label(task.name().replaceFirst(number + "$", "")) + number;
    }

    private static Throwable error(Map<Integer, TaskFuture<Integer>> tasks, int number) {
        Throwable error = Objects.requireNonNull(tasks.get(number)).exception();
        return error == null ? new AssertionError("task " + number + " was done") : error;
    }

    private static int square(int number) {
        return number * number;
    }

    private static int exit(int number) {
        System.exit(42);
        return number;
    }

    /** Ignores interrupts. */
    private static int hang(int number) {
        long value = number;
        while (value != 0) {
            value |= 1;
            Thread.onSpinWait();
        }
        return number;
    }

    /** Eats less than the heap has, and keeps it: a parent without a processor looks late what its workers hold. */
    private static int eat(int number) throws InterruptedException {
        List<byte[]> eaten = new ArrayList<>();
        while (eaten.size() < 400) {
            byte[] bite = new byte[1 << 20];
            Arrays.fill(bite, (byte) number); // the system does not commit untouched memory
            eaten.add(bite);
        }
        Thread.sleep(KEEPS);
        return eaten.size();
    }
}
