package dev.pando.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.local.Threads;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What Prometheus reads of a pool. */
class PoolMetricsTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Returns the value of a line of the text. */
    private double read(String line) {
        return registry.scrape()
                .lines()
                .filter(one -> one.startsWith(line + " "))
                .map(one -> Double.parseDouble(one.substring(line.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(line + " in\n" + registry.scrape()));
    }

    /** The numbers of a pool are read again after a moment. */
    private void becomes(String line, double value) {
        while (read(line) != value) {
            Thread.onSpinWait();
        }
    }

    @Test
    void theNamesAreThoseOfMicrometersExecutors() throws Exception {
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch latch = new CountDownLatch(1);
        try (Pool pool = Pool.with(Threads.of(2)).named("io").queue(10).open();
                PoolMetrics _ = PoolMetrics.monitor(registry, pool, Tag.of("app", "shop"))) {
            for (int i = 0; i < 5; i++) {
                var _ = pool.submit(() -> {
                    inside.countDown();
                    latch.await();
                    return 1;
                });
            }
            inside.await();
            String tags = "{app=\"shop\",name=\"io\"}";
            becomes("executor_active_threads" + tags, 2);
            becomes("executor_queued_tasks" + tags, 3);
            assertThat(read("executor_queue_remaining_tasks" + tags)).isEqualTo(7);
            assertThat(read("executor_pool_size_threads" + tags)).isEqualTo(2);
            assertThat(read("executor_pool_core_threads" + tags)).isEqualTo(2);
            assertThat(read("executor_pool_max_threads" + tags)).isEqualTo(2);
            assertThat(read("pando_queue_remaining_tasks" + tags)).isEqualTo(7);
            assertThat(read("pando_worker_memory_bytes" + tags)).isNaN();
            latch.countDown();
            becomes("executor_completed_tasks_total" + tags, 5);
            becomes("executor_seconds_count" + tags, 5);
            assertThat(read("executor_idle_seconds_count" + tags)).isEqualTo(5);
            assertThat(read("pando_task_wait_seconds_count" + tags)).isEqualTo(5);
            assertThat(read("pando_task_run_seconds_sum" + tags)).isPositive();
            assertThat(registry.scrape())
                    .contains("pando_task_run_seconds{app=\"shop\",name=\"io\",quantile=\"0.99\"}");
        }
        assertThat(registry.getMeters()).as("closed").isEmpty();
    }

    @Test
    void eachTaskHasOneOutcome() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        try (Pool pool = Pool.with(Threads.of(1)).named("ends").open();
                PoolMetrics _ = PoolMetrics.monitor(registry, pool)) {
            pool.submit(() -> 1).result();
            assertThat(pool.submit(() -> {
                                throw new IllegalStateException("<script>");
                            })
                            .exception())
                    .isNotNull();
            TaskFuture<?> slow = pool.timeout(Duration.ofMillis(20)).submit(() -> latch.await());
            assertThat(slow.exception()).isNotNull();
            CountDownLatch inside = new CountDownLatch(1);
            TaskFuture<?> cancelled = pool.submit(() -> {
                inside.countDown();
                latch.await();
            });
            inside.await();
            cancelled.cancel(true);
            for (String outcome : List.of("succeeded", "failed", "timed_out", "cancelled")) {
                becomes("pando_tasks_total{name=\"ends\",outcome=\"" + outcome + "\"}", 1);
            }
            for (String outcome : List.of("lost", "deadlocked", "rejected")) {
                assertThat(read("pando_tasks_total{name=\"ends\",outcome=\"" + outcome + "\"}"))
                        .isZero();
            }
        }
    }

    @Test
    void twoRegistriesSeeOnePool() {
        SimpleMeterRegistry other = new SimpleMeterRegistry();
        try (Pool pool = Pool.with(Threads.of(1)).named("twice").open();
                PoolMetrics metrics = PoolMetrics.of(pool)) {
            metrics.bindTo(registry);
            metrics.bindTo(other);
            pool.submit(() -> 1).result();
            becomes("pando_task_run_seconds_count{name=\"twice\"}", 1);
            while (other.get("pando.task.run").timer().count() < 1) {
                Thread.onSpinWait();
            }
        }
        assertThat(other.getMeters()).isEmpty();
    }
}
