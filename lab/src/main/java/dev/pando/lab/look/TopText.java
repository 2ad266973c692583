package dev.pando.lab.look;

import dev.pando.lab.language.MessageBook;
import dev.pando.lab.look.TopTable.TopColumn;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words of {@code top}. A word of the program's never passes the message book, which might translate it. */
final class TopText {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final MessageBook messages;

    TopText(MessageBook messages) {
        this.messages = messages;
    }

    String title(SeenProgram program) {
        SeenRecord facts = program.facts();
        long now = facts.number("now");
        String clock = CLOCK.format(Instant.ofEpochMilli(now).atZone(ZoneId.systemDefault()));
        String up = facts.has("started") ? ", " + SpanText.of(now - facts.number("started")) : "";
        return facts.text("pid") + " " + facts.text("main") + up + ", " + messages.text("top.heap") + " "
                + (facts.number("heapUsed") >> 20) + "/" + SpanText.bytes(facts.number("heapMax")) + ", " + clock;
    }

    List<TopColumn> poolColumns() {
        return List.of(
                new TopColumn(messages.text("top.pool"), false, 0),
                new TopColumn(messages.text("top.backend"), false, 7),
                new TopColumn(messages.text("top.state"), false, 5),
                new TopColumn(messages.text("top.runs"), true, 1),
                new TopColumn(messages.text("top.waits"), true, 2),
                new TopColumn(messages.text("top.done"), true, 4),
                new TopColumn(messages.text("top.rate"), true, 3),
                new TopColumn(messages.text("top.failed"), true, 6),
                new TopColumn(messages.text("top.lost"), true, 8));
    }

    /** @param before the state before, from which rates come; {@code null} if there is none */
    List<List<String>> pools(SeenProgram now, @Nullable SeenProgram before) {
        List<List<String>> rows = new ArrayList<>();
        for (SeenPool pool : now.pools()) {
            SeenRecord facts = pool.facts();
            rows.add(List.of(
                    pool.name(),
                    facts.text("backend"),
                    facts.text("state"),
                    facts.number("running") + "/" + SpanText.count(facts.number("width")),
                    facts.number("waiting") + "/" + SpanText.count(facts.number("bound")),
                    String.valueOf(pool.done()),
                    before == null ? "" : rate(pool, now, before),
                    facts.text("failed"),
                    facts.text("lost")));
        }
        return rows;
    }

    private static String rate(SeenPool pool, SeenProgram now, SeenProgram before) {
        long millis = now.facts().number("now") - before.facts().number("now");
        for (SeenPool old : before.pools()) {
            if (old.key().equals(pool.key()) && millis > 0) {
                return String.valueOf((pool.done() - old.done()) * 1000 / millis);
            }
        }
        return "";
    }

    private List<TopColumn> taskColumns() {
        return List.of(
                new TopColumn(messages.text("top.task"), false, 0),
                new TopColumn(messages.text("top.state"), false, 2),
                new TopColumn(messages.text("top.time"), true, 1),
                new TopColumn(messages.text("top.worker"), false, 3),
                new TopColumn(messages.text("top.pool"), false, 4),
                new TopColumn(messages.text("top.progress"), false, 5));
    }

    private List<TopColumn> workerColumns() {
        return List.of(
                new TopColumn(messages.text("top.worker"), false, 0),
                new TopColumn(messages.text("top.state"), false, 2),
                new TopColumn(messages.text("top.task"), false, 1),
                new TopColumn(messages.text("top.pool"), false, 4),
                new TopColumn(messages.text("top.process"), true, 5),
                new TopColumn(messages.text("top.memory"), true, 3),
                new TopColumn(messages.text("top.cpu"), true, 6),
                new TopColumn(messages.text("top.age"), true, 7),
                new TopColumn(messages.text("top.tasks"), true, 8));
    }

