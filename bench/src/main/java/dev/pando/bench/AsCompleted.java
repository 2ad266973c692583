package dev.pando.bench;

import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.local.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Submits {@code n} tasks to two workers, and takes their results as they complete. In {@code flow} the workers run
 * from the start; in {@code held} the workers begin when all tasks are submitted, so that no future is done when taking
 * begins. An operation is all of that; {@code elements} counts the tasks.
 */
public class AsCompleted extends Bench {

    @Param({"10000", "100000", "1000000"})
    public int n;

    private final Object value = new Object();
    private final Task<Object> task = () -> value;
    private Pool pool;
    private ThreadPoolExecutor peer;

    @org.openjdk.jmh.annotations.Setup
    public void open() {
        pool = Pool.with(Threads.of(2)).queue(n + 2).open();
        peer = new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(n + 2));
    }

    @TearDown
    public void close() {
        pool.close();
        peer.close();
    }

    /** Tasks a millisecond, which is comparable between different {@code n}. */
    @State(Scope.Thread)
    @AuxCounters
    public static class Count {
        public long elements;
    }

    @Benchmark
    public void flowPando(Blackhole hole, Count count) {
        List<TaskFuture<Object>> futures = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            futures.add(pool.submit(task));
        }
        for (TaskFuture<Object> next : Futures.asCompleted(futures)) {
            hole.consume(next.result());
        }
        count.elements += n;
    }

    @Benchmark
    public void flowPeer(Blackhole hole, Count count) throws Exception {
        var completion = new ExecutorCompletionService<Object>(peer);
        for (int i = 0; i < n; i++) {
            completion.submit(task);
        }
        for (int i = 0; i < n; i++) {
            hole.consume(completion.take().get());
        }
        count.elements += n;
    }

    @Benchmark
    public void heldPando(Blackhole hole, Count count) throws Exception {
        CountDownLatch begin = hold(pool);
        List<TaskFuture<Object>> futures = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            futures.add(pool.submit(task));
        }
        var arriving = Futures.asCompleted(futures).iterator();
        begin.countDown();
        while (arriving.hasNext()) {
            hole.consume(arriving.next().result());
        }
        count.elements += n;
    }

    @Benchmark
    public void heldPeer(Blackhole hole, Count count) throws Exception {
        CountDownLatch begin = hold(peer);
        var completion = new ExecutorCompletionService<Object>(peer);
        for (int i = 0; i < n; i++) {
            completion.submit(task);
        }
        begin.countDown();
        for (int i = 0; i < n; i++) {
            hole.consume(completion.take().get());
        }
        count.elements += n;
    }

    /** Keeps both workers until the latch is open. */
    private static CountDownLatch hold(ExecutorService workers) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(2);
        CountDownLatch begin = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            workers.execute(() -> {
                held.countDown();
                try {
                    begin.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        held.await();
        return begin;
    }
}
