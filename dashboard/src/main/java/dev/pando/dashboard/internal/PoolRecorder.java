package dev.pando.dashboard.internal;

import dev.pando.PoolView;
import dev.pando.PoolWatcher;
import dev.pando.TaskFuture;
import dev.pando.TaskInfo;
import dev.pando.WorkerLoss;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Writes down what happens in one pool, on the threads where it happens, as long as its dashboard lasts. */
public final class PoolRecorder implements PoolWatcher {
    /** Names of tasks that are kept once for all bars: most programs have a few. */
    private static final int MOST_NAMES = 1000;

    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_REASON = 300;

    final int number;
    final PoolView view;
    final BarRing bars;
    final IncidentLog incidents;
    final SampleRate rate = new SampleRate(System.nanoTime());
    final TimeSample waits = new TimeSample();
    final TimeSample runs = new TimeSample();
    private final ConcurrentMap<String, String> names = new ConcurrentHashMap<>();
    private final PoolView.Watch watch;

    @SuppressWarnings("this-escape") // the last act: everything that an event needs is there
    PoolRecorder(int number, PoolView view, BarRing bars, IncidentLog incidents) {
        this.number = number;
        this.view = view;
        this.bars = bars;
        this.incidents = incidents;
        this.watch = view.watch(this);
    }

    @Override
    public void ended(TaskFuture<?> task) {
        boolean failed = task.state() == TaskFuture.State.FAILED;
        if ((failed || rate.picks()) && rate.take(System.nanoTime())) {
            note(task.info(), task, failed);
        }
    }

    private void note(TaskInfo info, TaskFuture<?> task, boolean failed) {
        String worker = info.worker().orElse("");
        long end = micros(info.finished().orElseGet(Instant::now));
        long start = info.started().map(PoolRecorder::micros).orElse(end);
        if (info.started().isPresent()) {
            waits.add(start - micros(info.queued()));
            runs.add(end - start);
        }
        char outcome = failed ? 'f' : task.isCancelled() ? 'c' : 's';
        bars.add(number, worker, baseName(info), info.id(), start, end, outcome);
        if (failed) {
            Throwable thrown = task.exceptionNow();
            incidents.add(
                    number,
                    IncidentText.kind(thrown),
                    IncidentText.cut(info.name(), LONGEST_NAME),
                    worker,
                    IncidentText.title(thrown),
                    IncidentText.detail(thrown));
        }
    }

    /** Returns the name without the number, one text for all tasks of that name. */
    String baseName(TaskInfo info) {
        String name = info.name();
        String end = "-" + info.id();
        String base = IncidentText.cut(
                name.endsWith(end) ? name.substring(0, name.length() - end.length()) : name, LONGEST_NAME);
        if (names.size() >= MOST_NAMES) {
            return names.getOrDefault(base, base);
        }
        String before = names.putIfAbsent(base, base);
        return before == null ? base : before;
    }

    static long micros(Instant moment) {
        return moment.getEpochSecond() * 1_000_000 + moment.getNano() / 1000;
    }

    @Override
    public void workerLost(String worker, String reason, Optional<WorkerLoss> loss) {
        String detail = loss.map(IncidentText::detail).orElse("reason: " + reason);
        incidents.add(number, "death", worker, worker, IncidentText.cut(reason, LONGEST_REASON), detail);
    }

    public void close() {
        watch.close();
    }
}
