package dev.pando.lab.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who ran what, when, on which worker.
 *
 * @param leftOut how many more there were than a drawing can show
 */
public record Timeline(List<Span> spans, long leftOut) {
    public static final Timeline NONE = new Timeline(List.of(), 0);

    public Timeline {
        spans = List.copyOf(spans);
    }

    public boolean isEmpty() {
        return spans.isEmpty();
    }

    /** By group, in the order in which groups came up. */
    public Map<String, List<Span>> groups() {
        var groups = new LinkedHashMap<String, List<Span>>();
        for (Span span : spans) {
            groups.computeIfAbsent(span.group(), _ -> new java.util.ArrayList<>()).add(span);
        }
        return groups;
    }
}
