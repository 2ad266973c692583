package dev.pando.lab.terminal;

import dev.pando.lab.language.MessageBook;
import dev.pando.lab.result.CheckedFact;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.ResultTable;
import java.util.ArrayList;
import java.util.List;

/** A result as text: the question, the numbers, the sentences, the facts. */
public record ResultText(Terminal terminal, MessageBook messages) {
    private static final int READABLE = 100;
    private static final List<String> LABELS = List.of("expected", "measured", "why", "numbers", "checked", "wrong");

    public ResultText(Terminal terminal) {
        this(terminal, MessageBook.ENGLISH);
    }

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
        lines.addAll(labelled("expected", experimentResult.expected()));
        lines.addAll(labelled("measured", experimentResult.measured()));
        lines.addAll(labelled("why", experimentResult.why()));
        lines.addAll(facts(experimentResult, textStyle));
        lines.addAll(
                labelled(
                                "numbers",
                                messages.text("common.took", experimentResult.statistics(), experimentResult.took()))
                        .stream()
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
            return labelled(
                            "checked",
                            CheckedFact.allRight(
                                    messages, experimentResult.facts().size()))
                    .stream()
                    .map(textStyle::good)
                    .toList();
        }
        return wrong.stream()
                .flatMap(checkedFact -> labelled("wrong", messages.text("common.wrong", checkedFact.claim())).stream())
                .map(textStyle::bad)
                .toList();
    }

    /** Returns words of the lab's own, broken to the width of the terminal. */
    public List<String> paragraph(String text) {
        return wrapped(text, "");
    }

    /** Returns the text behind its label, of which all take as many columns. */
    private List<String> labelled(String name, String text) {
        int columns = 0;
        for (String label : LABELS) {
            columns = Math.max(columns, TextWidth.of(messages.text("common.label." + label)) + 2);
        }
        return wrapped(text, TextWidth.padded(messages.text("common.label." + name), columns, false));
    }

    private List<String> wrapped(String text, String label) {
        int columns = TextWidth.of(label);
        List<String> lines = new ArrayList<>();
        for (String line : TextWidth.wrapped(text, width() - columns)) {
            lines.add((lines.isEmpty() ? label : " ".repeat(columns)) + line);
        }
        return lines;
    }

    private int width() {
        return Math.min(READABLE, terminal.width());
    }
}
