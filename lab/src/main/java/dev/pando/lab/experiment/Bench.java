package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.PoolBuilder;
import dev.pando.lab.result.Sample;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import dev.pando.spi.Backend;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment stands on while it runs: how large it shall be, who hears of its progress, and who writes down its
 * timeline. One for each run of an experiment; belongs to the thread that runs it.
 */
public final class Bench {
    private final Size size;
    private final Progress progress;
    private final Recorder recorder = new Recorder();

    public Bench(Size size, Progress progress) {
        this.size = size;
        this.progress = progress;
    }

    Size size() {
        return size;
    }

    long pick(long small, long quick, long full) {
        return size.pick(small, quick, full);
    }

    /** How often the same thing is measured. */
    int runs() {
        return (int) pick(1, 3, 5);
    }

    int cpus() {
        return Runtime.getRuntime().availableProcessors();
    }

    Recorder recorder() {
        return recorder;
    }

    void step(String doing) {
        progress.step(doing);
    }

    /** A pool that reports to progress and timeline; its workers are called after the group. */
    PoolBuilder with(String group, Backend backend) {
        return Pool.with(backend).named(group).listener(recorder.listener(group)).listener(progress);
    }

    /** A pool that nobody listens to, where listening would cost as much as what is measured. */
    PoolBuilder unheard(String group, Backend backend) {
        return Pool.with(backend).named(group);
    }

    /** Worker processes that keep what they print to themselves. */
    Processes processes(int count) {
        return Processes.of(count).output(Output.discard());
    }

    /** As many processes as help with four pieces of work here. */
    int crew() {
        return Math.clamp(cpus(), 2, 4);
    }

    /**
     * Runs it once unmeasured, because the first run of anything in a JVM measures the compiler, and then as often as
     * asked. The timeline shows the last run.
     */
    Sample measure(int runs, Callable<? extends @Nullable Object> work) throws Exception {
        warmUp(work);
        return measureWarm(runs, work);
    }

    /** Once, unmeasured and not written down. */
    void warmUp(Callable<? extends @Nullable Object> work) throws Exception {
        recorder.listen(false);
        work.call();
    }

    /** As {@link #measure}, where the caller has warmed up. */
    Sample measureWarm(int runs, Callable<? extends @Nullable Object> work) throws Exception {
        double[] nanos = new double[runs];
        for (int run = 0; run < runs; run++) {
            recorder.listen(run == runs - 1);
            long start = System.nanoTime();
            work.call();
            nanos[run] = System.nanoTime() - start;
        }
        return new Sample(nanos);
    }

    /** What one run takes. */
    static long nanos(Callable<? extends @Nullable Object> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return System.nanoTime() - start;
    }
}
