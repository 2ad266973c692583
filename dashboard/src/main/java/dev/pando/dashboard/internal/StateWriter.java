package dev.pando.dashboard.internal;

import dev.pando.NodeInfo;
import dev.pando.PoolStats;
import dev.pando.PoolView;
import dev.pando.SharedInfo;
import dev.pando.TaskInfo;
import dev.pando.TaskStack;
import dev.pando.WorkerInfo;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the page shows, as JSON. Every list has a bound, so that an answer has one. */
public final class StateWriter implements FeedSource {
    private static final int MOST_BARS = 5_000;

    /** What a page that was just opened is told of the past. */
    private static final int FIRST_BARS = 20_000;

    private static final int MOST_WORKERS = 256;
    private static final int MOST_SHARED = 200;
    private static final int MOST_TASKS = 200;
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_FRAME = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final RecorderList recorders;

    public StateWriter(RecorderList recorders) {
        this.recorders = recorders;
    }

    @Override
    public Answer since(long cursor, boolean tables) {
        BarRing ring = recorders.bars;
        List<TaskBar> bars =
                cursor <= 0 ? ring.after(ring.before(FIRST_BARS), FIRST_BARS) : ring.after(cursor, MOST_BARS);
        long next = bars.isEmpty() ? Math.max(0, cursor) : bars.getLast().number();
        JsonWriter json = new JsonWriter().open('{');
        json.field("now", System.currentTimeMillis()).field("cursor", next);
        if (tables) {
            tables(json);
        }
        json.name("bars").open('[');
        bars.forEach(bar -> bar(json, bar));
        return new Answer(json.close(']').close('}').toString(), next);
    }

    private void tables(JsonWriter json) {
        json.name("pools").open('[');
        recorders.all().forEach(recorder -> pool(json, recorder));
        json.close(']').name("workers").open('[');
        for (PoolRecorder recorder : recorders.all()) {
            recorder.view.workers(MOST_WORKERS).forEach(worker -> worker(json, recorder.number, worker));
        }
        json.close(']').name("shared").open('[');
        for (PoolRecorder recorder : recorders.all()) {
            recorder.view.shared(MOST_SHARED).forEach(shared -> shared(json, recorder.number, shared));
        }
        json.close(']').name("nodes").open('[');
        for (PoolRecorder recorder : recorders.all()) {
            recorder.view.nodes(MOST_WORKERS).forEach(node -> node(json, recorder.number, node));
        }
        json.close(']').name("tasks").open('[');
        for (PoolRecorder recorder : recorders.all()) {
            recorder.view.running(MOST_TASKS).forEach(task -> task(json, recorder, task));
            recorder.view.waiting(MOST_TASKS).forEach(task -> task(json, recorder, task));
        }
        json.close(']').name("incidents").open('[');
        recorders.incidents.all().forEach(incident -> incident(json, incident));
        json.close(']');
    }

    private static void pool(JsonWriter json, PoolRecorder recorder) {
        PoolStats stats = recorder.view.stats();
        json.open('{')
                .field("name", stats.name())
                .field("number", recorder.number)
                .field("backend", stats.backend())
                .field("state", stats.state())
                .field("width", recorder.view.width())
                .field("workers", stats.workers())
                .field("running", stats.running())
                .field("queued", stats.queued())
                .field("bound", recorder.view.queueBound())
                .field("submitted", stats.submitted())
                .field("succeeded", stats.succeeded())
                .field("failed", stats.failed())
                .field("cancelled", stats.cancelled())
                .field("rejected", stats.rejected())
                .field("retried", stats.retried())
                .field("lost", stats.workersLost())
                .field("oneOf", recorder.rate.oneOf());
        percentiles(json.name("wait"), recorder.waits);
        percentiles(json.name("run"), recorder.runs);
        json.close('}');
    }

    private static void percentiles(JsonWriter json, TimeSample sample) {
        json.open('[');
        for (long micros : sample.percentiles()) {
            json.value(micros);
        }
        json.close(']');
    }

