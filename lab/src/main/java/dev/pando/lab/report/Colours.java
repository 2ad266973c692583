package dev.pando.lab.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** Who has which colour: the same name has the same one, and the first ten names differ. */
final class Colours {
    /** Dark enough on white, bright enough on black. */
    private static final String[] ALL = {
        "#3b7dd8", "#d9772b", "#2f9e5b", "#b3529a", "#c0453f", "#7a6bd0", "#2a9d9d", "#a08a1c", "#7d8a99", "#8f5a3c"
    };

    private final Map<String, String> given = new LinkedHashMap<>();

    String of(String name) {
        return given.computeIfAbsent(name, _ -> ALL[given.size() % ALL.length]);
    }

    /** Names and colours in the order in which they came up. */
    Map<String, String> given() {
        return given;
    }

    static String number(int index) {
        return ALL[index % ALL.length];
    }
}
