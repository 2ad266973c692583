package dev.pando.lab.report;

import dev.pando.lab.result.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The workers of a group as rows of a drawing. If there are too many to draw, a hundred virtual threads say, workers
 * share a row when their work does not overlap.
 *
 * @param rows the spans of each row, by the name beside it
 */
record Lanes(Map<String, List<Span>> rows) {
    private static final int MOST = 12;

    static Lanes of(List<Span> spans) {
        Map<String, List<Span>> workers = new LinkedHashMap<>();
        spans.forEach(span -> workers.computeIfAbsent(span.lane(), _ -> new ArrayList<>()).add(span));
        return new Lanes(workers.size() <= MOST ? workers : shared(workers.values()));
    }

    private static Map<String, List<Span>> shared(Iterable<List<Span>> workers) {
        List<Span> all = new ArrayList<>();
        workers.forEach(spans -> spans.stream().filter(span -> span.kind() != Span.Kind.QUEUED).forEach(all::add));
        all.sort(Comparator.comparingLong(Span::start));
        List<List<Span>> rows = new ArrayList<>();
        for (Span span : all) {
            var free = rows.stream().filter(row -> row.getLast().end() <= span.start()).findFirst();
            free.orElseGet(() -> {
                rows.add(new ArrayList<>());
                return rows.getLast();
            }).add(span);
        }
        Map<String, List<Span>> named = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            named.put("at once: " + (i + 1), rows.get(i));
        }
        return named;
    }

    /** Many rows are thin. */
    double height() {
        return rows.size() <= MOST ? 16 : Math.max(2, 240.0 / rows.size());
    }

    boolean isLabelled() {
        return rows.size() <= MOST;
    }
}
