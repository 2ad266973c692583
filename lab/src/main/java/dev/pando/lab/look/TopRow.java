package dev.pando.lab.look;

import java.util.List;
import java.util.Locale;

/**
 * A task, a worker, something shared, or a node as a line of the screen.
 *
 * @param millis how long it runs or waits
 */
record TopRow(SeenPool pool, SeenRecord record, boolean isRunning, long millis, List<String> cells) {

    static TopRow task(SeenPool pool, SeenRecord task, long now, String state) {
        boolean isRunning = task.has("started");
        long millis = now - task.number(isRunning ? "started" : "queued");
        return new TopRow(
                pool,
                task,
                isRunning,
                millis,
                List.of(
                        task.text("name"),
                        state,
                        SpanText.of(millis),
                        isRunning ? task.text("worker") : "",
                        pool.name(),
                        task.has("percent") ? task.number("percent") + " % " + task.text("says") : ""));
    }

    static TopRow worker(SeenPool pool, SeenRecord worker, String state) {
        return new TopRow(
                pool,
                worker,
                worker.text("does").equals("running"),
                0,
                List.of(
                        worker.text("name"),
                        state,
                        worker.text("task"),
                        pool.name(),
                        worker.text("pid"),
                        worker.has("memory") ? SpanText.bytes(worker.number("memory")) : "",
                        worker.has("cpu") ? SpanText.of(worker.number("cpu")) : "",
                        worker.has("age") ? SpanText.of(worker.number("age")) : "",
                        worker.text("tasks")));
    }

    static TopRow shared(SeenPool pool, SeenRecord shared) {
        String bound = shared.has("bound") ? "/" + shared.text("bound") : "";
        return new TopRow(
                pool,
                shared,
                false,
                0,
                List.of(
                        shared.text("name"),
                        shared.has("size") ? shared.text("size") + bound : "",
                        shared.text("callers"),
                        pool.name()));
    }

    static TopRow node(SeenPool pool, SeenRecord node, String state) {
        return new TopRow(
                pool,
                node,
                false,
                0,
                List.of(
                        node.text("name"),
                        state,
                        node.text("backend"),
                        node.text("tasks") + "/" + node.text("slots"),
                        node.text("running"),
                        node.text("waiting"),
                        pool.name(),
                        node.text("version"),
                        node.has("age") ? SpanText.of(node.number("age")) : ""));
    }

    String key() {
        return pool.key() + "." + (record.has("id") ? record.text("id") : record.text("name"));
    }

    String name() {
        return record.text("name");
    }

    boolean has(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return cells.stream().anyMatch(cell -> cell.toLowerCase(Locale.ROOT).contains(wanted));
    }
}
