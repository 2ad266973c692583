package dev.pando.lab.advise;

import dev.pando.lab.advise.Recommendation.Confidence;
import dev.pando.lab.result.TimingSample;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * What the final says: by its measurements, or by theory where these are noise.
 *
 * @param runs how often the candidate ran whose measurements were the least alike
 * @param spread the difference of its fastest and its slowest run, as a part of the median
 */
record FinalVerdict(WorkerCandidate best, boolean isNoise, int runs, double spread) {
    /**
     * Below this spread the winner's measurements differ by less than what runs again in the final may
     * ({@link WorkerSearch#FINALIST_RATE}).
     */
    private static final double MAX_SPREAD_OF_HIGH_CONFIDENCE = 0.1;

    /**
     * From this spread on, twice what finalists may differ by, a second run of the adviser may well name another
     * winner.
     */
    private static final double MAX_SPREAD_OF_MEDIUM_CONFIDENCE = 0.3;

    /**
     * Judges measured rates; of equal ones the first wins.
     *
     * @param rounds the rates of each finalist, the simplest kind first
     * @param byTheory what suits the call by its profile, one of the finalists
     */
    static FinalVerdict of(SequencedMap<WorkerCandidate, TimingSample> rounds, WorkerCandidate byTheory) {
        double top =
                rounds.values().stream().mapToDouble(TimingSample::median).max().orElseThrow();
        var won = rounds.entrySet().stream()
                .filter(entry -> entry.getValue().median() >= WorkerSearch.EQUAL_RATE * top)
                .findFirst()
                .orElseThrow();
        WorkerCandidate winner = won.getKey();
        TimingSample doubtful = won.getValue();
        TimingSample theory = Objects.requireNonNull(rounds.get(byTheory), "what theory says always runs again");
        // That calls gain nothing from running side by side is believed only if their side was measured well: other
        // programs may have had the second processor just then.
        if (winner.workerKind() == WorkerKind.CALLER && theory.spread() > doubtful.spread()) {
            doubtful = theory;
        }
        boolean isNoise = doubtful.spread() >= MAX_SPREAD_OF_MEDIUM_CONFIDENCE;
        return new FinalVerdict(isNoise ? byTheory : winner, isNoise, doubtful.runs(), doubtful.spread());
    }

    Confidence confidence() {
        if (isNoise) {
            return Confidence.LOW;
        }
        return spread < MAX_SPREAD_OF_HIGH_CONFIDENCE ? Confidence.HIGH : Confidence.MEDIUM;
    }
}
