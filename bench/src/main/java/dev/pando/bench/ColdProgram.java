package dev.pando.bench;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.local.Threads;
import dev.pando.process.Processes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a script, a test or a command-line tool feels: a fresh program for each number, which has nothing on its class
 * path but Pando and itself. The programs of one round alternate, so that a machine which slows down slows all of them.
 */
final class ColdProgram {
    private static final int SEVERAL = 100;

    private ColdProgram() {}

    /** Prints how many milliseconds it took from opening a pool to the last result. */
    public static void main(String[] args) throws Exception {
        long begin = System.nanoTime();
        switch (args[0]) {
            case "first" -> answers(1);
            case "hundred" -> answers(SEVERAL);
            case "threads" -> Pool.open(Threads.of(2)).submit(() -> 42).result();
            default -> {}
        }
        System.out.println("done " + (System.nanoTime() - begin) / 1e6);
        System.out.flush();
        Runtime.getRuntime().halt(0); // how long a pool takes to close is not asked here
    }

    private static void answers(int count) {
        Pool pool = Pool.open(Processes.of(2));
        for (int i = 0; i < count; i++) {
            int number = i;
            Task<Integer> task = () -> 2 * number;
            if (pool.submit(task).result() != 2 * number) {
                throw new IllegalStateException("a wrong answer");
            }
        }
    }

    static void measure(MeasuringEffort measuringEffort) throws Exception {
        leaveAnArchive(measuringEffort);
        for (int i = 0; i < measuringEffort.of("colds"); i++) {
            PeerFork.print(ResultLine.COLD_HELLO.key, bare("hello"));
            double[] first = run("first");
            PeerFork.print(ResultLine.COLD_FIRST.key, first[0]);
            PeerFork.print(ResultLine.COLD_WHOLE.key, first[1]);
            PeerFork.print(ResultLine.COLD_HUNDRED.key, run("hundred")[0]);
            PeerFork.print(ResultLine.COLD_EXECUTOR.key, bare("executor"));
            PeerFork.print(ResultLine.COLD_THREADS.key, run("threads")[1]);
        }
    }

    /** Keeps a pool open until it has written an archive, as any pool of that age does. */
    private static void leaveAnArchive(MeasuringEffort measuringEffort) throws InterruptedException {
        try (Pool pool = Pool.open(Processes.of(1).eager())) {
            Thread.sleep(measuringEffort.of("archive"));
        }
    }

    /** Returns the milliseconds from the start of a program without Pando until it has done what it is to do. */
    private static double bare(String what) throws Exception {
        return run(place(BareProgram.class), BareProgram.class, what)[1];
    }

    private static double[] run(String what) throws Exception {
        String path = place(Pool.class) + File.pathSeparator + place(ColdProgram.class);
        return run(path, ColdProgram.class, what);
    }

    /** Returns the milliseconds that the program tells, and those from its start until it has told them. */
    private static double[] run(String path, Class<?> program, String what) throws Exception {
        double[] millis = new double[2];
        List<String> command = new ArrayList<>(List.of(
                PeerFinder.java(),
                "-Dpando.cache=" + System.getProperty("pando.cache", ""),
                "-cp",
                path,
                program.getName(),
                what));
        long begin = System.nanoTime();
        boolean ended = RunningProgram.run(command, ProcessBuilder.Redirect.INHERIT, (_, _, rest) -> {
            millis[0] = Double.parseDouble(rest);
            millis[1] = (System.nanoTime() - begin) / 1e6;
        });
        if (!ended) {
            throw new IOException("a fresh program failed");
        }
        return millis;
    }

    private static String place(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
