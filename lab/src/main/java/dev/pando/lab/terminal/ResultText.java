package dev.pando.lab.terminal;

import dev.pando.lab.result.CheckedFact;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.ResultTable;
import java.util.ArrayList;
import java.util.List;

/** A result as text: the question, the numbers, the sentences, the facts. */
public record ResultText(Terminal terminal) {
    private static final int READABLE = 100;

    public List<String> lines(ExperimentResult experimentResult) {
        TextStyle textStyle = terminal.textStyle();
        List<String> lines = new ArrayList<>();
        lines.add(textStyle.bold(experimentResult.name())
                + textStyle.faint("  "
                        + "─"
                                .repeat(Math.max(
                                        3, width() - experimentResult.name().length() - 2))));
        lines.addAll(wrapped(experimentResult.question(), ""));
        for (ResultTable resultTable : experimentResult.tables()) {
            lines.add("");
            lines.addAll(new TableText(textStyle, terminal.width()).lines(resultTable));
        }
        lines.add("");
        lines.addAll(wrapped(experimentResult.expected(), "expected  "));
        lines.addAll(wrapped(experimentResult.measured(), "measured  "));
        lines.addAll(wrapped(experimentResult.why(), "why       "));
        lines.addAll(facts(experimentResult, textStyle));
        lines.addAll(wrapped(experimentResult.statistics() + "; took " + experimentResult.took(), "numbers   ").stream()
                .map(textStyle::faint)
                .toList());
        return lines;
    }

    /** Returns one line if every fact holds, or else a line for each wrong fact. */
    private List<String> facts(ExperimentResult experimentResult, TextStyle textStyle) {
        List<CheckedFact> wrong = experimentResult.facts().stream()
                .filter(checkedFact -> !checkedFact.holds())
                .toList();
        if (wrong.isEmpty()) {
            return wrapped(CheckedFact.count(experimentResult.facts().size()) + ": all right", "checked   ").stream()
                    .map(textStyle::good)
                    .toList();
        }
        return wrong.stream()
                .flatMap(
                        checkedFact -> wrapped(
                                "this should be true on every machine, and is not: " + checkedFact.claim(),
                                "WRONG     ")
                                .stream())
                .map(textStyle::bad)
                .toList();
    }

    /** Returns words of the lab's own, broken to the width of the terminal. */
    public List<String> paragraph(String text) {
        return wrapped(text, "");
    }

    private List<String> wrapped(String text, String label) {
        List<String> lines = new ArrayList<>();
        for (String line : TextWidth.wrapped(text, width() - label.length())) {
            lines.add((lines.isEmpty() ? label : " ".repeat(label.length())) + line);
        }
        return lines;
    }

    private int width() {
        return Math.min(READABLE, terminal.width());
    }
}
