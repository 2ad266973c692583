package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.PoolBrokenException;
import dev.pando.PoolListener;
import dev.pando.TaskFuture;
import dev.pando.local.Threads;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What only platform threads have: names, an initializer, and an end when their pool is forgotten. */
@Timeout(60)
class ThreadsTest {
    @RegisterExtension
    final Pools pools = new Pools();

    private Pool open(Threads threads) {
        return pools.open(Pool.with(threads).named(pools.name()));
    }

    private static Set<Thread> busy(Pool pool, Gate gate, int count) throws InterruptedException {
        Gate.Handle handle = gate.handle();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < count; i++) {
            var _ = pool.submit(() -> {
                threads.add(Thread.currentThread());
                handle.await();
            });
        }
        gate.awaitArrivals(count);
        return threads;
    }

    @Test
    @Scenario(125)
    void autoHasAsManyThreadsAsSuitWorkThatWaits() {
        int expected = Math.min(32, Runtime.getRuntime().availableProcessors() + 4);
        assertThat(Threads.auto()).hasToString("Threads.of(" + expected + ")");
    }

    @Test
    @Scenario({60, 101, 200})
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> Threads.of(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count must be greater than 0, not 0");
        assertThatThrownBy(() -> Threads.of(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> Threads.of(1).initializer(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("initializer");
    }

    @Test
    @Scenario({110, 114})
    void oneThreadForEachBusyTaskNamedAfterThePoolAndNoneAfterClose() throws Exception {
        Pool pool = open(Threads.of(5));
        Gate gate = pools.gate();
        Set<Thread> threads = busy(pool, gate, 5);
        String name = pool.stats().name();
        assertThat(threads)
                .extracting(Thread::getName)
                .containsExactlyInAnyOrder(name + "-1", name + "-2", name + "-3", name + "-4", name + "-5");
        assertThat(threads).noneMatch(Thread::isDaemon).noneMatch(Thread::isVirtual);
        gate.open();
        pool.close();
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    @Scenario(115)
    void aPoolWithoutANameGetsOneOfItsOwn() {
        try (Pool first = Pool.open(Threads.of(1));
                Pool second = Pool.open(Threads.of(1))) {
            String name = first.submit(() -> Thread.currentThread().getName()).result();
            assertThat(name).matches("pool\\d+-1").isEqualTo(first.stats().name() + "-1");
            assertThat(first.stats().name()).isNotEqualTo(second.stats().name());
        }
    }

    @Test
    @Scenario({127, 135, 136})
    void anIdleThreadIsUsedAgain() {
        Pool pool = open(Threads.of(4));
        long begun = System.nanoTime();
        Thread last = pool.submit(Thread::currentThread).result();
        for (int again = 0; again < 3; ) {
            while (last.getState() != Thread.State.TIMED_WAITING && last.isAlive()) {
                Thread.onSpinWait();
            }
            long before = begun;
            begun = System.nanoTime();
            Thread next = pool.submit(Thread::currentThread).result();
            if (System.nanoTime() - before < 1_000_000_000L) { // so long a thread stays without work
                assertThat(next).isSameAs(last);
                again++;
            }
            last = next;
        }
    }

    @Test
    @Scenario(112)
    void threadsOfAForgottenPoolGoHome() throws Exception {
        var held = new Object() {
            Pool pool = Pool.with(Threads.of(2)).named(pools.name()).open();
        };
        WeakReference<Pool> forgotten = new WeakReference<>(held.pool);
        List<Integer> results = new ArrayList<>(
                held.pool.map((Integer n) -> n + 1, List.of(1, 2, 3)).toList());
        Thread worker = held.pool.submit(Thread::currentThread).result();
        held.pool = null;
        assertThat(results).containsExactly(2, 3, 4);
        assertThat(worker.join(Duration.ofSeconds(20))).isTrue();
        while (forgotten.get() != null) {
            System.gc();
        }
    }

    @Test
    @Scenario({98, 181, 182})
    void theInitializerRunsOnEachThreadBeforeItsFirstTask() throws Exception {
        ThreadLocal<Integer> prepared = ThreadLocal.withInitial(() -> 0);
        AtomicInteger count = new AtomicInteger();
        Pool pool = open(Threads.of(2).initializer(() -> prepared.set(count.incrementAndGet())));
        Gate gate = pools.gate();
        Gate.Handle handle = gate.handle();
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            futures.add(pool.submit(() -> {
                handle.await();
                return prepared.get();
            }));
        }
        gate.awaitArrivals(2);
        gate.open();
        assertThat(List.of(futures.get(0).result(), futures.get(1).result())).containsExactlyInAnyOrder(1, 2);
        assertThat(prepared.get()).isZero();
    }

    @Test
    @Scenario({99, 102, 123, 184})
    void anInitializerThatNeverSucceedsBreaksThePoolAndSaysWhy() throws Exception {
        IllegalStateException reason = new IllegalStateException("no licence");
        List<TaskFuture<Integer>> second = new CopyOnWriteArrayList<>();
        AtomicInteger refused = new AtomicInteger();
        Pool pool = open(Threads.of(2).initializer(() -> {
            throw reason;
        }));
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                futures.add(pool.submit(() -> 1).onDone(done -> {
                    try {
                        second.add(pool.submit(() -> 2));
                    } catch (PoolBrokenException e) {
                        refused.incrementAndGet();
                    }
                }));
            }
        } catch (PoolBrokenException early) {
            assertThat(early).hasCause(reason);
        }
        assertThat(futures).isNotEmpty();
        for (TaskFuture<Integer> future : futures) {
            assertThatThrownBy(future::result)
                    .isInstanceOf(PoolBrokenException.class)
                    .hasCause(reason)
                    .hasMessageContaining("no licence");
        }
        assertThatThrownBy(() -> pool.submit(() -> 1))
                .isInstanceOf(PoolBrokenException.class)
                .hasCause(reason);
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.stats().state()).isEqualTo("broken");
        assertThat(refused.get()).isEqualTo(futures.size());
        assertThat(second).isEmpty();
        pools.takeErrors();
    }

    @Test
    void aListenerHearsOfEachThread() throws Exception {
        List<String> started = new CopyOnWriteArrayList<>();
        Pool pool = pools.open(Pool.with(Threads.of(2)).named(pools.name()).listener(new PoolListener() {
            @Override
            public void workerStarted(String worker) {
                started.add(worker);
            }
        }));
        Gate gate = pools.gate();
        Set<Thread> threads = busy(pool, gate, 2);
        assertThat(started)
                .containsExactlyInAnyOrderElementsOf(
                        threads.stream().map(Thread::getName).toList());
    }

    @Test
    @Scenario(129)
    void aProgramStartedFromAPoolThreadEndsWell() {
        Pool pool = open(Threads.of(1));
        String java = ProcessHandle.current().info().command().orElseThrow();
        assertThat(pool.submit(() -> new ProcessBuilder(java, "-version")
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor())
                        .result())
                .isZero();
    }
}
