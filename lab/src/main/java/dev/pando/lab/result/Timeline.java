package dev.pando.lab.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which tasks ran when, on which worker.
 *
 * @param leftOut how many spans were left out, because a drawing cannot show more
 */
public record Timeline(List<TimeSpan> spans, long leftOut) {
    public static final Timeline NONE = new Timeline(List.of(), 0);

    public Timeline {
        spans = List.copyOf(spans);
    }

    public boolean isEmpty() {
        return spans.isEmpty();
    }

    /** Returns the spans by group, in order of first appearance. */
    public Map<String, List<TimeSpan>> groups() {
        var groups = new LinkedHashMap<String, List<TimeSpan>>();
        for (TimeSpan timeSpan : spans) {
            groups.computeIfAbsent(timeSpan.group(), _ -> new java.util.ArrayList<>())
                    .add(timeSpan);
        }
        return groups;
    }
}
