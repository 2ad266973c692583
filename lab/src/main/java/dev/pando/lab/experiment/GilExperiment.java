package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.lab.result.TimeSpan;
import dev.pando.lab.result.TimingSample;
import dev.pando.local.Threads;
import dev.pando.spi.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Equal work under an interpreter lock and without: why threads do not speed up Python that computes. */
final class GilExperiment implements Experiment {
    private static final int THREADS = 4;
    private static final int PIECES = 8;

    /** The times of eight pieces of work by one worker and by four. */
    private record Pair(TimingSample one, TimingSample four) {
        double speedUp() {
            return four.speedUpOver(one);
        }
    }

    @Override
    public String name() {
        return "gil";
    }

    @Override
    public int steps() {
        return 6;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) throws Exception {
        FindingCollector found = new FindingCollector(this, experimentContext);
        long bytecodes = experimentContext.pick(20, 2_000, 10_000);
        long pause = experimentContext.pick(1, 12, 50);

        experimentContext.step("computing under the lock");
        Pair lockedCpu = pair(
                experimentContext,
                found,
                true,
                "computing, locked",
                interpreterLock -> ToyInterpreter.compute(interpreterLock, bytecodes));
        experimentContext.step("computing without");
        Pair freeCpu = pair(
                experimentContext,
                found,
                false,
                "computing, free",
                interpreterLock -> ToyInterpreter.compute(interpreterLock, bytecodes));
        experimentContext.step("waiting under the lock");
        Pair lockedWait = pair(
                experimentContext,
                found,
                true,
                "waiting, locked",
                interpreterLock -> ToyInterpreter.pause(interpreterLock, pause));
        experimentContext.step("waiting without");
        Pair freeWait = pair(
                experimentContext,
                found,
                false,
                "waiting, free",
                interpreterLock -> ToyInterpreter.pause(interpreterLock, pause));
        experimentContext.step("computing in processes");
        Pair processes = new Pair(freeCpu.one, inProcesses(experimentContext, found, bytecodes));

        var table = ResultTable.of(
                        "Eight pieces of work", "work", "interpreter", "one worker", "four workers", "speed-up")
                .bar("speed-up");
        row(table, "computing", "lock, threads", lockedCpu);
        row(table, "computing", "no lock, threads", freeCpu);
        row(table, "computing", "a lock each: processes", processes);
        row(table, "waiting", "lock, threads", lockedWait);
        row(table, "waiting", "no lock, threads", freeWait);
        found.table(table);
        found.chart(ChartData.bars("Four workers instead of one", "work and interpreter", "speed-up")
                .labels(List.of(
                        "computing, lock",
                        "computing, no lock",
                        "computing, processes",
                        "waiting, lock",
                        "waiting, no lock"))
                .series(
                        "speed-up",
                        List.of(
                                lockedCpu.speedUp(),
                                freeCpu.speedUp(),
                                processes.speedUp(),
                                lockedWait.speedUp(),
                                freeWait.speedUp())));

        experimentContext.step("the same in CPython");
        Optional<CPython.Times> python =
                experimentContext.experimentSize() == ExperimentSize.SMALL ? Optional.empty() : CPython.measure();
        experimentContext.timelineRecorder().listen(true);
        python.ifPresent(times -> {
            found.table(table(found, times));
            times.pieces()
                    .forEach(piece -> experimentContext
                            .timelineRecorder()
                            .span(
                                    "CPython, " + (piece.waits() ? "waiting" : "computing") + ", four",
                                    "thread-" + (piece.thread() + 1),
                                    piece.waits() ? "waits" : "computes",
                                    piece.waits() ? TimeSpan.Kind.WAIT : TimeSpan.Kind.RUN,
                                    piece.start(),
                                    piece.end()));
        });
        explain(found, experimentContext, lockedCpu, freeCpu, lockedWait, processes, python);
        return found.experimentResult();
    }

    private interface Program {
        long run(@Nullable InterpreterLock interpreterLock) throws InterruptedException;
    }

    private static Pair pair(
            ExperimentContext experimentContext, FindingCollector found, boolean locked, String group, Program program)
            throws Exception {
        return new Pair(
                timed(experimentContext, found, locked, group + ", one", 1, program),
                timed(experimentContext, found, locked, group + ", four", THREADS, program));
    }

