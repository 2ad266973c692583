package dev.pando.bench;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.local.Virtual;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** A virtual thread for each task, Pando's and the JDK's. */
public class OnVirtual extends Bench {
    private final Pool pando = Pool.with(Virtual.unlimited()).queue(BURST).open();
    private final ExecutorService peer = Executors.newVirtualThreadPerTaskExecutor();

    /** A constant result, so that only the round trip is measured. */
    private final Object value = new Object();

    private final Task<Object> task = () -> value;

    @TearDown
    public void close() {
        pando.close();
        peer.close();
    }

    @Benchmark
    public Object onePando() throws Exception {
        return pando.submit(task).get();
    }

    @Benchmark
    public Object onePeer() throws Exception {
        return peer.submit(task).get();
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void burstPando(Blackhole hole) throws Exception {
        burst(pando, task, hole);
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void burstPeer(Blackhole hole) throws Exception {
        burst(peer, task, hole);
    }
}
