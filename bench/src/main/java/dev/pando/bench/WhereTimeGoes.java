package dev.pando.bench;

import dev.pando.Fn;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.WorkerInfo;
import dev.pando.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Splits the processor time of a task on a worker process, a method reference and a number: the caller's thread, the
 * threads that serve the workers, the rest of the parent (collector, compilers), the workers; and the system's share of
 * all. Reads {@code /proc}, so Linux only. The argument is how many seconds each of the three ways runs before it is
 * measured (10), and again while it is measured.
 */
final class WhereTimeGoes {
    private static final int BURST = 10_000;
    private static final int ELEMENTS = 1_000_000;

    private static final Fn<Integer, Integer> TINY = x -> x * 31 + 7;

    /** The rows, in the order of the table. */
    private enum Who {
        CLOCK("by the clock"),
        CALLER("caller's thread: pack, hand in, take"),
        SERVING("the two threads that serve workers: write, read, unpack, settle"),
        REST("the rest of the parent: collector, compiler"),
        WORKERS("both workers: read, unpack, run, pack, write"),
        SYSTEM("of all that, in the system");

        final String words;

        Who(String words) {
            this.words = words;
        }
    }

    /** A way to submit tasks. Returns how many it submitted. */
    private interface Way {
        int go(Pool pool);
    }

    private WhereTimeGoes() {}

    public static void main(String[] args) throws IOException {
        table(args.length == 0 ? 10 : Long.parseLong(args[0])).forEach(System.out::println);
    }

    static List<String> table(long seconds) throws IOException {
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("one at a time", WhereTimeGoes::one);
        ways.put("10 000 at once", WhereTimeGoes::burst);
        ways.put("element of a map", WhereTimeGoes::map);
        List<Map<Who, Double>> columns = new ArrayList<>();
        for (Way way : ways.values()) {
            try (Pool pool = Pool.with(Processes.of(JavaPool.WORKERS))
                    .named("pool")
                    .queue(BURST)
                    .open()) {
                run(way, pool, seconds);
                Map<Who, Double> before = spent(pool);
                int count = run(way, pool, seconds);
                Map<Who, Double> after = spent(pool);
                Map<Who, Double> column = new LinkedHashMap<>();
                for (Who who : Who.values()) {
                    column.put(who, (after.get(who) - before.get(who)) / count);
                }
                columns.add(column);
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("| µs for each | " + String.join(" | ", ways.keySet()) + " |");
        lines.add("|---|" + "---:|".repeat(columns.size()));
        for (Who who : Who.values()) {
            StringBuilder row = new StringBuilder("| " + who.words);
            for (Map<Who, Double> column : columns) {
                row.append(String.format(Locale.ROOT, " | %.2f", column.get(who)));
            }
            lines.add(row + " |");
        }
        return lines;
    }

    private static int one(Pool pool) {
        for (int i = 0; i < BURST; i++) {
            pool.submit(ArgumentCalls::same, i).result();
        }
        return BURST;
    }

    private static int burst(Pool pool) {
        List<TaskFuture<Integer>> futures = new ArrayList<>(BURST);
        for (int i = 0; i < BURST; i++) {
            futures.add(pool.submit(ArgumentCalls::same, i));
        }
        for (TaskFuture<Integer> future : futures) {
            future.result();
        }
        return BURST;
    }

    private static int map(Pool pool) {
        List<Integer> all = IntStream.range(0, ELEMENTS).boxed().toList();
        long sum = pool.map(TINY, all).mapToLong(x -> x).sum();
        if (sum == 0) {
            throw new AssertionError("nothing was computed");
        }
        return ELEMENTS;
    }

    private static int run(Way way, Pool pool, long seconds) {
        int count = 0;
        for (long end = System.nanoTime() + seconds * 1_000_000_000L; count == 0 || System.nanoTime() - end < 0; ) {
            count += way.go(pool);
        }
        return count;
    }

    /** Returns the microseconds of each row since its start. Other children of this JVM may end, and are left out. */
    private static Map<Who, Double> spent(Pool pool) throws IOException {
        Map<Who, Double> spent = new LinkedHashMap<>();
        for (Who who : Who.values()) {
            spent.put(who, 0.0);
        }
        spent.put(Who.CLOCK, System.nanoTime() / 1e3);
        Path me = Path.of("/proc/self");
        String caller = Files.readString(Path.of("/proc/thread-self/stat")).split(" ")[0];
        for (Path thread : threads(me)) {
            boolean serving = read(thread.resolve("comm")).startsWith("pool-");
            Who who = thread.getFileName().toString().equals(caller) ? Who.CALLER : serving ? Who.SERVING : Who.REST;
            spent.merge(who, micros(thread), Double::sum);
        }
        spent.merge(Who.SYSTEM, system(me), Double::sum);
        for (WorkerInfo worker : pool.view().workers(JavaPool.WORKERS)) {
            if (worker.pid().isEmpty()) {
                continue; // its process is about to be started
            }
            Path place = Path.of("/proc/" + worker.pid().getAsLong());
            for (Path thread : threads(place)) {
                spent.merge(Who.WORKERS, micros(thread), Double::sum);
            }
            spent.merge(Who.SYSTEM, system(place), Double::sum);
        }
        return spent;
    }

    private static List<Path> threads(Path process) throws IOException {
        try (Stream<Path> threads = Files.list(process.resolve("task"))) {
            return threads.toList();
        }
    }

    private static double micros(Path thread) {
        return Double.parseDouble(read(thread.resolve("schedstat")).split(" ")[0]) / 1e3;
    }

    /** Returns what the system says of a thread; {@code 0} if that has ended since it was listed. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException ended) {
            return "0";
        }
    }

    /** Returns system time with a resolution of a hundredth of a second, because {@code stat} has no better. */
    private static double system(Path process) throws IOException {
        String stat = Files.readString(process.resolve("stat"));
        return Double.parseDouble(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[12]) * 1e4;
    }
}
