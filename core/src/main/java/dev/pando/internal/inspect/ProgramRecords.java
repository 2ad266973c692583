package dev.pando.internal.inspect;

import dev.pando.NodeInfo;
import dev.pando.PoolStats;
import dev.pando.PoolView;
import dev.pando.SharedInfo;
import dev.pando.TaskInfo;
import dev.pando.TaskStack;
import dev.pando.WorkerInfo;
import dev.pando.internal.inspect.StackCollector.WantedStack;
import dev.pando.internal.pool.OpenPools;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What there is to see of the program and of its pools, as records. Never an argument or a result of a task. */
final class ProgramRecords {
    private final RecordWriter out;

    ProgramRecords(RecordWriter out) {
        this.out = out;
    }

    /**
     * Writes the program, its pools, their workers, what they share, nodes, and the tasks that run and wait.
     *
     * @param most of the running tasks, of the waiting tasks, of the workers, of what is shared, and of the nodes, for
     *     each pool
     */
    void state(int most) throws IOException {
        program();
        for (Map.Entry<Long, PoolView> pool : OpenPools.all().entrySet()) {
            pool(pool.getKey(), pool.getValue());
            for (WorkerInfo worker : pool.getValue().workers(most)) {
                worker(pool.getKey(), worker);
            }
            for (SharedInfo shared : pool.getValue().shared(most)) {
                shared(pool.getKey(), shared);
            }
            for (NodeInfo node : pool.getValue().nodes(most)) {
                node(pool.getKey(), node);
            }
            for (TaskInfo task : pool.getValue().running(most)) {
                task(pool.getKey(), task);
            }
            for (TaskInfo task : pool.getValue().waiting(most)) {
                task(pool.getKey(), task);
            }
        }
    }

    /** Writes the stack of every running task, so many for each pool, and the threads that block each other. */
    void stacks(int most) throws IOException, InterruptedException {
        List<WantedStack> wanted = new ArrayList<>();
        for (Map.Entry<Long, PoolView> pool : OpenPools.all().entrySet()) {
            for (TaskInfo task : pool.getValue().running(most)) {
                wanted.add(new WantedStack(pool.getValue(), pool.getKey(), task.id()));
            }
        }
        List<TaskStack> stacks = StackCollector.of(wanted);
        for (int i = 0; i < stacks.size(); i++) {
            WantedStack of = wanted.get(i);
            out.begin("stack").field("pool", of.pool()).field("task", of.task());
            missing(stacks.get(i));
            out.end();
            frames(stacks.get(i));
        }
        if (ModuleLayer.boot().findModule("java.management").isPresent()) {
            blockedThreads();
        }
    }

    /** Writes where one task is. */
    void stack(long pool, long task) throws IOException, InterruptedException {
        PoolView view = OpenPools.all().get(pool);
        if (view != null) {
            TaskStack stack = StackCollector.of(List.of(new WantedStack(view, pool, task)))
                    .getFirst();
            if (stack.missing().isPresent()) {
                out.begin("nothing");
                missing(stack);
                out.end();
            }
            frames(stack);
        }
    }

    private void missing(TaskStack stack) throws IOException {
        if (stack.missing().isPresent()) {
            out.field("missing", stack.missing().get().name());
        }
    }

    private void frames(TaskStack stack) throws IOException {
        for (StackTraceElement frame : stack.frames()) {
            out.begin("frame").field("at", frame.toString()).end();
        }
    }

    private void program() throws IOException {
        Runtime runtime = Runtime.getRuntime();
        out.begin("program")
                .field("pid", ProcessHandle.current().pid())
                .field("now", System.currentTimeMillis())
                .field("main", mainClass())
                .field("java", Runtime.version() + ", " + System.getProperty("java.vendor"))
                .field("processors", runtime.availableProcessors())
                .field("heapUsed", runtime.totalMemory() - runtime.freeMemory())
                .field("heapMax", runtime.maxMemory());
        var start = ProcessHandle.current().info().startInstant();
        if (start.isPresent()) {
            out.field("started", start.get().toEpochMilli());
        }
        out.end();
    }