    /** All threads of a run share one interpreter and its lock. */
    private static TimingSample timed(
            ExperimentContext experimentContext,
            FindingCollector found,
            boolean locked,
            String group,
            int threads,
            Program program)
            throws Exception {
        List<Long> answers = new ArrayList<>();
        try (Pool pool =
                experimentContext.unheard("thread", Threads.of(threads)).open()) {
            TimingSample timingSample = found.sampled(experimentContext.measure(experimentContext.runs(), () -> {
                InterpreterLock interpreterLock =
                        locked ? new InterpreterLock(experimentContext.timelineRecorder(), group) : null;
                answers.clear();
                List<TaskFuture<Long>> pieces = new ArrayList<>();
                for (int piece = 0; piece < PIECES; piece++) {
                    pieces.add(pool.submit(
                            () -> locked ? program.run(interpreterLock) : seen(experimentContext, group, program)));
                }
                return answers.addAll(pieces.stream().map(TaskFuture::result).toList());
            }));
            found.fact(
                    "gil.fact.every-piece",
                    answers.size() == PIECES && answers.stream().distinct().count() == 1,
                    group);
            return timingSample;
        }
    }

    /** Without a lock to tell of it, the whole piece is one stretch: equal work has an equal colour either way. */
    private static long seen(ExperimentContext experimentContext, String group, Program program)
            throws InterruptedException {
        TimelineRecorder recorder = experimentContext.timelineRecorder();
        long start = recorder.now();
        long answer = program.run(null);
        boolean waits = group.startsWith("waiting");
        recorder.span(
                group,
                Thread.currentThread().getName(),
                waits ? "waits" : "computes",
                waits ? TimeSpan.Kind.WAIT : TimeSpan.Kind.RUN,
                start,
                recorder.now());
        return answer;
    }

    private static TimingSample inProcesses(ExperimentContext experimentContext, FindingCollector found, long bytecodes)
            throws Exception {
        Backend crew = experimentContext.processes(experimentContext.crew());
        try (Pool pool = experimentContext.with("computing, processes", crew).open()) {
            return found.sampled(experimentContext.measure(experimentContext.runs(), () -> {
                List<TaskFuture<Long>> pieces = new ArrayList<>();
                for (int piece = 0; piece < PIECES; piece++) {
                    pieces.add(pool.named("computes").submit(ToyInterpreter::computeAlone, bytecodes));
                }
                return pieces.stream().map(TaskFuture::result).toList();
            }));
        }
    }

    private static void row(ResultTable.Builder table, String work, String interpreter, Pair pair) {
        table.row(work, interpreter, pair.one.time(), pair.four.time(), MeasuredAmount.times(pair.speedUp()));
    }

    private static ResultTable.Builder table(FindingCollector found, CPython.Times times) {
        return ResultTable.of(
                        found.text("gil.cpython", times.version()), "work", "one worker", "four workers", "speed-up")
                .bar("speed-up")
                .row(
                        "computing, threads",
                        MeasuredAmount.nanos(times.cpuOne()),
                        MeasuredAmount.nanos(times.cpuThreads()),
                        MeasuredAmount.times(times.cpuOne() / times.cpuThreads()))
                .row(
                        "computing, processes (their start included)",
                        MeasuredAmount.nanos(times.cpuOne()),
                        MeasuredAmount.nanos(times.cpuProcesses()),
                        MeasuredAmount.times(times.cpuOne() / times.cpuProcesses()))
                .row(
                        "waiting, threads",
                        MeasuredAmount.nanos(times.waitOne()),
                        MeasuredAmount.nanos(times.waitThreads()),
                        MeasuredAmount.times(times.waitOne() / times.waitThreads()));
    }

    private static void explain(
            FindingCollector found,
            ExperimentContext experimentContext,
            Pair lockedCpu,
            Pair freeCpu,
            Pair lockedWait,
            Pair processes,
            Optional<CPython.Times> python) {
        tell(
                found,
                experimentContext.cpus(),
                lockedCpu.speedUp(),
                freeCpu.speedUp(),
                lockedWait.speedUp(),
                processes.speedUp(),
                python.map(times -> found.text(
                                times.hasLock() ? "gil.python.locked" : "gil.python.free",
                                times.version(),
                                times.cpuOne() / times.cpuThreads(),
                                times.waitOne() / times.waitThreads()))
                        .orElseGet(() -> found.text("gil.python.none")));
    }

    /** Writes what follows from the gains of four workers over one. Pure. */
    static void tell(
            FindingCollector found,
            int cpus,
            double lockedCpu,
            double freeCpu,
            double lockedWait,
            double processes,
            String python) {
        found.expected(cpus == 1 ? "gil.expected.one-cpu" : "gil.expected", cpus);
        found.measured("gil.measured", lockedCpu, freeCpu, lockedWait, processes, python);
        found.verdict(SpeedWords.missing(
                lockedCpu < 1.3,
                found.text("gil.missing.computing-under-lock-should-not"),
                lockedWait >= 2,
                found.text("gil.missing.waiting-under-lock-should-gain"),
                cpus == 1 || freeCpu >= 1.3,
                found.text("gil.missing.computing-without-lock-gained-little"),
                cpus == 1 || processes >= 1.3,
                found.text("gil.missing.processes-gained-little-because-processors")));
        found.why("gil.why");
    }
}
