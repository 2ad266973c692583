package dev.pando.lab.look;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A program as text for an issue report: every pool, worker, task and stack. In English, whatever the locale, because
 * others read it.
 */
final class DumpText {

    private final SeenProgram program;
    private final long now;
    private final List<String> lines = new ArrayList<>();

    private DumpText(SeenProgram program) {
        this.program = program;
        this.now = program.facts().number("now");
    }

    static List<String> of(SeenProgram program) {
        DumpText dump = new DumpText(program);
        dump.program();
        program.pools().forEach(dump::pool);
        dump.blocked();
        return dump.lines;
    }

    private void program() {
        SeenRecord facts = program.facts();
        lines.add("Process " + facts.text("pid") + ", " + facts.text("main") + ", at " + Instant.ofEpochMilli(now));
        lines.add("  java " + facts.text("java"));
        String up = facts.has("started") ? "up for " + SpanText.of(now - facts.number("started")) + ", " : "";
        lines.add("  " + up + "heap " + SpanText.bytes(facts.number("heapUsed")) + " of "
                + SpanText.bytes(facts.number("heapMax")) + ", " + facts.text("processors") + " processors");
        if (program.pools().isEmpty()) {
            lines.add("  no pool is open");
        }
    }

    private void pool(SeenPool pool) {
        SeenRecord facts = pool.facts();
        lines.add("");
        lines.add("Pool " + pool.name() + ", " + facts.text("backend") + ", " + facts.text("state"));
        lines.add("  " + facts.text("running") + " run of " + SpanText.count(facts.number("width")) + ", "
                + facts.text("waiting") + " wait of " + SpanText.count(facts.number("bound")));
        lines.add("  " + facts.text("submitted") + " submitted, " + facts.text("succeeded") + " succeeded, "
                + facts.text("failed") + " failed, " + facts.text("cancelled") + " cancelled, "
                + facts.text("rejected") + " rejected, " + facts.text("retried") + " retried, " + facts.text("lost")
                + " workers lost");
        lines.add("  Workers" + part(pool.workers().size(), facts.number("workers")));
        pool.workers().forEach(this::worker);
        if (!pool.nodes().isEmpty()) {
            lines.add("  Nodes");
            pool.nodes().forEach(this::node);
        }
        if (!pool.shared().isEmpty()) {
            lines.add("  What tasks share, and actors");
            pool.shared().forEach(this::shared);
        }
        lines.add("  Tasks that run" + part(pool.running().size(), facts.number("running")));
        pool.running().forEach(task -> running(task, pool));
        lines.add("  Tasks that wait, the next one first" + part(pool.waiting().size(), facts.number("waiting")));
        pool.waiting().forEach(this::waiting);
        if (pool.waiting().isEmpty() && facts.number("waiting") > 0) {
            lines.add("    They were sent to a worker already, or are virtual threads that get no processor.");
        }
    }

    private static String part(int shown, long all) {
        return all == 0 ? ": none" : shown < all ? ": " + shown + " of " + all : "";
    }

    private void worker(SeenRecord worker) {
        StringBuilder line = new StringBuilder("    " + worker.text("name") + " is " + worker.text("does"));
        add(line, "", worker.text("task"));
        add(line, "process ", worker.text("pid"));
        add(line, "", worker.has("memory") ? SpanText.bytes(worker.number("memory")) : "");
        add(line, "processor time ", worker.has("cpu") ? SpanText.of(worker.number("cpu")) : "");
        add(line, "age ", worker.has("age") ? SpanText.of(worker.number("age")) : "");
        add(line, "tasks begun ", worker.text("tasks"));
        lines.add(line.toString());
    }

    private void node(SeenRecord node) {
        StringBuilder line = new StringBuilder("    " + node.text("name") + " is " + node.text("state"));
        add(line, "", node.text("backend"));
        add(line, "slots ", node.text("slots"));
        add(line, "tasks of this pool ", node.text("tasks"));
        add(line, "running ", node.text("running"));
        add(line, "waiting ", node.text("waiting"));
        add(line, "Pando ", node.text("version"));
        add(line, "age ", node.has("age") ? SpanText.of(node.number("age")) : "");
        lines.add(line.toString());
    }

    private void shared(SeenRecord shared) {
        StringBuilder line = new StringBuilder("    " + shared.text("name"));
        String bound = shared.has("bound") ? " of " + shared.text("bound") : "";
        String unit = switch (shared.text("kind")) {
            case "queue" -> " items";
            case "map" -> " entries";
            case "semaphore" -> " permits left";
            case "actor" -> " calls wait";
            default -> "";
        };
        add(line, "", shared.has("size") ? shared.text("size") + bound + unit : "");
        add(line, "callers that wait ", shared.number("callers") > 0 ? shared.text("callers") : "");
        lines.add(line.toString());
    }

    private static void add(StringBuilder line, String what, String value) {
        if (!value.isEmpty()) {
            line.append(", ").append(what).append(value);
        }
    }

    private void running(SeenRecord task, SeenPool pool) {
        StringBuilder line = new StringBuilder("    " + task.text("name") + " on " + task.text("worker") + " for "
                + SpanText.of(now - task.number("started")));
        add(line, "waited ", SpanText.of(task.number("started") - task.number("queued")));
        add(line, "attempt ", task.number("attempts") > 1 ? task.text("attempts") : "");
        add(line, "progress ", task.has("percent") ? task.text("percent") + " % " + task.text("says") : "");
        lines.add(line.toString());
        SeenStack stack = pool.stacks().get(task.number("id"));
        if (stack == null || stack.frames().isEmpty()) {
            lines.add("      no stack: " + whyNone(stack == null ? "" : stack.missing()));
        } else {
            stack.frames().forEach(frame -> lines.add("      at " + frame));
        }
    }

    private static String whyNone(String missing) {
        return switch (missing) {
            case "NO_ANSWER" -> "its worker has not answered in 2 s; that, or its node, may be frozen or very busy";
            case "NOT_SEEN" -> "workers of this kind cannot be asked";
            default -> "it does not run at this moment";
        };
    }

    private void waiting(SeenRecord task) {
        lines.add("    " + task.text("name") + " for " + SpanText.of(now - task.number("queued")));
    }

    private void blocked() {
        if (!program.blocked().isEmpty()) {
            lines.add("");
            lines.add("Threads that wait for each other's locks");
        }
        for (SeenRecord thread : program.blocked()) {
            lines.add("  " + thread.text("thread") + " waits for " + thread.text("lock") + ", which "
                    + thread.text("owner") + " has");
        }
    }
}
