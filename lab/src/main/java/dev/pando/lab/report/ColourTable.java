package dev.pando.lab.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives each name a colour: equal names get equal colours, and the first ten names differ. */
final class ColourTable {
    /** Colours with a contrast of 3:1 to the pages in light and in dark. */
    private static final String[] ALL = {
        "#3b7dd8", "#c96a1f", "#2f8f55", "#b3529a", "#c94a44", "#7a6bd0", "#22898a", "#8f7c16", "#748291", "#a56a45"
    };

    private final Map<String, String> given = new LinkedHashMap<>();

    String of(String name) {
        return given.computeIfAbsent(name, _ -> ALL[given.size() % ALL.length]);
    }

    /** Returns names and colours in order of first use. */
    Map<String, String> given() {
        return given;
    }

    static List<String> all() {
        return List.of(ALL);
    }

    static String number(int index) {
        return ALL[index % ALL.length];
    }
}
