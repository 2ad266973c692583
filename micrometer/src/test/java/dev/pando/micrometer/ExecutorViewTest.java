package dev.pando.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.PoolStats;
import dev.pando.Task;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.process.Processes;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool where Micrometer asks for a ThreadPoolExecutor: by its own monitor, without a warning. */
@Timeout(60)
class ExecutorViewTest {
    private static final Logger LOGGER = Logger.getLogger(ExecutorServiceMetrics.class.getName());

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> logged = new ArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(listener);
    }

    @AfterEach
    void listenNoMore() {
        LOGGER.removeHandler(listener);
    }

    private double gauge(String meter) {
        return registry.get(meter).tag("name", "shop").gauge().value();
    }

    private double completed() {
        return registry.get("executor.completed").functionCounter().count();
    }

    /** Compares what Micrometer's meters say with what the pool says, once both are at rest. */
    private void agrees(Pool pool, int running, int queued, int done) {
        while (pool.stats().running() != running || completed() != done) {
            Thread.onSpinWait(); // a task is counted a moment after its future is done
        }
        PoolStats stats = pool.stats();
        assertThat(gauge("executor.active")).isEqualTo(stats.running()).isEqualTo(running);
        assertThat(gauge("executor.queued")).isEqualTo(stats.queued()).isEqualTo(queued);
        assertThat(gauge("executor.queue.remaining")).isEqualTo(10 - queued);
        assertThat(gauge("executor.pool.size")).isEqualTo(stats.workers());
        assertThat(gauge("executor.pool.core")).isEqualTo(2);
        assertThat(gauge("executor.pool.max")).isEqualTo(2);
        assertThat(completed()).isEqualTo(stats.succeeded() + stats.failed() + stats.cancelled());
    }

    @Test
    void micrometersOwnMonitorBindsAPoolWithoutAWarningAndItsMetersAreThePoolsCounts() throws Exception {
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch latch = new CountDownLatch(1);
        Task<Integer> waits = () -> {
            inside.countDown();
            latch.await();
            return 1;
        };
        try (Pool pool = Pool.with(Threads.of(2)).named("io").queue(10).open()) {
            ExecutorServiceMetrics.monitor(new SimpleMeterRegistry(), (ExecutorService) pool, "shop");
            assertThat(logged)
                    .as("what it says of a pool itself")
                    .hasSize(1)
                    .allMatch(line -> line.contains("unsupported"));
            logged.clear();

            ExecutorService timed =
                    ExecutorServiceMetrics.monitor(registry, (ExecutorService) PoolMetrics.executor(pool), "shop");
            assertThat(logged).isEmpty();
            agrees(pool, 0, 0, 0);
            for (int i = 0; i < 2; i++) {
                var _ = timed.submit(waits);
                var _ = pool.submit(waits);
                timed.execute(() -> {});
            }
            var _ = timed.submit(() -> {
                throw new IllegalStateException("counts as well");
            });
            inside.await();
            agrees(pool, 2, 5, 0);
            assertThat(pool.cancelQueued()).isEqualTo(5);
            agrees(pool, 2, 0, 5);
            latch.countDown();
            agrees(pool, 0, 0, 7);
            assertThat(registry.get("executor").timer().count())
                    .as("through the monitor")
                    .isPositive();
            timed.shutdown();
            assertThat(timed.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            assertThat(pool.isTerminated()).isTrue();
        }
    }

    @Test
    void theViewStartsNoThreadAndItsNumbersAreThePools() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(2);
        Pool pool = Pool.with(Threads.of(2)).named("view").queue(10).open();
        ThreadPoolExecutor view = PoolMetrics.executor(pool);
        for (int i = 0; i < 5; i++) {
            var _ = view.submit(() -> {
                assertThat(Thread.currentThread().getName()).startsWith("view-");
                inside.countDown();
                latch.await();
                return 1;
            });
        }
        inside.await();
        assertThat(view.getActiveCount()).isEqualTo(2);
        assertThat(view.getPoolSize()).isEqualTo(2);
        assertThat(view.getLargestPoolSize()).isEqualTo(2);
        assertThat(view.getCorePoolSize()).isEqualTo(2);
        assertThat(view.getMaximumPoolSize()).isEqualTo(2);
        assertThat(view.getTaskCount()).isEqualTo(5);
        assertThat(view.getCompletedTaskCount()).isZero();
        assertThat(view.getQueue().size()).isEqualTo(3);
        assertThat(view.getQueue().isEmpty()).isFalse();
        assertThat(view.getQueue().remainingCapacity()).isEqualTo(7);
        assertThat(view.toString()).contains("view", "Threads.of(2)", "running 2", "queued 3");
        view.purge();
        assertThat(view.getQueue().size()).isEqualTo(3);
        assertThat(view.isShutdown() || view.isTerminating() || view.isTerminated())
                .isFalse();

        view.shutdown();
        assertThat(pool.isShutdown() && view.isShutdown() && view.isTerminating())
                .isTrue();
        assertThat(view.isTerminated()).isFalse();
        assertThat(view.awaitTermination(0, TimeUnit.SECONDS)).isFalse();
        latch.countDown();
        view.close();
        assertThat(view.isTerminated()).isTrue();
        assertThat(view.isTerminating()).isFalse();
        assertThat(view.getCompletedTaskCount()).isEqualTo(5);
        assertThat(view.getPoolSize()).isZero();
        assertThat(view.getLargestPoolSize()).isEqualTo(2);
    }

    @Test
    void aPoolWithoutABoundSaysSo() {
        try (Pool pool = Pool.open(Virtual.unlimited())) {
            assertThat(PoolMetrics.executor(pool).getMaximumPoolSize()).isEqualTo(Integer.MAX_VALUE);
        }
    }

    @Test
    void everySettingThatAPoolDoesNotHaveIsRefusedByName() {
        try (Pool pool = Pool.with(Threads.of(1)).named("fixed").open()) {
            ThreadPoolExecutor view = PoolMetrics.executor(pool);
            BlockingQueue<Runnable> queue = view.getQueue();
            List<ThrowingCallable> refused = List.of(
                    () -> view.setCorePoolSize(1),
                    () -> view.setMaximumPoolSize(1),
                    view::prestartCoreThread,
                    view::prestartAllCoreThreads,
                    () -> view.allowCoreThreadTimeOut(true),
                    () -> view.setKeepAliveTime(1, TimeUnit.SECONDS),
                    () -> view.getKeepAliveTime(TimeUnit.SECONDS),
                    () -> view.setThreadFactory(Executors.defaultThreadFactory()),
                    view::getThreadFactory,
                    () -> view.setRejectedExecutionHandler(new ThreadPoolExecutor.AbortPolicy()),
                    view::getRejectedExecutionHandler,
                    () -> view.remove(() -> {}),
                    () -> queue.add(() -> {}),
                    () -> queue.offer(() -> {}),
                    () -> queue.offer(() -> {}, 1, TimeUnit.SECONDS),
                    () -> queue.put(() -> {}),
                    queue::take,
                    queue::poll,
                    () -> queue.poll(1, TimeUnit.SECONDS),
                    queue::peek,
                    queue::iterator,
                    queue::clear,
                    () -> queue.contains(queue),
                    () -> queue.remove(queue),
                    () -> queue.drainTo(new ArrayList<>()),
                    () -> queue.drainTo(new ArrayList<>(), 1));
            assertThat(refused)
                    .allSatisfy(call -> assertThatThrownBy(call)
                            .isInstanceOf(UnsupportedOperationException.class)
                            .hasMessageContaining("pool fixed"));
            assertThat(view.allowsCoreThreadTimeOut())
                    .as("workers without work leave")
                    .isTrue();
        }
    }

    /** A method of a later JDK that is not answered here would answer for the superclass, which has nothing. */
    @Test
    void noMethodOfTheSuperclassAnswersForItself() {
        assertThat(Arrays.stream(ExecutorView.class.getMethods())
                        .filter(method -> method.getDeclaringClass() != Object.class)
                        .filter(method -> method.getDeclaringClass() != ExecutorView.class)
                        .map(method -> method.getName()))
                .isEmpty();
        assertThat(Arrays.stream(QueueView.class.getMethods())
                        .filter(method -> method.getDeclaringClass() != Object.class)
                        .filter(method -> method.getDeclaringClass() != QueueView.class)
                        .map(method -> method.getName())
                        .distinct())
                .as("made of those that are answered")
                .containsExactlyInAnyOrder(
                        "add",
                        "remove",
                        "element",
                        "addAll",
                        "toArray",
                        "containsAll",
                        "removeAll",
                        "retainAll",
                        "forEach",
                        "removeIf",
                        "spliterator",
                        "stream",
                        "parallelStream");
    }

    @Test
    @Tag("processes")
    void workerProcessesAreCountedAndRefuseTheWrapperOfTheMonitor() {
        try (Pool pool = Pool.with(Processes.of(1)).named("far").queue(10).open()) {
            ExecutorService timed =
                    ExecutorServiceMetrics.monitor(registry, (ExecutorService) PoolMetrics.executor(pool), "shop");
            Task<Integer> seven = () -> 7;
            assertThat(pool.submit(seven).result(Duration.ofSeconds(50))).isEqualTo(7);
            assertThatThrownBy(() -> timed.submit(seven)).isInstanceOf(NotSendableException.class);
            while (completed() < 1) {
                Thread.onSpinWait();
            }
            assertThat(gauge("executor.pool.max")).isEqualTo(1);
        }
    }
}
