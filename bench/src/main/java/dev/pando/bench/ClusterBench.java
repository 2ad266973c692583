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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * A pool over two nodes on loopback, which this program starts, beside a pool of as many worker processes: the same
 * tasks through both, in rounds. Prints the table of README.md; the numbers are medians of the rounds.
 *
 * <p>Arguments: the number of rounds (5); {@code --pool threads:2}, what the nodes run tasks on.
 */
public final class ClusterBench {
    private static final String MAIN = "dev.pando.cluster.internal.command.ClusterMain";
    private static final int TRIPS = 2000;
    private static final int TASKS = 20_000;
    private static final int ELEMENTS = 1_000_000;
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
        int port = freePort();
        List<Process> nodes = List.of(node(port, "alpha", pool), node(port, "beta", pool));
        try {
            List<BenchRow> rows = List.of(
                    new BenchRow("open to first result, ms"),
                    new BenchRow("empty task there and back, p50, µs"),
                    new BenchRow("single tasks, all at once, a second"),
                    new BenchRow("map of 1 000 000 tiny elements, ms"),
                    new BenchRow("argument of 8 MiB, ms"));
            Cluster cluster = Cluster.at("127.0.0.1:" + port).joinTimeout(Duration.ofSeconds(30));
            for (int round = 0; round < rounds; round++) {
                measure(cluster, rows.stream().map(BenchRow::cluster).toList());
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

    private static void measure(Backend workers, List<List<Double>> into) throws Exception {
        long began = System.nanoTime();
        try (Pool pool = Pool.open(workers)) {
            int one = pool.submit(() -> 1).result();
            into.get(0).add((System.nanoTime() - began) / 1e6 * one);
            into.get(1).add(trip(pool));
            into.get(2).add(TASKS / seconds(() -> burst(pool)));
            into.get(3)
                    .add(1e3
                            * seconds(() -> pool.map(
                                            x -> x * 31 + 7,
                                            IntStream.range(0, ELEMENTS).boxed())
                                    .mapToInt(x -> x)
                                    .sum()));
            into.get(4)
                    .add(1e3
                            * seconds(() -> {
                                byte[] large = LARGE;
                                return pool.submit(() -> large.length).result();
                            }));
        }
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

    /** Starts a node, and waits until it is ready. */
    private static Process node(int port, String name, String pool) throws IOException {
        Process node = new ProcessBuilder(
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
                        pool)
                .redirectErrorStream(true)
                .start();
        BufferedReader out = node.inputReader();
        for (String line = out.readLine(); !line.contains("ready"); line = out.readLine()) {
            System.err.println(line);
        }
        Thread.ofPlatform().daemon().start(() -> out.lines().forEach(System.err::println));
        return node;
    }
}
