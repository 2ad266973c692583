package dev.pando.bench;

import dev.pando.Task;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The common settings of all benchmarks: durations, repetitions, and throughput as the mode. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public abstract class Bench {

    /** A burst fits into the queue, so that no submitter is refused or made to wait. */
    static final int BURST = 10_000;

    /** Submits all tasks, then takes each result. */
    static void burst(ExecutorService executor, Task<Object> task, Blackhole hole) throws Exception {
        Future<?>[] futures = new Future<?>[BURST];
        for (int i = 0; i < BURST; i++) {
            futures[i] = executor.submit((java.util.concurrent.Callable<Object>) task);
        }
        for (Future<?> future : futures) {
            hole.consume(future.get());
        }
    }
}
