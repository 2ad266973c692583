package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.PoolBuilder;
import dev.pando.lab.language.MessageBook;
import dev.pando.lab.result.TimingSample;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import dev.pando.spi.Backend;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The context of a running experiment: its size, its progress listener and the recorder of its timeline. Each run has
 * its own; belongs to the thread that runs it.
 */
public final class ExperimentContext {
    private final ExperimentSize experimentSize;
    private final ExperimentProgress experimentProgress;
    private final MessageBook messages;
    private final @Nullable Backend cluster;
    private final TimelineRecorder timelineRecorder = new TimelineRecorder();

    public ExperimentContext(ExperimentSize experimentSize, ExperimentProgress experimentProgress) {
        this(experimentSize, experimentProgress, MessageBook.ENGLISH);
    }

    public ExperimentContext(
            ExperimentSize experimentSize, ExperimentProgress experimentProgress, MessageBook messages) {
        this(experimentSize, experimentProgress, messages, null);
    }

    /** @param cluster nodes that some experiments also try; {@code null}: there are none */
    public ExperimentContext(
            ExperimentSize experimentSize,
            ExperimentProgress experimentProgress,
            MessageBook messages,
            @Nullable Backend cluster) {
        this.cluster = cluster;
        this.experimentSize = experimentSize;
        this.experimentProgress = experimentProgress;
        this.messages = messages;
    }

    MessageBook messages() {
        return messages;
    }

    /** Returns the message of this key, with these values. */
    String text(String key, Object... values) {
        return messages.text(key, values);
    }

    ExperimentSize experimentSize() {
        return experimentSize;
    }

    long pick(long small, long quick, long full) {
        return experimentSize.pick(small, quick, full);
    }

    /** Returns how often a measurement is repeated. */
    int runs() {
        return (int) pick(1, 3, 5);
    }

    int cpus() {
        return Runtime.getRuntime().availableProcessors();
    }

    TimelineRecorder timelineRecorder() {
        return timelineRecorder;
    }

    /** Tells what comes next, by the key of a message or as a label. */
    void step(String doing, Object... values) {
        experimentProgress.step(messages.has(doing) ? messages.text(doing, values) : messages.label(doing));
    }

    /** Returns in words why a task has no result. */
    String reason(Throwable error) {
        return LossReason.of(error).in(messages);
    }

    /** Returns a pool that reports to progress and timeline; its workers are named after the group. */
    PoolBuilder with(String group, Backend backend) {
        return Pool.with(backend)
                .named(group)
                .listener(timelineRecorder.listener(group))
                .listener(experimentProgress);
    }

    /** Returns a pool without listeners, for tasks so short that listening would cost as much as they do. */
    PoolBuilder unheard(String group, Backend backend) {
        return Pool.with(backend).named(group);
    }

    /** Returns worker processes whose output is discarded. */
    Processes processes(int count) {
        return Processes.of(count).output(Output.discard());
    }

    /** Returns the nodes of the cluster that is there; {@code null} if none is. */
    @Nullable
    Backend cluster() {
        return cluster;
    }

    /** Returns the number of processes that helps with four pieces of work here. */
    int crew() {
        return Math.clamp(cpus(), 2, 4);
    }

    /**
     * Runs the work once unmeasured, because a first run in a JVM measures the compiler, and then {@code runs} times.
     * The timeline shows the last run.
     */
    TimingSample measure(int runs, Callable<? extends @Nullable Object> work) throws Exception {
        warmUp(work);
        return measureWarm(runs, work);
    }

    /** Runs the work once, neither measured nor recorded. */
    void warmUp(Callable<? extends @Nullable Object> work) throws Exception {
        timelineRecorder.listen(false);
        work.call();
    }

    /** As {@link #measure}, but the caller has warmed up. */
    TimingSample measureWarm(int runs, Callable<? extends @Nullable Object> work) throws Exception {
        double[] nanos = new double[runs];
        for (int run = 0; run < runs; run++) {
            timelineRecorder.listen(run == runs - 1);
            long start = System.nanoTime();
            work.call();
            nanos[run] = System.nanoTime() - start;
        }
        return new TimingSample(nanos);
    }

    /** Returns the duration of one run. */
    static long nanos(Callable<? extends @Nullable Object> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return System.nanoTime() - start;
    }
}
