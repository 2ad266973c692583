package dev.pando.bench;

import dev.pando.Fn;
import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.process.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import net.viktorc.pp4j.impl.JavaProcessPoolExecutor;
import net.viktorc.pp4j.impl.SimpleJavaProcessOptions;

/**
 * One program of {@link ProcessRounds}: measures one pool of worker JVMs, ours or PP4J's, and prints a line for each number.
 * What it does, {@code process_fork.py} does too, in the same order and as often.
 */
final class ProcessFork {
    private static final int WORKERS = 2;
    private static final int PATIENCE_SECONDS = 30;
    /** A spare gets ready in that time. */
    private static final long SPARE_NANOS = 1_500_000_000L;

    private static final Task<Integer> NOTHING = () -> 42;
    private static final Task<Long> PROCESS = () -> ProcessHandle.current().pid();
    private static final Fn<Integer, Integer> TINY = x -> x * 31 + 7;

    /** A task of PP4J's has no arguments. */
    private static Task<Integer> tiny(Integer x) {
        return () -> x * 31 + 7;
    }

    private final boolean pando;
    private final ProcessRounds.Size size;

    private ProcessFork(boolean pando, ProcessRounds.Size size) {
        this.pando = pando;
        this.size = size;
    }

    public static void main(String[] args) throws Exception {
        int[] n = Arrays.stream(args).skip(1).mapToInt(Integer::parseInt).toArray();
        var fork = new ProcessFork(args[0].equals("pando"), new ProcessRounds.Size(n[0], n[1], n[2], n[3]));
        try {
            fork.version();
            fork.start();
            fork.work();
            boolean tiny = n[3] == ProcessRounds.Size.TINY.repeats();
            if (fork.pando || !tiny) fork.kill("kill", 0); // PP4J loses the task: that is only seen after a while
            if (fork.pando) fork.kill("kill.spare", 1);
        } catch (Exception e) {
            System.err.println(args[0] + " got no further: " + e);
        }
        System.exit(0); // PP4J leaves threads behind when something went wrong
    }

    private ExecutorService open(int workers, int spares) throws InterruptedException {
        if (pando) return Pool.with(Processes.of(workers).spares(spares)).queue(size.tasks()).open();
        return new JavaProcessPoolExecutor(new SimpleJavaProcessOptions(0), workers, workers, 0, null, false);
    }

    private void start() throws Exception {
        print("start.first", toFirstAnswer());
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < size.repeats(); i++) times.add(toFirstAnswer());
        print("start.again", Samples.median(times));
    }

    private double toFirstAnswer() throws Exception {
        long begin = System.nanoTime();
        ExecutorService pool = open(WORKERS, 0);
        answer(pool, NOTHING);
        long end = System.nanoTime();
        close(pool);
        return (end - begin) / 1e6;
    }

    private void work() throws Exception {
        ExecutorService pool = open(WORKERS, 0);
        calls(pool);
        double[] calls = calls(pool);
        print("call.p50", calls[calls.length / 2]);
        print("call.p99", calls[calls.length * 99 / 100]);
        print("burst", repeated(size.tasks(), () -> burst(pool)));
        List<Integer> some = IntStream.range(0, size.tasks()).boxed().toList();
        if (pool instanceof Pool ours) {
            List<Integer> all = IntStream.range(0, size.elements()).boxed().toList();
            print("map", repeated(size.elements(), () -> ours.map(TINY, all).mapToLong(x -> x).sum()));
            print("each", repeated(size.tasks(), () -> ours.mapping(TINY).chunk(1).over(some).mapToLong(x -> x).sum()));
        } else {
            print("each", repeated(size.tasks(), () -> each(pool, some)));
        }
        close(pool);
    }

    /** Microseconds, sorted. */
    private double[] calls(ExecutorService pool) throws Exception {
        double[] times = new double[size.calls()];
        for (int i = 0; i < times.length; i++) {
            long begin = System.nanoTime();
            answer(pool, NOTHING);
            times[i] = (System.nanoTime() - begin) / 1e3;
        }
        Arrays.sort(times);
        return times;
    }

    private long burst(ExecutorService pool) throws Exception {
        List<Future<Integer>> futures = new ArrayList<>(size.tasks());
        for (int i = 0; i < size.tasks(); i++) futures.add(pool.submit((Callable<Integer>) NOTHING));
        return sum(futures);
    }

    private static long each(ExecutorService pool, List<Integer> elements) throws Exception {
        List<Future<Integer>> futures = new ArrayList<>(elements.size());
        for (Integer element : elements) futures.add(pool.submit((Callable<Integer>) tiny(element)));
        return sum(futures);
    }

    private static long sum(List<Future<Integer>> futures) throws Exception {
        long sum = 0;
        for (Future<Integer> future : futures) sum += future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return sum;
    }

    /** The median of so many a millisecond, after as many to get warm. */
    private double repeated(int count, Callable<Long> work) throws Exception {
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < 2 * size.repeats(); i++) {
            long begin = System.nanoTime();
            work.call();
            if (i >= size.repeats()) rates.add(count / ((System.nanoTime() - begin) / 1e6));
        }
        return Samples.median(rates);
    }

    private void kill(String name, int spares) throws Exception {
        ExecutorService pool = open(1, spares);
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < size.repeats(); i++) {
            long ready = System.nanoTime() + spares * SPARE_NANOS;
            do answer(pool, NOTHING); while (System.nanoTime() < ready);
            ProcessHandle worker = ProcessHandle.of(answer(pool, PROCESS)).orElseThrow();
            long begin = System.nanoTime();
            worker.destroyForcibly();
            nextAnswer(pool);
            times.add((System.nanoTime() - begin) / 1e6);
        }
        print(name, Samples.median(times));
        close(pool);
    }

    private static void nextAnswer(ExecutorService pool) throws Exception {
        while (true) {
            try {
                answer(pool, NOTHING);
                return;
            } catch (ExecutionException lost) {
                // it went to the worker that was killed
            }
        }
    }

    private static <T> T answer(ExecutorService pool, Task<T> task) throws Exception {
        return pool.submit((Callable<T>) task).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void close(ExecutorService pool) throws InterruptedException {
        pool.shutdown();
        if (!pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) System.err.println("did not end");
    }

    private void version() throws IOException {
        if (pando) {
            System.out.println("version Java " + System.getProperty("java.vm.version") + " (" + System.getProperty("java.vendor") + ")");
            return;
        }
        Properties pom = new Properties();
        try (InputStream in = ProcessFork.class.getResourceAsStream("/META-INF/maven/net.viktorc/pp4j/pom.properties")) {
            if (in != null) pom.load(in);
        }
        System.out.println("version PP4J " + pom.getProperty("version", "of unknown version"));
    }

    private static void print(String name, double number) {
        System.out.println(name + " " + String.format(Locale.ROOT, "%.3f", number));
    }
}
