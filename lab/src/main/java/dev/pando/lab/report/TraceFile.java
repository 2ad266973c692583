package dev.pando.lab.report;

import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.TimeSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Timelines in Chrome's trace format: a group is written as a process, a worker as a thread. Waiting for a worker is an
 * asynchronous event, because the worker ran something else at that time.
 */
final class TraceFile {
    private final List<ExperimentResult> results;
    private final List<Map<String, Object>> events = new ArrayList<>();
    private int processes;
    private int waits;

    TraceFile(List<ExperimentResult> results) {
        this.results = results;
    }

    String json() {
        for (ExperimentResult experimentResult : results) {
            experimentResult
                    .timeline()
                    .groups()
                    .forEach((group, spans) -> group(experimentResult.name() + ": " + group, spans));
        }
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("displayTimeUnit", "ms");
        file.put("traceEvents", events);
        return JsonWriter.of(file) + "\n";
    }

    private void group(String name, List<TimeSpan> spans) {
        int process = ++processes;
        events.add(metadata("process_name", process, 0, name));
        Map<String, Integer> lanes = new LinkedHashMap<>();
        for (TimeSpan timeSpan : spans) {
            int lane = lanes.computeIfAbsent(timeSpan.lane(), _ -> lanes.size() + 1);
            if (timeSpan.kind() == TimeSpan.Kind.QUEUED) {
                waits++;
                events.add(half("b", process, lane, timeSpan.task(), timeSpan.start()));
                events.add(half("e", process, lane, timeSpan.task(), timeSpan.end()));
            } else if (timeSpan.kind() == TimeSpan.Kind.DEATH) {
                Map<String, Object> event = event("i", "died: " + timeSpan.task(), process, lane, timeSpan.start());
                event.put("s", "t");
                events.add(event);
            } else {
                Map<String, Object> event = event("X", timeSpan.task(), process, lane, timeSpan.start());
                event.put("cat", timeSpan.kind().name().toLowerCase(Locale.ROOT));
                event.put("dur", (timeSpan.end() - timeSpan.start()) / 1e3);
                events.add(event);
            }
        }
        lanes.forEach((lane, number) -> events.add(metadata("thread_name", process, number, lane)));
    }

    private Map<String, Object> half(String phase, int process, int lane, String task, long nanos) {
        Map<String, Object> event = event(phase, task + " waits for a worker", process, lane, nanos);
        event.put("cat", "queued");
        event.put("id", waits);
        return event;
    }

    private static Map<String, Object> metadata(String what, int process, int lane, String name) {
        Map<String, Object> event = event("M", what, process, lane, 0);
        event.put("args", Map.of("name", name));
        return event;
    }

    private static Map<String, Object> event(String phase, String name, int process, int lane, long nanos) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("ph", phase);
        event.put("name", name);
        event.put("pid", process);
        event.put("tid", lane);
        event.put("ts", nanos / 1e3);
        return event;
    }
}
