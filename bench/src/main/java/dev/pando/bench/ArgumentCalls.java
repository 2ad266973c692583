package dev.pando.bench;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.process.Processes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A task that returns its argument: a method reference and an {@code Integer}, one at a time and 10 000 at once; and
 * the same while another program computes on each processor. {@code measures.py} does the same.
 */
final class ArgumentCalls {
    /** As many of these as there are processors disturb each peer alike. */
    private static final List<String> LOOP = List.of("sh", "-c", "while :; do :; done");

    private ArgumentCalls() {}

    static Integer same(Integer number) {
        return number;
    }

    static void measure(MeasuringEffort measuringEffort) throws Exception {
        try (Pool pool = Pool.with(Processes.of(JavaPool.WORKERS))
                .queue(measuringEffort.of("burst"))
                .open()) {
            both(pool, measuringEffort, ResultLine.ROW, ResultLine.ROW_BURST);
            List<Process> loops = new ArrayList<>();
            try {
                startLoops(loops);
                both(pool, measuringEffort, ResultLine.ROW_BUSY, ResultLine.ROW_BURST_BUSY);
            } finally {
                loops.forEach(Process::destroyForcibly);
            }
        }
    }

    private static void startLoops(List<Process> loops) throws IOException {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            loops.add(new ProcessBuilder(LOOP).start());
        }
    }

    private static void both(Pool pool, MeasuringEffort measuringEffort, ResultLine one, ResultLine many)
            throws Exception {
        double[] calls = Calls.repeated(
                measuringEffort, () -> pool.submit(ArgumentCalls::same, 5).result());
        PeerFork.print(one.key, calls[calls.length / 2] / 1e3);
        int burst = measuringEffort.of("burst");
        double[] bursts = Calls.repeated(measuringEffort, () -> burst(pool, burst));
        PeerFork.print(many.key, burst / (bursts[bursts.length / 2] / 1e9));
    }

    /** Submits all tasks, then waits for each. Returns the futures. */
    static List<TaskFuture<Integer>> burst(Pool pool, int count) {
        List<TaskFuture<Integer>> futures = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            futures.add(pool.submit(ArgumentCalls::same, i));
        }
        for (TaskFuture<Integer> future : futures) {
            future.result();
        }
        return futures;
    }
}
