package dev.pando.lab.look;

import java.util.Comparator;
import java.util.List;

/**
 * An order of the lines.
 *
 * @param label the key of the message that names it
 */
record TopOrder(String label, Comparator<TopRow> comparator) {
    private static final Comparator<TopRow> BY_NAME = Comparator.comparing(TopRow::name);
    private static final Comparator<TopRow> BY_POOL =
            Comparator.comparing(row -> row.pool().name());

    /** What runs comes before what waits, and the longest first; of one millisecond the first submitted. */
    private static final Comparator<TopRow> BY_TIME = Comparator.comparing(TopRow::isRunning)
            .thenComparingLong(TopRow::millis)
            .reversed()
            .thenComparingLong(row -> row.record().number("id"));

    static final List<TopOrder> OF_TASKS = List.of(
            new TopOrder("top.by-time", BY_TIME),
            new TopOrder("top.by-name", BY_NAME),
            new TopOrder(
                    "top.by-worker", Comparator.comparing(row -> row.record().text("worker"))),
            new TopOrder("top.by-pool", BY_POOL.thenComparing(BY_TIME)));

    static final List<TopOrder> OF_WORKERS = List.of(
            new TopOrder("top.by-name", BY_NAME),
            new TopOrder("top.by-memory", byNumber("memory")),
            new TopOrder("top.by-cpu", byNumber("cpu")),
            new TopOrder("top.by-tasks", byNumber("tasks")),
            new TopOrder("top.by-pool", BY_POOL.thenComparing(BY_NAME)));

    static final List<TopOrder> OF_SHARED = List.of(
            new TopOrder("top.by-size", byNumber("size").thenComparing(BY_NAME)),
            new TopOrder("top.by-callers", byNumber("callers")),
            new TopOrder("top.by-name", BY_NAME),
            new TopOrder("top.by-pool", BY_POOL.thenComparing(BY_NAME)));

    static final List<TopOrder> OF_NODES = List.of(
            new TopOrder("top.by-name", BY_NAME),
            new TopOrder("top.by-tasks", byNumber("tasks")),
            new TopOrder("top.by-load", byNumber("running").thenComparing(byNumber("waiting"))),
            new TopOrder("top.by-pool", BY_POOL.thenComparing(BY_NAME)));

    private static Comparator<TopRow> byNumber(String field) {
        return Comparator.<TopRow>comparingLong(row -> row.record().number(field))
                .reversed();
    }
}
