package dev.pando.lab.terminal;

import dev.pando.lab.result.Fact;
import dev.pando.lab.result.Result;
import dev.pando.lab.result.Table;
import java.util.ArrayList;
import java.util.List;

/** A result as text: the question, the numbers, the sentences, the facts. */
public record ResultText(Terminal terminal) {
    private static final int READABLE = 100;

    public List<String> lines(Result result) {
        Style style = terminal.style();
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(result.name()) + style.faint("  " + "─".repeat(Math.max(3, width() - result.name().length() - 2))));
        lines.addAll(wrapped(result.question(), ""));
        for (Table table : result.tables()) {
            lines.add("");
            lines.addAll(new TableText(style, terminal.width()).lines(table));
        }
        lines.add("");
        lines.addAll(wrapped(result.expected(), "expected  "));
        lines.addAll(wrapped(result.measured(), "measured  "));
        lines.addAll(wrapped(result.why(), "why       "));
        lines.addAll(facts(result, style));
        lines.addAll(wrapped(result.statistics() + "; took " + result.took(), "numbers   ").stream().map(style::faint).toList());
        return lines;
    }

    /** Returns one line if every fact holds, or else a line for each wrong fact. */
    private List<String> facts(Result result, Style style) {
        List<Fact> wrong = result.facts().stream().filter(fact -> !fact.holds()).toList();
        if (wrong.isEmpty()) {
            return List.of(style.good("checked   " + Fact.count(result.facts().size()) + ": all right"));
        }
        return wrong.stream().map(fact -> style.bad("WRONG     this should be true on every machine, and is not: " + fact.claim()))
                .toList();
    }

    private List<String> wrapped(String text, String label) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(label);
        boolean begun = false;
        for (String word : text.split(" ", -1)) {
            if (begun && line.length() + 1 + word.length() > width()) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(label.length()));
                begun = false;
            }
            line.append(begun ? " " : "").append(word);
            begun = true;
        }
        lines.add(line.toString());
        return lines;
    }

    private int width() {
        return Math.min(READABLE, terminal.width());
    }
}
