package dev.pando.bench;

import dev.pando.Actor;
import dev.pando.Pool;
import dev.pando.Sink;
import dev.pando.Worker;
import dev.pando.process.Processes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What it costs when a task in a worker process talks to its program: a call of an actor beside a task, the results of
 * a stream, a sub-task, a call of what the program offers. Rounds in one program, two workers; medians.
 *
 * <p>Arguments: the number of rounds (5), or {@code quick} for one short one.
 */
public final class TalkRounds {
    private static final int CALLS = 20_000;
    private static final int RESULTS = 2_000_000;
    private static final int SHARE_OF_A_QUICK_ROUND = 20;

    private TalkRounds() {}

    public static void main(String[] args) throws Exception {
        boolean quick = args.length > 0 && args[0].equals("quick");
        run(quick ? 1 : args.length > 0 ? Integer.parseInt(args[0]) : 5, quick ? SHARE_OF_A_QUICK_ROUND : 1)
                .forEach(System.out::println);
    }

    /** Returns the lines of the table. Each thing is done as often as in a whole round, divided by {@code share}. */
    static List<String> run(int rounds, int share) throws Exception {
        int calls = CALLS / share;
        int results = RESULTS / share;
        List<double[]> all = new ArrayList<>();
        try (Pool pool = Pool.open(Processes.of(2));
                Actor<int[]> actor = pool.actor(() -> new int[1])) {
            pool.offer("next", (Integer n) -> n + 1);
            for (int round = -1; round < rounds; round++) { // the first one warms up
                double[] now = {
                    microsEach(calls, () -> {
                        for (int i = 0; i < calls; i++) {
                            pool.submit(() -> 1).result();
                        }
                    }),
                    microsEach(calls, () -> {
                        for (int i = 0; i < calls; i++) {
                            actor.call(count -> ++count[0]).result();
                        }
                    }),
                    pool.submit(() -> subtasks(calls / 4)).result(),
                    pool.submit(() -> offered(calls)).result(),
                    1e6 / microsEach(results, () -> read(pool, results)),
                };
                if (round >= 0) {
                    all.add(now);
                }
            }
        }
        List<String> names = List.of(
                "task from the program, there and back: µs",
                "actor, call and answer: µs",
                "sub-task, submitted and awaited by a task: µs",
                "call of what the program offers: µs",
                "stream, results a second");
        List<String> lines = new ArrayList<>();
        lines.add("| median of " + rounds + " (lowest – highest) | pando |");
        lines.add("|---|---:|");
        IntStream.range(0, names.size()).forEach(i -> lines.add("| " + names.get(i) + " | " + cell(all, i) + " |"));
        return lines;
    }

    private static String cell(List<double[]> all, int column) {
        double[] sorted = all.stream().mapToDouble(row -> row[column]).sorted().toArray();
        String form = sorted[0] > 10_000 ? "%,.0f (%,.0f – %,.0f)" : "%.1f (%.1f – %.1f)";
        return String.format(
                Locale.ROOT,
                form,
                sorted[sorted.length / 2],
                sorted[0],
                Arrays.stream(sorted).max().orElse(0));
    }

    /** Work whose time is measured. */
    private interface Timed {
        void run() throws Exception;
    }

    private static double microsEach(int times, Timed work) throws Exception {
        long before = System.nanoTime();
        work.run();
        return (System.nanoTime() - before) / 1e3 / times;
    }

    /** In a worker. */
    private static double subtasks(int times) throws Exception {
        return microsEach(times, () -> {
            for (int i = 0; i < times; i++) {
                Worker.pool().submit(() -> 1).result();
            }
        });
    }

    /** In a worker. */
    private static double offered(int times) throws Exception {
        return microsEach(times, () -> {
            for (int i = 0; i < times; i++) {
                Worker.<Integer>call("next", i);
            }
        });
    }

    private static void read(Pool pool, int results) {
        try (Stream<Integer> numbers = pool.stream(TalkRounds::count, results)) {
            if (numbers.mapToLong(Integer::longValue).sum() != (long) results * (results - 1) / 2) {
                throw new IllegalStateException("results were lost");
            }
        }
    }

    /** In a worker. */
    private static void count(int end, Sink<Integer> out) throws InterruptedException {
        for (int i = 0; i < end; i++) {
            out.send(i);
        }
    }
}
