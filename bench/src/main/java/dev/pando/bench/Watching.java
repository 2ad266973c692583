package dev.pando.bench;

import dev.pando.Pool;
import dev.pando.PoolListener;
import dev.pando.Task;
import dev.pando.local.Threads;
import jdk.jfr.Recording;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** The cost of observation: the same work without a listener, with a listener, with a flight recording. */
public class Watching extends Bench {

    @Param({"none", "listener", "recording"})
    public String by;

    private final Object value = new Object();
    private final Task<Object> task = () -> value;
    private Pool pool;
    private Recording recording;

    @Setup
    public void open() {
        var builder = Pool.with(Threads.of(2)).queue(BURST);
        if (by.equals("listener")) {
            builder.listener(new PoolListener() {});
        }
        if (by.equals("recording")) {
            recording = new Recording();
            for (String event : new String[] {"TaskQueued", "TaskStarted", "TaskFinished"}) {
                recording.enable("dev.pando." + event);
            }
            recording.setMaxSize(64L << 20);
            recording.start();
        }
        pool = builder.open();
    }

    @TearDown
    public void close() {
        pool.close();
        if (recording != null) {
            recording.close();
        }
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void burst(Blackhole hole) throws Exception {
        burst(pool, task, hole);
    }
}
