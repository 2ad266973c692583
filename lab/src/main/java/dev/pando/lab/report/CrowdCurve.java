package dev.pando.lab.report;

import dev.pando.lab.result.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many tasks ran at once, over time: what is left to see of more bars than a drawing can tell apart.
 *
 * @param name the most frequent task
 */
record CrowdCurve(String name, List<Step> steps, int most) {

    /** From this moment on so many ran. */
    record Step(long at, int running) {}

    static CrowdCurve of(List<TimeSpan> spans) {
        TreeMap<Long, Integer> changes = new TreeMap<>();
        TreeMap<String, Integer> names = new TreeMap<>();
        for (TimeSpan span : spans) {
            if (span.kind() == TimeSpan.Kind.RUN || span.kind() == TimeSpan.Kind.WAIT) {
                changes.merge(span.start(), 1, Integer::sum);
                changes.merge(span.end(), -1, Integer::sum);
                names.merge(span.task(), 1, Integer::sum);
            }
        }
        List<Step> steps = new ArrayList<>();
        int running = 0;
        int most = 1;
        for (var change : changes.entrySet()) {
            running += change.getValue();
            most = Math.max(most, running);
            steps.add(new Step(change.getKey(), running));
        }
        String name = names.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
        return new CrowdCurve(name, List.copyOf(steps), most);
    }
}