    /** Returns the first word of the command: what follows are arguments, which may be secrets. */
    private static String mainClass() {
        String command = System.getProperty("sun.java.command", "");
        int end = command.indexOf(' ');
        return end < 0 ? command : command.substring(0, end);
    }

    private void pool(long number, PoolView view) throws IOException {
        PoolStats stats = view.stats();
        out.begin("pool")
                .field("pool", number)
                .field("name", stats.name())
                .field("backend", stats.backend())
                .field("state", stats.state())
                .field("width", view.width())
                .field("workers", stats.workers())
                .field("running", stats.running())
                .field("waiting", stats.queued())
                .field("bound", view.queueBound())
                .field("submitted", stats.submitted())
                .field("succeeded", stats.succeeded())
                .field("failed", stats.failed())
                .field("cancelled", stats.cancelled())
                .field("rejected", stats.rejected())
                .field("retried", stats.retried())
                .field("lost", stats.workersLost())
                .end();
    }

    private void worker(long pool, WorkerInfo worker) throws IOException {
        out.begin("worker")
                .field("pool", pool)
                .field("name", worker.name())
                .field("does", worker.activity().name().toLowerCase(Locale.ROOT))
                .field("pid", worker.pid())
                .field("memory", worker.memory())
                .field("age", millis(worker.age()))
                .field("cpu", millis(worker.cpuTime()));
        if (worker.task().isPresent()) {
            out.field("task", worker.task().get().name());
        }
        if (worker.tasks().isPresent()) {
            out.field("tasks", worker.tasks().getAsInt());
        }
        out.end();
    }

    private static OptionalLong millis(java.util.Optional<Duration> duration) {
        return duration.map(known -> OptionalLong.of(known.toMillis())).orElseGet(OptionalLong::empty);
    }

    private void shared(long pool, SharedInfo shared) throws IOException {
        out.begin("shared")
                .field("pool", pool)
                .field("kind", shared.kind())
                .field("name", shared.name())
                .field("size", shared.size())
                .field("bound", shared.bound())
                .field("callers", shared.waiting())
                .end();
    }

    private void node(long pool, NodeInfo node) throws IOException {
        out.begin("node")
                .field("pool", pool)
                .field("name", node.name())
                .field("state", node.state().name().toLowerCase(Locale.ROOT))
                .field("backend", node.workers())
                .field("slots", node.slots())
                .field("tasks", node.tasks())
                .field("running", wide(node.running()))
                .field("waiting", wide(node.waiting()))
                .field("age", millis(node.age()));
        if (node.version().isPresent()) {
            out.field("version", node.version().get());
        }
        out.end();
    }

    private static OptionalLong wide(OptionalInt number) {
        return number.isPresent() ? OptionalLong.of(number.getAsInt()) : OptionalLong.empty();
    }

    private void task(long pool, TaskInfo task) throws IOException {
        out.begin("task")
                .field("pool", pool)
                .field("id", task.id())
                .field("name", task.name())
                .field("attempts", task.attempts())
                .field("queued", task.queued().toEpochMilli());
        if (task.worker().isPresent()) {
            out.field("worker", task.worker().get());
        }
        if (task.started().isPresent()) {
            out.field("started", task.started().get().toEpochMilli());
        }
        if (task.progress().isPresent()) {
            out.field("percent", Math.round(100 * task.progress().get().fraction()))
                    .field("says", task.progress().get().text());
        }
        out.end();
    }

    /** A class of its own would not help: a runtime without the module never calls this method. */
    private void blockedThreads() throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] blocked = threads.findDeadlockedThreads();
        for (ThreadInfo thread : blocked == null ? new ThreadInfo[0] : threads.getThreadInfo(blocked)) {
            if (thread != null) {
                out.begin("blocked")
                        .field("thread", thread.getThreadName())
                        .field("lock", String.valueOf(thread.getLockName()))
                        .field("owner", String.valueOf(thread.getLockOwnerName()))
                        .end();
            }
        }
    }
}
