package dev.pando.bench;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.local.Threads;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Two platform threads and a queue of 10 000, Pando's and the JDK's. With {@code -prof gc} also the bytes of a task.
 */
public class OnThreads extends Bench {
    private final Pool pando = Pool.with(Threads.of(2)).queue(BURST).open();
    private final ExecutorService peer =
            new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(BURST));

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
