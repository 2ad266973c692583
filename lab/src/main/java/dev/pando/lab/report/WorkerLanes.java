package dev.pando.lab.report;

import dev.pando.lab.result.TimeSpan;
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
record WorkerLanes(Map<String, List<TimeSpan>> rows) {
    private static final int MOST = 12;

    static WorkerLanes of(List<TimeSpan> spans) {
        Map<String, List<TimeSpan>> workers = new LinkedHashMap<>();
        spans.forEach(timeSpan ->
                workers.computeIfAbsent(timeSpan.lane(), _ -> new ArrayList<>()).add(timeSpan));
        return new WorkerLanes(workers.size() <= MOST ? workers : shared(workers.values()));
    }

    private static Map<String, List<TimeSpan>> shared(Iterable<List<TimeSpan>> workers) {
        List<TimeSpan> all = new ArrayList<>();
        workers.forEach(spans -> spans.stream()
                .filter(timeSpan -> timeSpan.kind() == TimeSpan.Kind.RUN || timeSpan.kind() == TimeSpan.Kind.WAIT)
                .forEach(all::add));
        all.sort(Comparator.comparingLong(TimeSpan::start));
        List<List<TimeSpan>> rows = new ArrayList<>();
        for (TimeSpan timeSpan : all) {
            var free = rows.stream()
                    .filter(row -> row.getLast().end() <= timeSpan.start())
                    .findFirst();
            free.orElseGet(() -> {
                        rows.add(new ArrayList<>());
                        return rows.getLast();
                    })
                    .add(timeSpan);
        }
        Map<String, List<TimeSpan>> named = new LinkedHashMap<>();
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
