package dev.pando.lab.experiment;

import dev.pando.PoolListener;
import dev.pando.TaskFuture;
import dev.pando.TaskInfo;
import dev.pando.lab.result.TimeSpan;
import dev.pando.lab.result.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Records which worker ran which task in an experiment. Pools report their tasks through {@link #listener};
 * {@link #span} reports other stretches of time. Thread-safe.
 */
public final class TimelineRecorder {
    /** The most spans that a page can hold; where they cannot be told apart, it draws how many there were at once. */
    private static final int MOST = 6_000;

    private final Instant began = Instant.now();
    private final long beganNanos = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<TimeSpan> spans = new ArrayList<>(); // under the lock
    private long leftOut; // under the lock
    private volatile boolean deaf; // written by the experiment's thread

    /** Nanoseconds since the experiment began, as {@link #span} wants them. */
    public long now() {
        return System.nanoTime() - beganNanos;
    }

    public void span(String group, String lane, String task, TimeSpan.Kind kind, long start, long end) {
        add(new TimeSpan(group, lane, task, kind, start, end));
    }

    /** Returns a listener for a pool's tasks; {@code group} names the pool in the drawing. */
    PoolListener listener(String group) {
        return new PoolListener() {
            @Override
            public void workerLost(String worker, String reason) {
                long now = now();
                add(new TimeSpan(group, worker, reason, TimeSpan.Kind.DEATH, now, now));
            }

            @Override
            public void finished(TaskInfo task, TaskFuture<?> future) {
                if (task.started().isEmpty() || task.finished().isEmpty()) {
                    return;
                }
                String lane = task.worker().orElse(group);
                // Without the task's number, so that equal work gets an equal colour.
                String name = task.name().replaceFirst("-" + task.id() + "$", "");
                long queued = since(task.queued());
                long started = since(task.started().get());
                if (started - queued > 1_000_000) {
                    add(new TimeSpan(group, lane, name, TimeSpan.Kind.QUEUED, queued, started));
                }
                add(new TimeSpan(
                        group,
                        lane,
                        name,
                        TimeSpan.Kind.RUN,
                        started,
                        since(task.finished().get())));
            }
        };
    }

    /** Turns recording on or off: of several equal runs, only one is recorded. */
    void listen(boolean on) {
        deaf = !on;
    }

    Timeline timeline() {
        lock.lock();
        try {
            return new Timeline(spans, leftOut);
        } finally {
            lock.unlock();
        }
    }

    private long since(Instant time) {
        return Math.max(0, Duration.between(began, time).toNanos());
    }

    private void add(TimeSpan timeSpan) {
        if (deaf) {
            return;
        }
        lock.lock();
        try {
            if (spans.size() < MOST) {
                spans.add(timeSpan);
            } else {
                leftOut++;
            }
        } finally {
            lock.unlock();
        }
    }
}
