package dev.pando.micrometer;

import dev.pando.DeadlockException;
import dev.pando.PoolWatcher;
import dev.pando.TaskFuture;
import dev.pando.TaskInfo;
import dev.pando.TaskTimeoutException;
import dev.pando.WorkerLoss;
import dev.pando.WorkerLostException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Times tasks when they end, and counts how they failed and how workers died. Has the sample of the pool, which
 * registries hold weakly: the pool holds this, so that the meters live as long as the pool.
 */
final class TaskTimes implements PoolWatcher {
    private final StatsSample sample;
    private final Timer wait;
    private final Timer run;
    private final Counter timedOut;
    private final Counter lost;
    private final Counter deadlocked;
    private final FunctionCounter failed;
    private final Map<DeathReason, Counter> deaths = new EnumMap<>(DeathReason.class);

    TaskTimes(MeterRegistry registry, Tags tags, StatsSample sample, Timer wait, Timer run) {
        this.sample = sample;
        this.wait = wait;
        this.run = run;
        timedOut = outcome(registry, tags, "timed_out");
        lost = outcome(registry, tags, "lost");
        deadlocked = outcome(registry, tags, "deadlocked");
        failed = FunctionCounter.builder("pando.tasks", this, TaskTimes::otherFailures)
                .tags(tags.and("outcome", "failed"))
                .register(registry);
        for (DeathReason reason : DeathReason.values()) {
            deaths.put(
                    reason,
                    Counter.builder("pando.worker.deaths")
                            .tags(tags.and("reason", reason.tag()))
                            .description("workers that died, by reason")
                            .register(registry));
        }
    }

    private static Counter outcome(MeterRegistry registry, Tags tags, String outcome) {
        return Counter.builder("pando.tasks").tags(tags.and("outcome", outcome)).register(registry);
    }

    /** Returns the failures that no counter of its own has, so that all outcomes together are all tasks. */
    private double otherFailures() {
        return Math.max(0, sample.stats().failed() - timedOut.count() - lost.count() - deadlocked.count());
    }

    List<Meter> meters() {
        List<Meter> all = new ArrayList<>(List.of(timedOut, lost, deadlocked, failed));
        all.addAll(deaths.values());
        return all;
    }

    @Override
    public void ended(TaskFuture<?> task) {
        TaskInfo info = task.info();
        Instant started = info.started().orElse(null);
        Instant finished = info.finished().orElse(null);
        if (started != null && finished != null) {
            wait.record(Duration.between(info.queued(), started));
            run.record(Duration.between(started, finished));
        }
        if (task.state() == TaskFuture.State.FAILED) {
            switch (task.exceptionNow()) {
                case TaskTimeoutException _ -> timedOut.increment();
                case WorkerLostException _ -> lost.increment();
                case DeadlockException _ -> deadlocked.increment();
                default -> {
                    // counted by the pool
                }
            }
        }
    }

    @Override
    public void workerLost(String worker, String reason, Optional<WorkerLoss> loss) {
        java.util.Objects.requireNonNull(deaths.get(DeathReason.of(reason, loss)))
                .increment();
    }
}
