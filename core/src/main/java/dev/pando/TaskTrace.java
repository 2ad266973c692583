package dev.pando;

import dev.pando.internal.util.Checks;
import dev.pando.internal.util.TraceWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file in Chrome's trace format, which ui.perfetto.dev draws: each pool is a process of it, each worker a row, each
 * attempt at a task a bar from its start to its end. Works with every kind of worker.
 *
 * {@snippet :
 * try (TaskTrace trace = TaskTrace.to(Path.of("shop.json"));
 *         Pool pool = Pool.open(Processes.of(4))) {
 *     trace.add(pool);
 *     ...
 * } // the pool is closed first, so that its last tasks are in the file
 * }
 *
 * <p>Tasks are written as they end, up to a million; how many further ones there were stands at the end of the file.
 * Neither arguments nor results are written. Any thread may use it. {@code -Dpando.trace=FILE} on the command line
 * writes one of all pools of a program, until the program ends.
 */
public final class TaskTrace implements AutoCloseable {
    private static final int MOST_EVENTS = 1_000_000;

    /** Of one worker. Where more of its tasks overlap, as ten thousand coroutines do, the last row has them all. */
    private static final int MOST_ROWS = 100;

    private final TraceWriter writer;
    private final int mostEvents;

    /** Under the lock, as the number below. */
    private final List<PoolView.Watch> watches = new ArrayList<>();

    private int pools;

    private TaskTrace(TraceWriter writer, int mostEvents) {
        this.writer = writer;
        this.mostEvents = mostEvents;
    }

    /**
     * A trace that replaces this file.
     *
     * @throws IOException the file cannot be made
     */
    public static TaskTrace to(Path file) throws IOException {
        return to(file, MOST_EVENTS);
    }

    static TaskTrace to(Path file, int mostEvents) throws IOException {
        return new TaskTrace(new TraceWriter(Checks.present(file, "file"), mostEvents), mostEvents);
    }

    /** Adds a pool. Of the tasks that run now, those are written that end before the trace is closed. */
    public void add(Pool pool) {
        add(Checks.present(pool, "pool").view());
    }

    /** Adds the pool of this view. */
    public synchronized void add(PoolView view) {
        PoolStats stats = Checks.present(view, "view").stats();
        int number = ++pools;
        writer.process(number, stats.name() + ", " + stats.backend());
        watches.add(view.watch(new PoolRows(number)));
    }

    /**
     * Ends the trace.
     *
     * @throws IOException the file could not be written as a whole: the disk is full, say
     */
    @Override
    public synchronized void close() throws IOException {
        watches.forEach(PoolView.Watch::close);
        watches.clear();
        writer.close();
    }

    /** The rows of one pool. Its workers tell of their tasks when those end, so the rows are made then. */
    private final class PoolRows implements PoolWatcher {
        private final int pool;

        /** The last end, in microseconds, of each row that there is for a worker. Under its own lock. */
        private final Map<String, List<TraceRow>> rows = new LinkedHashMap<>();

        private int numbers;

        PoolRows(int pool) {
            this.pool = pool;
        }

        @Override
        public void ended(TaskFuture<?> task) {
            TaskInfo info = task.info();
            if (info.started().isEmpty() || info.finished().isEmpty()) {
                return; // it was cancelled before it began
            }
            Instant begun = info.started().get();
            long start = micros(begun);
            long end = Math.max(start, micros(info.finished().get()));
            int row = row(info.worker().orElse("(no worker)"), start, end);
            writer.bar(
                    pool,
                    row,
                    info.name(),
                    start,
                    end,
                    Map.of(
                            "outcome",
                            String.valueOf(task.state()),
                            "attempt",
                            String.valueOf(info.attempts()),
                            "waited",
                            Duration.between(info.queued(), begun).toNanos() / 1000 + " µs"));
        }

        @Override
        public void workerLost(String worker, String reason, Optional<WorkerLoss> loss) {
            long now = micros(Instant.now());
            writer.moment(pool, row(worker, now, now), "died: " + reason, now);
        }

        /**
         * Returns the row for a bar. A worker has one, and further ones where its tasks overlap: coroutines of a loop
         * do, and a task that runs while another one waits for it.
         */
        private int row(String worker, long start, long end) {
            synchronized (rows) {
                List<TraceRow> its = rows.get(worker);
                if (its == null) {
                    if (numbers >= mostEvents) {
                        return 0;
                    }
                    its = new ArrayList<>();
                    rows.put(worker, its);
                }
                for (TraceRow row : its) {
                    if (row.end <= start) {
                        row.end = end;
                        return row.number;
                    }
                }
                if (its.size() >= MOST_ROWS) {
                    return its.getLast().number;
                }
                TraceRow fresh = new TraceRow(++numbers);
                fresh.end = end;
                its.add(fresh);
                writer.row(pool, fresh.number, its.size() == 1 ? worker : worker + " (" + its.size() + ")");
                return fresh.number;
            }
        }
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
    }

    private static final class TraceRow {
        final int number;
        long end;

        TraceRow(int number) {
            this.number = number;
        }
    }
}
