package dev.pando.micrometer;

import dev.pando.Pool;
import dev.pando.PoolStats;
import dev.pando.PoolView;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * The meters of one pool: those of Micrometer's executors under their own names, so that boards which exist show a pool
 * too, and those that only a pool has. No meter has the name of a task for a tag.
 *
 * <pre>{@code
 * PoolMetrics.monitor(registry, pool);
 * }</pre>
 *
 * <p>Where nothing is bound a pool costs what it cost before; each binding times every task when it ends, on the thread
 * that ends it.
 */
public final class PoolMetrics implements MeterBinder, AutoCloseable {
    private final PoolView view;
    private final Tags tags;
    private final List<Binding> bindings = new CopyOnWriteArrayList<>();

    /** What one registry has of the pool. */
    private record Binding(MeterRegistry registry, List<Meter> meters, PoolView.Watch watch) {}

    private PoolMetrics(PoolView view, Tags tags) {
        this.view = view;
        this.tags = tags;
    }

    /** The meters of this pool, with its name as the tag {@code name}, and with these tags in addition. */
    public static PoolMetrics of(Pool pool, Tag... tags) {
        PoolView view = Objects.requireNonNull(pool, "pool").view();
        return new PoolMetrics(view, Tags.of("name", view.stats().name()).and(tags));
    }

    /**
     * Binds the meters of this pool to this registry, in the place of Micrometer's {@code
     * ExecutorServiceMetrics.monitor}, which knows the executors of the JDK alone; {@link #executor} is for code that
     * calls it all the same. The pool itself stays as it is.
     *
     * @return what takes the meters away again when it is closed
     */
    public static PoolMetrics monitor(MeterRegistry registry, Pool pool, Tag... tags) {
        PoolMetrics metrics = of(pool, tags);
        metrics.bindTo(registry);
        return metrics;
    }

    /**
     * The pool in the shape of the JDK's {@code ThreadPoolExecutor}, for code that insists on that class. So {@code
     * ExecutorServiceMetrics.monitor(registry, PoolMetrics.executor(pool), "name")} binds its meters, and warns of
     * nothing. It has no thread and no queue of its own: what is handed to it the pool runs, what it tells the pool
     * tells, and its end is the end of the pool.
     *
     * <p>What a pool has no setting for throws an {@link UnsupportedOperationException}: its size, its thread factory,
     * its idle time, its handler of rejections, and the tasks inside its queue, which tells its length and room alone.
     *
     * <p>What {@code ExecutorServiceMetrics.monitor} returns wraps each task, and no worker process can be sent such a
     * wrapper: give tasks for those to the pool itself, which are counted as well.
     */
    public static ThreadPoolExecutor executor(Pool pool) {
        return new ExecutorView(Objects.requireNonNull(pool, "pool"));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        StatsSample sample = new StatsSample(view);
        List<Meter> meters = new ArrayList<>();
        bindExecutor(registry, sample, meters);
        bindOwn(registry, sample, meters);
        Timer wait = timer(registry, "pando.task.wait", "from the submission of a task to its last beginning");
        Timer run = timer(registry, "pando.task.run", "from the last beginning of a task to its end");
        // the names under which Micrometer times its own executors: no second measurement
        meters.add(FunctionTimer.builder(
                        "executor", run, Timer::count, t -> t.totalTime(TimeUnit.NANOSECONDS), TimeUnit.NANOSECONDS)
                .tags(tags)
                .register(registry));
        meters.add(FunctionTimer.builder(
                        "executor.idle",
                        wait,
                        Timer::count,
                        t -> t.totalTime(TimeUnit.NANOSECONDS),
                        TimeUnit.NANOSECONDS)
                .tags(tags)
                .register(registry));
        meters.add(wait);
        meters.add(run);
        TaskTimes times = new TaskTimes(registry, tags, sample, wait, run);
        meters.addAll(times.meters());
        bindings.add(new Binding(registry, meters, view.watch(times)));
    }

    private void bindExecutor(MeterRegistry registry, StatsSample sample, List<Meter> meters) {
        meters.add(FunctionCounter.builder("executor.completed", sample, s -> completed(s.stats()))
                .tags(tags)
                .description("tasks that are done, in whatever way")
                .baseUnit("tasks")
                .register(registry));
        meters.add(gauge(
                registry, sample, "executor.active", "threads", s -> s.stats().running()));
        meters.add(gauge(
                registry, sample, "executor.queued", "tasks", s -> s.stats().queued()));
        meters.add(gauge(registry, sample, "executor.queue.remaining", "tasks", StatsSample::remaining));
        meters.add(gauge(
                registry,
                sample,
                "executor.pool.size",
                "threads",
                s -> s.stats().workers()));
        meters.add(gauge(registry, sample, "executor.pool.core", "threads", StatsSample::width));
        meters.add(gauge(registry, sample, "executor.pool.max", "threads", StatsSample::width));
    }

    private void bindOwn(MeterRegistry registry, StatsSample sample, List<Meter> meters) {
        meters.add(outcome(registry, sample, "succeeded", PoolStats::succeeded));
        meters.add(outcome(registry, sample, "cancelled", PoolStats::cancelled));
        meters.add(outcome(registry, sample, "rejected", PoolStats::rejected));
        meters.add(FunctionCounter.builder(
                        "pando.task.retries", sample, s -> s.stats().retried())
                .tags(tags)
                .description("attempts that were made again after a lost worker or a timeout")
                .register(registry));
        meters.add(gauge(registry, sample, "pando.queue.remaining", "tasks", StatsSample::remaining));
        meters.add(gauge(registry, sample, "pando.worker.memory", "bytes", StatsSample::workerMemory));
    }

    private FunctionCounter outcome(
            MeterRegistry registry, StatsSample sample, String outcome, ToDoubleFunction<PoolStats> count) {
        return FunctionCounter.builder("pando.tasks", sample, s -> count.applyAsDouble(s.stats()))
                .tags(tags.and("outcome", outcome))
                .description("tasks by what became of them")
                .register(registry);
    }

    private Gauge gauge(
            MeterRegistry registry, StatsSample sample, String name, String unit, ToDoubleFunction<StatsSample> value) {
        return Gauge.builder(name, sample, value).tags(tags).baseUnit(unit).register(registry);
    }

    private Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder(name)
                .tags(tags)
                .description(description)
                .publishPercentiles(0.5, 0.95, 0.99)
                .register(registry);
    }

    private static double completed(PoolStats stats) {
        return (double) stats.succeeded() + stats.failed() + stats.cancelled();
    }

    /** Takes the meters away from every registry, and stops timing. */
    @Override
    public void close() {
        for (Binding binding : bindings) {
            binding.watch().close();
            binding.meters().forEach(binding.registry()::remove);
        }
        bindings.clear();
    }
}
