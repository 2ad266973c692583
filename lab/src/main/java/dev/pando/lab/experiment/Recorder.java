package dev.pando.lab.experiment;

import dev.pando.PoolListener;
import dev.pando.TaskFuture;
import dev.pando.TaskInfo;
import dev.pando.lab.result.Span;
import dev.pando.lab.result.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes down who ran what, for one experiment. Pools report their tasks through {@link #listener}; whatever else took
 * time is reported with {@link #span}. Any thread.
 */
public final class Recorder {
    /** As much as a drawing can show and a browser likes to scroll. */
    private static final int MOST = 1_500;

    private final Instant began = Instant.now();
    private final long beganNanos = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Span> spans = new ArrayList<>(); // under the lock
    private long leftOut; // under the lock
    private volatile boolean deaf; // written by the experiment's thread

    /** Nanoseconds since the experiment began, as {@link #span} wants them. */
    public long now() {
        return System.nanoTime() - beganNanos;
    }

    public void span(String group, String lane, String task, Span.Kind kind, long start, long end) {
        add(new Span(group, lane, task, kind, start, end));
    }

    /** Hears a pool's tasks; {@code group} is what the pool stands for in the drawing. */
    PoolListener listener(String group) {
        return new PoolListener() {
            @Override
            public void finished(TaskInfo task, TaskFuture<?> future) {
                if (task.started().isEmpty() || task.finished().isEmpty()) {
                    return;
                }
                String lane = task.worker().orElse(group);
                // Without its number: equal work gets an equal colour.
                String name = task.name().replaceFirst("-" + task.id() + "$", "");
                long queued = since(task.queued());
                long started = since(task.started().get());
                if (started - queued > 1_000_000) {
                    add(new Span(group, lane, name, Span.Kind.QUEUED, queued, started));
                }
                add(new Span(group, lane, name, Span.Kind.RUN, started, since(task.finished().get())));
            }
        };
    }

    /** Whether what follows is worth writing down: of several equal runs, one is. */
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

    private void add(Span span) {
        if (deaf) {
            return;
        }
        lock.lock();
        try {
            if (spans.size() < MOST) {
                spans.add(span);
            } else {
                leftOut++;
            }
        } finally {
            lock.unlock();
        }
    }
}