    private static void worker(JsonWriter json, int pool, WorkerInfo worker) {
        json.open('{')
                .field("pool", pool)
                .field("name", worker.name())
                .field("activity", worker.activity().name().toLowerCase(Locale.ROOT));
        worker.task().ifPresent(task -> json.field("task", name(task)).field("id", task.id()));
        worker.task().flatMap(TaskInfo::started).ifPresent(start -> json.field("start", PoolRecorder.micros(start)));
        worker.pid().ifPresent(pid -> json.field("pid", pid));
        worker.age().ifPresent(age -> json.field("age", age.toMillis()));
        worker.tasks().ifPresent(tasks -> json.field("tasks", tasks));
        worker.cpuTime().ifPresent(cpu -> json.field("cpu", cpu.toMillis()));
        worker.memory().ifPresent(bytes -> json.field("memory", bytes));
        json.close('}');
    }

    private static void node(JsonWriter json, int pool, NodeInfo node) {
        json.open('{')
                .field("pool", pool)
                .field("name", IncidentText.cut(node.name(), LONGEST_NAME))
                .field("state", node.state().name().toLowerCase(Locale.ROOT))
                .field("backend", IncidentText.cut(node.workers(), LONGEST_NAME))
                .field("slots", node.slots())
                .field("tasks", node.tasks());
        node.running().ifPresent(running -> json.field("running", running));
        node.waiting().ifPresent(waiting -> json.field("waiting", waiting));
        node.version().ifPresent(version -> json.field("version", IncidentText.cut(version, LONGEST_NAME)));
        node.age().ifPresent(age -> json.field("age", age.toMillis()));
        json.close('}');
    }

    private static void shared(JsonWriter json, int pool, SharedInfo shared) {
        json.open('{')
                .field("pool", pool)
                .field("kind", shared.kind())
                .field("name", IncidentText.cut(shared.name(), LONGEST_NAME))
                .field("waiting", shared.waiting());
        shared.size().ifPresent(size -> json.field("size", size));
        shared.bound().ifPresent(bound -> json.field("bound", bound));
        json.close('}');
    }

    private static void task(JsonWriter json, PoolRecorder recorder, TaskInfo task) {
        json.open('{')
                .field("pool", recorder.number)
                .field("id", task.id())
                .field("name", name(task))
                .field("base", recorder.baseName(task))
                .field("state", task.started().isPresent() ? "running" : "waiting")
                .field("queued", PoolRecorder.micros(task.queued()))
                .field("attempts", task.attempts());
        task.worker().ifPresent(worker -> json.field("worker", worker));
        task.started().ifPresent(start -> json.field("start", PoolRecorder.micros(start)));
        task.progress().ifPresent(now -> json.field("progress", now.fraction()).field("message", now.text()));
        json.close('}');
    }

    private static String name(TaskInfo task) {
        return IncidentText.cut(task.name(), LONGEST_NAME);
    }

    private static void incident(JsonWriter json, PoolIncident incident) {
        json.open('{')
                .field("number", incident.number())
                .field("at", incident.millis())
                .field("pool", incident.pool())
                .field("kind", incident.kind())
                .field("subject", incident.subject())
                .field("worker", incident.worker())
                .field("title", incident.title())
                .field("detail", incident.detail())
                .close('}');
    }

    /** As a list, because the names of fields would be most of it: there are thousands of bars. */
    private static void bar(JsonWriter json, TaskBar bar) {
        json.open('[')
                .value(bar.pool())
                .value(bar.worker())
                .value(bar.name())
                .value(bar.task())
                .value(bar.start())
                .value(bar.end())
                .value(String.valueOf(bar.outcome()))
                .close(']');
    }

    @Override
    public String stack(int pool, long task) {
        TaskStack stack = view(pool).look(task, PATIENCE);
        JsonWriter json = new JsonWriter().open('{').field("task", task);
        if (stack.missing().isPresent()) {
            json.field("missing", stack.missing().get().name());
        }
        json.name("frames").open('[');
        for (StackTraceElement frame : stack.frames()) {
            json.value(IncidentText.cut(frame.toString(), LONGEST_FRAME));
        }
        return json.close(']').close('}').toString();
    }

    @Override
    public boolean cancel(int pool, long task) {
        return view(pool).cancel(task);
    }

    private PoolView view(int pool) {
        PoolRecorder recorder = recorders.numbered(pool);
        if (recorder == null) {
            throw new IllegalArgumentException("there is no pool " + pool);
        }
        return recorder.view;
    }
}
