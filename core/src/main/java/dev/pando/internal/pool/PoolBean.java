package dev.pando.internal.pool;

import dev.pando.PoolMXBean;
import dev.pando.PoolView;
import dev.pando.TaskInfo;
import dev.pando.WorkerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a console of Java management is told of a pool, when it asks.
 *
 * @param pool the pool; throws an {@link IllegalStateException} if it is gone
 */
record PoolBean(Supplier<PoolView> pool) implements PoolMXBean {
    private static final int MOST = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private PoolView view() {
        return pool.get();
    }

    @Override
    public String getName() {
        return view().stats().name();
    }

    @Override
    public String getBackend() {
        return view().stats().backend();
    }

    @Override
    public String getState() {
        return view().stats().state();
    }

    @Override
    public int getWidth() {
        return view().width();
    }

    @Override
    public int getWorkers() {
        return view().stats().workers();
    }

    @Override
    public int getRunning() {
        return view().stats().running();
    }

    @Override
    public int getQueued() {
        return view().stats().queued();
    }

    @Override
    public int getQueueBound() {
        return view().queueBound();
    }

    @Override
    public long getSubmitted() {
        return view().stats().submitted();
    }

    @Override
    public long getSucceeded() {
        return view().stats().succeeded();
    }

    @Override
    public long getFailed() {
        return view().stats().failed();
    }

    @Override
    public long getCancelled() {
        return view().stats().cancelled();
    }

    @Override
    public long getRejected() {
        return view().stats().rejected();
    }

    @Override
    public long getRetried() {
        return view().stats().retried();
    }

    @Override
    public long getWorkersLost() {
        return view().stats().workersLost();
    }

    @Override
    public List<String> getRunningTasks() {
        Instant now = Instant.now();
        return view().running(MOST).stream().map(task -> text(task, now)).toList();
    }

    private static String text(TaskInfo task, Instant now) {
        String since = task.started()
                .map(started -> ", for " + Duration.between(started, now).toMillis() + " ms")
                .orElse("");
        return task.id() + " " + task.name() + " on " + task.worker().orElse("a worker") + since;
    }

    @Override
    public List<String> getWorkerList() {
        return view().workers(MOST).stream().map(PoolBean::text).toList();
    }

    private static String text(WorkerInfo worker) {
        StringBuilder text = new StringBuilder(worker.name());
        text.append(" ").append(worker.activity());
        worker.task().ifPresent(task -> text.append(" ").append(task.name()));
        worker.pid().ifPresent(pid -> text.append(", process ").append(pid));
        worker.memory().ifPresent(bytes -> text.append(", ").append(bytes >> 20).append(" MiB"));
        return text.toString();
    }

    @Override
    public List<String> stack(long task) {
        return view().stack(task, PATIENCE).stream()
                .map(StackTraceElement::toString)
                .toList();
    }
}
