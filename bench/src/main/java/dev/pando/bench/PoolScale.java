package dev.pando.bench;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.process.Processes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One pool with few and with many workers: from opening it until each worker has answered; the rate of tasks of which
 * 10 000 are submitted at once; what all workers hold afterwards; how long the pool takes to close. {@code measures.py}
 * does the same.
 */
final class PoolScale {
    /** Lasts so long that other workers take the next tasks. */
    private static final Task<Long> LINGER = () -> {
        Thread.sleep(20);
        return ProcessHandle.current().pid();
    };

    private static final int WORKERS_A_WARM_UP = 4;

    private PoolScale() {}

    static String key(int workers, String what) {
        return "scale." + workers + "." + what;
    }

    static void measure(MeasuringEffort measuringEffort) throws Exception {
        for (int workers : measuringEffort.list("scale")) {
            long begin = System.nanoTime();
            Pool pool = Pool.with(Processes.of(workers).eager())
                    .queue(measuringEffort.of("burst"))
                    .open();
            Set<Long> all = all(pool, workers);
            PeerFork.print(key(workers, "ready"), (System.nanoTime() - begin) / 1e6);
            PeerFork.print(key(workers, "rate"), rate(pool, workers, measuringEffort));
            PeerFork.print(key(workers, "resident"), sum(all, "Rss:"));
            PeerFork.print(key(workers, "proportional"), sum(all, "Pss:"));
            long end = System.nanoTime();
            pool.close();
            PeerFork.print(key(workers, "close"), (System.nanoTime() - end) / 1e6);
        }
    }

    private static Set<Long> all(Pool pool, int workers) {
        Set<Long> all = new TreeSet<>();
        while (all.size() < workers) {
            List<TaskFuture<Long>> futures = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                futures.add(pool.submit(LINGER));
            }
            futures.forEach(future -> all.add(future.result()));
        }
        return all;
    }

    /** Warms up the longer the more workers there are: each is a JVM of its own, and gets its part of the tasks. */
    private static double rate(Pool pool, int workers, MeasuringEffort measuringEffort) throws Exception {
        int burst = measuringEffort.of("burst");
        int warm = measuringEffort.of("warm") * Math.max(1, workers / WORKERS_A_WARM_UP);
        double[] nanos = Calls.repeated(warm, measuringEffort.of("measure"), () -> ArgumentCalls.burst(pool, burst));
        return burst / (nanos[nanos.length / 2] / 1e9);
    }

    private static double sum(Set<Long> processes, String which) {
        return processes.stream()
                .mapToDouble(process -> IdleVitals.mebibytes(process, which))
                .sum();
    }

    /** Returns the lines of the table. */
    static List<String> table(PeerResults peerResults, MeasuringEffort measuringEffort) {
        List<String> lines = new ArrayList<>();
        lines.add("| workers | all ready: ms | CPython, fork | tasks/s | CPython, fork | resident, together: MiB |"
                + " CPython, fork | shared pages divided: MiB | CPython, fork | closed after: ms | CPython, fork |");
        lines.add("|---:|" + "---:|".repeat(10));
        for (int workers : measuringEffort.list("scale")) {
            StringBuilder row = new StringBuilder("| " + workers);
            for (String what : List.of("ready", "rate", "resident", "proportional", "close")) {
                for (PeerKind peerKind : List.of(PeerKind.PANDO, PeerKind.FORK)) {
                    row.append(" | ")
                            .append(TableFigure.of(peerResults, peerKind, key(workers, what))
                                    .text());
                }
            }
            lines.add(row + " |");
        }
        return lines;
    }
}
