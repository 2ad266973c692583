package dev.pando.lab.result;

import java.util.List;

/**
 * The result of an experiment.
 *
 * @param question the question, in a line
 * @param expected what theory says, in a sentence
 * @param measured what happened here, in a sentence
 * @param isShown whether the numbers show what was expected
 * @param why the explanation, in a sentence
 * @param statistics runs, medians, spread; and a warning where the numbers are noisy
 */
public record ExperimentResult(
        String name,
        String question,
        String expected,
        String measured,
        boolean isShown,
        String why,
        List<CheckedFact> facts,
        List<ResultTable> tables,
        List<ChartData> charts,
        Timeline timeline,
        String statistics,
        MeasuredAmount took) {

    public ExperimentResult {
        facts = List.copyOf(facts);
        tables = List.copyOf(tables);
        charts = List.copyOf(charts);
    }

    /** Returns whether every fact holds. */
    public boolean isRight() {
        return facts.stream().allMatch(CheckedFact::holds);
    }
}
