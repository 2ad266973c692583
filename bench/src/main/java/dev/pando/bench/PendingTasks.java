package dev.pando.bench;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.process.Processes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A queue of very many tasks on two workers, which two other tasks occupy until all are submitted. A fresh program with
 * a heap of 4 GB for each kind of worker and each count: what the tasks take of the heap while they wait, how long the
 * submitter takes for all and at most for one, and how long it is from the release of the workers to the last result.
 */
final class PendingTasks {
    private static final int QUEUE = 2_000_000;
    private static final String HEAP = "-Xmx4g";
    private static final int WARM = 20_000;

    private static final Task<Integer> OCCUPY = () -> {
        Thread.sleep(Long.MAX_VALUE);
        return 0;
    };

    /** The workers, in the order of the table. */
    private enum Kind {
        EXECUTOR("`ThreadPoolExecutor`, 2 threads") {
            @Override
            ExecutorService open() {
                return new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE));
            }
        },
        THREADS("`Threads.of(2)`") {
            @Override
            ExecutorService open() {
                return Pool.with(Threads.of(2)).queue(QUEUE).open();
            }
        },
        VIRTUAL("`Virtual.atMost(2)`") {
            @Override
            ExecutorService open() {
                return Pool.with(Virtual.atMost(2)).queue(QUEUE).open();
            }
        },
        PROCESSES("`Processes.of(2)`") {
            @Override
            ExecutorService open() {
                return Pool.with(Processes.of(2)).queue(QUEUE).open();
            }
        };

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        abstract ExecutorService open();

        private String key(int count, String what) {
            return "pending." + name().toLowerCase(Locale.ROOT) + "." + count + "." + what;
        }
    }

    private PendingTasks() {}

    /** Arguments: the kind and the count. Measures twice, and prints the second time, when the program is warm. */
    public static void main(String[] args) throws Exception {
        ExecutorService pool = Kind.valueOf(args[0]).open();
        int count = Integer.parseInt(args[1]);
        try {
            double[] numbers = {};
            for (int i = 0; i < 2; i++) {
                sum(submitted(pool, new ArrayList<>(), Math.min(count, WARM)));
                numbers = once(pool, count);
            }
            System.out.printf(
                    Locale.ROOT,
                    "done %.1f %.3f %.3f %.3f%n",
                    Arrays.stream(numbers).boxed().toArray());
        } finally {
            JavaPool.close(pool);
        }
    }

    /** Returns bytes a task; milliseconds to submit all, at most for one, and from then on to the last result. */
    private static double[] once(ExecutorService pool, int count) throws Exception {
        List<Future<Integer>> occupying = new ArrayList<>();
        for (int i = 0; i < JavaPool.WORKERS; i++) {
            occupying.add(pool.submit((Callable<Integer>) OCCUPY));
        }
        List<Future<Integer>> futures = new ArrayList<>(count);
        long before = used();
        long longest = 0;
        long begin = System.nanoTime();
        long last = begin;
        for (int i = 0; i < count; i++) {
            futures.add(pool.submit(task(i)));
            long now = System.nanoTime();
            longest = Math.max(longest, now - last);
            last = now;
        }
        double bytes = (double) (used() - before) / count;
        long released = System.nanoTime();
        for (Future<Integer> one : occupying) {
            one.cancel(true);
        }
        sum(futures);
        return new double[] {bytes, (last - begin) / 1e6, longest / 1e6, (System.nanoTime() - released) / 1e6};
    }

    private static Callable<Integer> task(int number) {
        Task<Integer> task = () -> number;
        return task;
    }

    private static List<Future<Integer>> submitted(ExecutorService pool, List<Future<Integer>> futures, int count) {
        for (int i = 0; i < count; i++) {
            futures.add(pool.submit(task(i)));
        }
        return futures;
    }

    private static void sum(List<Future<Integer>> futures) throws Exception {
        long sum = 0;
        for (Future<Integer> future : futures) {
            sum += future.get();
        }
        if (sum != futures.size() * (futures.size() - 1L) / 2) {
            throw new IllegalStateException("a wrong answer");
        }
    }

    /** Returns the bytes of the heap that are in use after a collection. */
    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    static void measure(MeasuringEffort measuringEffort) throws Exception {
        for (int count : measuringEffort.list("pending")) {
            for (Kind kind : Kind.values()) {
                double[] numbers = run(kind, count);
                PeerFork.print(kind.key(count, "bytes"), numbers[0]);
                PeerFork.print(kind.key(count, "submit"), numbers[1]);
                PeerFork.print(kind.key(count, "pause"), numbers[2]);
                PeerFork.print(kind.key(count, "all"), numbers[1] + numbers[3]);
            }
        }
    }

    private static double[] run(Kind kind, int count) throws Exception {
        List<String> command = List.of(
                PeerFinder.java(),
                HEAP,
                "-Dpando.cache=" + System.getProperty("pando.cache", ""),
                "-cp",
                System.getProperty("java.class.path"),
                PendingTasks.class.getName(),
                kind.name(),
                String.valueOf(count));
        List<Double> numbers = new ArrayList<>();
        boolean ended = RunningProgram.run(command, ProcessBuilder.Redirect.INHERIT, (_, _, rest) -> {
            for (String number : rest.split(" ")) {
                numbers.add(Double.valueOf(number));
            }
        });
        if (!ended) {
            throw new IOException("a program with " + count + " tasks on " + kind + " failed");
        }
        return numbers.stream().mapToDouble(x -> x).toArray();
    }

    /** Returns the lines of the table. */
    static List<String> table(PeerResults peerResults, MeasuringEffort measuringEffort) {
        List<String> lines = new ArrayList<>();
        lines.add("| tasks that wait, on | tasks | bytes of heap a task | submitted after: ms | longest for one: ms |"
                + " all results after: ms | µs a task |");
        lines.add("|---|---:|---:|---:|---:|---:|---:|");
        for (Kind kind : Kind.values()) {
            for (int count : measuringEffort.list("pending")) {
                TableFigure all = of(peerResults, kind.key(count, "all"));
                lines.add(String.join(
                                " | ",
                                "| " + kind.title,
                                String.format(Locale.ROOT, "%,d", count),
                                of(peerResults, kind.key(count, "bytes")).text(),
                                of(peerResults, kind.key(count, "submit")).text(),
                                of(peerResults, kind.key(count, "pause")).text(),
                                all.text(),
                                TableFigure.number(all.headline() * 1e3 / count))
                        + " |");
            }
        }
        return lines;
    }

    private static TableFigure of(PeerResults peerResults, String key) {
        return TableFigure.of(peerResults, PeerKind.PANDO, key);
    }
}
