package dev.pando.lab.advise;

import dev.pando.lab.result.MeasuredAmount;
import java.util.List;

/**
 * Which workers, how many, and the evidence.
 *
 * @param best what to take
 * @param rate calls a second measured here
 * @param gain how many times more than without a pool
 * @param curve everything that was tried, with its rate
 * @param because the reason for this confidence, in a sentence
 * @param remarks other observations: why a kind of workers was left out, say
 */
public record Recommendation(
        WorkerCandidate best,
        double rate,
        double gain,
        CallProfile callProfile,
        List<Point> curve,
        Confidence confidence,
        String because,
        List<String> remarks) {

    /** How sure the recommendation is. */
    public enum Confidence {
        HIGH,
        MEDIUM,
        /** The kind of workers follows from what a call does; their number could not be measured. */
        LOW,
        /** Nothing is recommended: what a call does could not be told. */
        NONE
    }

    /** A candidate that was tried. */
    public record Point(WorkerCandidate workerCandidate, double rate) {}

    public Recommendation {
        curve = List.copyOf(curve);
        remarks = List.copyOf(remarks);
    }

    /** Returns whether anything is recommended. If not, {@link #because} says why it cannot be told. */
    public boolean isTold() {
        return confidence != Confidence.NONE;
    }

    /**
     * Returns lines to paste.
     *
     * @param function as Java source: {@code Texts::words}
     */
    public String code(String function) {
        return best.workerKind() == WorkerKind.CALLER
                ? "inputs.stream().map(" + function
                        + ").toList()    // no pool: workers would not earn back what they cost"
                : "try (Pool pool = Pool.open(" + best.code() + ")) { results = pool.map(" + function
                        + ", inputs).toList(); }";
    }

    @Override
    public String toString() {
        return !isTold()
                ? "cannot tell, because " + because
                : best.code() + ", " + MeasuredAmount.perSecond(Math.rint(rate)) + ", " + MeasuredAmount.times(gain)
                        + " of one after the other; confidence " + confidence;
    }
}
