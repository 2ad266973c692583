package dev.pando.lab.terminal;

import dev.pando.lab.language.MessageBook;
import dev.pando.lab.result.MeasuredAmount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Progress as lines of text; pure, the caller passes the time. Within the first second there are no lines. Not
 * thread-safe.
 */
final class ProgressGauge {
    private static final long A_SECOND = 1_000_000_000;
    private static final int WORKERS_SHOWN = 8;
    private static final int BAR = 24;

    private final MessageBook messages;
    private final Map<String, Worker> workers = new LinkedHashMap<>();
    private String name = "";
    private String doing = "";
    private long total;
    private long done;
    private long began;
    private boolean active;

    /** A worker's line. */
    private static final class Worker {
        private long done;
        private String task = "";
    }

    ProgressGauge() {
        this(MessageBook.ENGLISH);
    }

    ProgressGauge(MessageBook messages) {
        this.messages = messages;
    }

    /** Begins something that takes {@code total} steps, or 0 if the number is unknown. */
    void begin(String what, long total, long now) {
        name = what;
        doing = "";
        this.total = total;
        done = 0;
        began = now;
        active = true;
        workers.clear();
    }

    void doing(String what) {
        doing = what;
        workers.clear();
    }

    void done(long soFar) {
        done = soFar;
    }

    long done() {
        return done;
    }

    void end() {
        active = false;
    }

    void started(String worker, String task) {
        workers.computeIfAbsent(worker, _ -> new Worker()).task = task;
    }

    void finished(String worker) {
        Worker seat = workers.computeIfAbsent(worker, _ -> new Worker());
        seat.done++;
        seat.task = "";
    }

    void lost(String worker) {
        workers.remove(worker);
    }

    List<String> lines(long now, int width) {
        long passed = now - began;
        if (!active || passed < A_SECOND) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(cut(head(passed), width));
        workers.entrySet().stream()
                .limit(WORKERS_SHOWN)
                .forEach(entry -> lines.add(cut(
                        "  " + entry.getKey() + "  "
                                + messages.text("command.done", MeasuredAmount.count(entry.getValue().done)) + "  "
                                + entry.getValue().task,
                        width)));
        if (workers.size() > WORKERS_SHOWN) {
            lines.add("  " + messages.text("command.more-workers", workers.size() - WORKERS_SHOWN));
        }
        return lines;
    }

    private String head(long passed) {
        double rate = done * 1e9 / passed;
        String pace = done == 0 ? "" : "  " + MeasuredAmount.perSecond(rate >= 100 ? Math.rint(rate) : rate);
        if (total <= 0) {
            return name + "  " + messages.text("command.done", MeasuredAmount.count(done)) + pace + "  "
                    + MeasuredAmount.nanos(passed - passed % A_SECOND) + "  " + doing;
        }
        double part = Math.clamp((double) done / total, 0, 1);
        String bar = TableText.bar(part * BAR);
        String left = done == 0
                ? ""
                : "  " + messages.text("command.left", MeasuredAmount.nanos(Math.ceil((total - done) / rate) * 1e9));
        return name + "  " + bar + "·".repeat(BAR - bar.length()) + "  " + messages.text("report.of", done, total)
                + pace + left + "  " + doing;
    }

    /** Cuts a line to the width, because a line that wraps could not be painted over. */
    private static String cut(String line, int width) {
        return TextWidth.cut(line, width - 1);
    }
}
