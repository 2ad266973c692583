package dev.pando.lab.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** Gives each name a colour: equal names get equal colours, and the first ten names differ. */
final class ColourTable {
    /** Colours that are readable on white and on black. */
    private static final String[] ALL = {
        "#3b7dd8", "#d9772b", "#2f9e5b", "#b3529a", "#c0453f", "#7a6bd0", "#2a9d9d", "#a08a1c", "#7d8a99", "#8f5a3c"
    };

    private final Map<String, String> given = new LinkedHashMap<>();

    String of(String name) {
        return given.computeIfAbsent(name, _ -> ALL[given.size() % ALL.length]);
    }

    /** Returns names and colours in order of first use. */
    Map<String, String> given() {
        return given;
    }

    static String number(int index) {
        return ALL[index % ALL.length];
    }
}