    private List<TopColumn> sharedColumns() {
        return List.of(
                new TopColumn(messages.text("top.shared"), false, 0),
                new TopColumn(messages.text("top.size"), true, 1),
                new TopColumn(messages.text("top.callers"), true, 2),
                new TopColumn(messages.text("top.pool"), false, 3));
    }

    private List<TopColumn> nodeColumns() {
        return List.of(
                new TopColumn(messages.text("top.node"), false, 0),
                new TopColumn(messages.text("top.state"), false, 2),
                new TopColumn(messages.text("top.backend"), false, 6),
                new TopColumn(messages.text("top.slots"), true, 1),
                new TopColumn(messages.text("top.runs"), true, 3),
                new TopColumn(messages.text("top.waits"), true, 4),
                new TopColumn(messages.text("top.pool"), false, 5),
                new TopColumn(messages.text("top.version"), false, 8),
                new TopColumn(messages.text("top.age"), true, 7));
    }

    List<TopColumn> columns(TopView view) {
        return switch (view) {
            case TASKS -> taskColumns();
            case WORKERS -> workerColumns();
            case SHARED -> sharedColumns();
            case NODES -> nodeColumns();
        };
    }

    List<TopRow> rows(TopView view, SeenProgram program) {
        return switch (view) {
            case TASKS -> tasks(program);
            case WORKERS -> workers(program);
            case SHARED -> shared(program);
            case NODES -> nodes(program);
        };
    }

    private static List<TopRow> shared(SeenProgram program) {
        List<TopRow> rows = new ArrayList<>();
        for (SeenPool pool : program.pools()) {
            pool.shared().forEach(shared -> rows.add(TopRow.shared(pool, shared)));
        }
        return rows;
    }

    private List<TopRow> nodes(SeenProgram program) {
        List<TopRow> rows = new ArrayList<>();
        for (SeenPool pool : program.pools()) {
            for (SeenRecord node : pool.nodes()) {
                String state = messages.text(node.text("state").equals("leaving") ? "top.leaving" : "top.open");
                rows.add(TopRow.node(pool, node, state));
            }
        }
        return rows;
    }

    private List<TopRow> tasks(SeenProgram program) {
        long now = program.facts().number("now");
        List<TopRow> rows = new ArrayList<>();
        for (SeenPool pool : program.pools()) {
            pool.running().forEach(task -> rows.add(TopRow.task(pool, task, now, messages.text("top.running"))));
            pool.waiting().forEach(task -> rows.add(TopRow.task(pool, task, now, messages.text("top.waiting"))));
        }
        return rows;
    }

    private List<TopRow> workers(SeenProgram program) {
        List<TopRow> rows = new ArrayList<>();
        for (SeenPool pool : program.pools()) {
            for (SeenRecord worker : pool.workers()) {
                String state = switch (worker.text("does")) {
                    case "running" -> messages.text("top.running");
                    case "idle" -> messages.text("top.idle");
                    case "starting" -> messages.text("top.starting");
                    default -> worker.text("does");
                };
                rows.add(TopRow.worker(pool, worker, state));
            }
        }
        return rows;
    }

    String heading(TopView view, TopOrder order, String filter, boolean isTyping, int count) {
        String what = messages.text(view.heading, count, messages.text(order.label()));
        return filter.isEmpty() && !isTyping
                ? what
                : what + "  " + messages.text("top.filter") + " " + CleanText.of(filter) + (isTyping ? "_" : "");
    }

    /** Says of a task that is opened what its line says. */
    String task(TopRow task) {
        return task.name() + ", " + task.pool().name() + ", " + task.record().text("worker");
    }

    String noStack(String missing) {
        return messages.text(
                switch (missing) {
                    case "NO_ANSWER" -> "top.no-answer";
                    case "NOT_SEEN" -> "top.not-seen";
                    default -> "top.no-stack";
                });
    }

    String keys(TopView view, boolean isTyping) {
        return messages.text(isTyping ? "top.keys-filter" : view.keys);
    }

    String stackKeys() {
        return messages.text("top.keys-stack");
    }
}
