package dev.pando.bench;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.cluster.Cluster;
import dev.pando.process.Processes;
import dev.pando.spi.Backend;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * A pool over two nodes on loopback, which this program starts, beside a pool of as many worker processes: the same
 * tasks through both, in rounds. Then tasks that compute, through one node and through two, each node on a processor of
 * its own if the system has {@code taskset}. Prints the tables of README.md; the numbers are medians of the rounds.
 *
 * <p>Arguments: the number of rounds (5); {@code --pool threads:2}, what the nodes of the first table run tasks on.
 */
public final class ClusterBench {
    private static final String MAIN = "dev.pando.cluster.internal.command.ClusterMain";
    private static final int TRIPS = 2000;
    private static final int TASKS = 20_000;
    private static final List<Integer> INPUTS =
            IntStream.range(0, 1_000_000).boxed().toList();

    /** Maps of one pool, one after the other: the last one finds code that is compiled. */
    private static final int MAPS = 10;

    /** Tasks that compute, and how much each does: about ten milliseconds. */
    private static final int COMPUTING = 400;

    private static final int STEPS = 8_000_000;

    private static final byte[] LARGE = new byte[8 << 20];

    private ClusterBench() {}

    /** A row of the table: what is measured, and the numbers of the rounds. */
    private record BenchRow(String what, List<Double> cluster, List<Double> processes) {
        BenchRow(String what) {
            this(what, new ArrayList<>(), new ArrayList<>());
        }
    }

    public static void main(String[] args) throws Exception {
        int rounds = 5;
        String pool = "threads:2";
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--pool")) {
                pool = args[++i];
            } else {
                rounds = Integer.parseInt(args[i]);
            }
        }
        besideProcesses(rounds, pool);
        oneNodeAndTwo(rounds);
    }

    private static void besideProcesses(int rounds, String pool) throws Exception {
        int port = freePort();
        List<Process> nodes = List.of(node(port, "alpha", pool), node(port, "beta", pool));
        try {
            List<BenchRow> rows = List.of(
                    new BenchRow("open to first result, ms"),
                    new BenchRow("empty task there and back, p50, µs"),
                    new BenchRow("single tasks, all at once, a second"),
                    new BenchRow("map of 1 000 000 tiny elements, ms: the first of a pool"),
                    new BenchRow("map of 1 000 000 tiny elements, ms: the last of " + MAPS),
                    new BenchRow("argument of 8 MiB, ms"));
            for (int round = 0; round < rounds; round++) {
                measure(cluster(port), rows.stream().map(BenchRow::cluster).toList());
                measure(Processes.of(2), rows.stream().map(BenchRow::processes).toList());
            }
            System.out.println("| two nodes of " + pool + " on loopback | cluster | Processes.of(2) |");
            System.out.println("|---|---:|---:|");
            for (BenchRow row : rows) {
                System.out.printf("| %s | %.0f | %.0f |%n", row.what, median(row.cluster), median(row.processes));
            }
        } finally {
            nodes.forEach(Process::destroyForcibly);
        }
    }

    private static void oneNodeAndTwo(int rounds) throws Exception {
        int first = freePort();
        int second = freePort();
        List<Process> nodes = List.of(
                node(first, "single", "threads:1", pinned(0)),
                node(second, "alpha", "threads:1", pinned(0)),
                node(second, "beta", "threads:1", pinned(1)));
        try {
            List<Double> one = new ArrayList<>();
            List<Double> two = new ArrayList<>();
            List<Double> speedUps = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                one.add(compute(cluster(first)));
                two.add(compute(cluster(second)));
                speedUps.add(one.getLast() / two.getLast());
            }
            System.out.println();
            System.out.println("| " + COMPUTING + " tasks that compute, a processor a node | one node | two nodes |"
                    + " two against one |");
            System.out.println("|---|---:|---:|---:|");
            System.out.printf("| ms | %.0f | %.0f | %.2f |%n", median(one), median(two), median(speedUps));
        } finally {
            nodes.forEach(Process::destroyForcibly);
        }
    }

    private static Cluster cluster(int port) {
        return Cluster.at("127.0.0.1:" + port).joinTimeout(Duration.ofSeconds(30));
    }

    /** Returns the beginning of a command that is to have this processor. */
    private static List<String> pinned(int processor) {
        boolean can = Files.isExecutable(Path.of("/usr/bin/taskset"));
        return can ? List.of("/usr/bin/taskset", "-c", String.valueOf(processor)) : List.of();
    }

    /** Returns how long the tasks took, in milliseconds, without the time to join. */
    private static double compute(Cluster cluster) throws Exception {
        try (Pool pool = Pool.open(cluster)) {
            computeAll(pool, 20); // the nodes have the class, and have compiled it
            return 1e3 * seconds(() -> computeAll(pool, COMPUTING));
        }
    }

    private static long computeAll(Pool pool, int count) {
        List<TaskFuture<Long>> tasks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int seed = i + 1;
            tasks.add(pool.submit(() -> scramble(seed)));
        }
        return tasks.stream().mapToLong(TaskFuture::result).sum();
    }

    private static long scramble(int seed) {
        long x = seed;
        for (int i = 0; i < STEPS; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        return x;
    }

    private static void measure(Backend workers, List<List<Double>> into) throws Exception {
        long began = System.nanoTime();
        try (Pool pool = Pool.open(workers)) {
            int one = pool.submit(() -> 1).result();
            into.get(0).add((System.nanoTime() - began) / 1e6 * one);
            into.get(1).add(trip(pool));
            into.get(2).add(TASKS / seconds(() -> burst(pool)));
            into.get(3).add(1e3 * seconds(() -> map(pool)));
            for (int i = 2; i < MAPS; i++) {
                map(pool);
            }
            into.get(4).add(1e3 * seconds(() -> map(pool)));
            into.get(5)
                    .add(1e3
                            * seconds(() -> {
                                byte[] large = LARGE;
                                return pool.submit(() -> large.length).result();
                            }));
        }
    }

    private static int map(Pool pool) {
        return pool.map(x -> x * 31 + 7, INPUTS).mapToInt(x -> x).sum();
    }

    private static double trip(Pool pool) {
        long[] nanos = new long[TRIPS];
        for (int i = 0; i < TRIPS; i++) {
            long began = System.nanoTime();
            pool.submit(() -> 1).result();
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        return nanos[TRIPS / 2] / 1e3;
    }

    private static int burst(Pool pool) {
        List<TaskFuture<Integer>> tasks = new ArrayList<>(TASKS);
        for (int i = 0; i < TASKS; i++) {
            tasks.add(pool.submit(() -> 1));
        }
        return tasks.stream().mapToInt(TaskFuture::result).sum();
    }

    private static double seconds(Callable<?> work) throws Exception {
        long began = System.nanoTime();
        work.call();
        return (System.nanoTime() - began) / 1e9;
    }

    private static double median(List<Double> numbers) {
        return numbers.stream().sorted().skip(numbers.size() / 2).findFirst().orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return any.getLocalPort();
        }
    }

    private static Process node(int port, String name, String pool) throws IOException {
        return node(port, name, pool, List.of());
    }

    /** Starts a node behind the beginning of a command, and waits until it is ready. */
    private static Process node(int port, String name, String pool, List<String> before) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                "node",
                "--join",
                "127.0.0.1:" + port,
                "--name",
                name,
                "--pool",
                pool));
        Process node = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader out = node.inputReader();
        for (String line = out.readLine(); !line.contains("ready"); line = out.readLine()) {
            System.err.println(line);
        }
        Thread.ofPlatform().daemon().start(() -> out.lines().forEach(System.err::println));
        return node;
    }
}
