package dev.pando.lab.result;

import java.util.List;

/**
 * The result of an experiment.
 *
 * @param question the question, in a line
 * @param expected what theory says, in a sentence
 * @param measured what happened here, in a sentence
 * @param why the explanation, in a sentence
 * @param statistics runs, medians, spread; and a warning where the numbers are noisy
 */
public record ExperimentResult(
        String name,
        String question,
        String expected,
        String measured,
        String why,
        List<CheckedFact> facts,
        List<ResultTable> tables,
        List<ChartData> charts,
        Timeline timeline,
        String statistics,
        MeasuredAmount took) {

    /** How {@link #measured} ends where the numbers show what was expected. */
    public static final String SHOWN = "This is what was expected.";

    /** How the last sentence of {@link #measured} begins where they do not. */
    public static final String NOT_SHOWN = "This run does not show it";

    public ExperimentResult {
        facts = List.copyOf(facts);
        tables = List.copyOf(tables);
        charts = List.copyOf(charts);
    }

    /** Returns whether the numbers of this run show what was expected. */
    public boolean isShown() {
        return !measured.contains(NOT_SHOWN);
    }

    /** Returns whether every fact holds. */
    public boolean isRight() {
        return facts.stream().allMatch(CheckedFact::holds);
    }
}
