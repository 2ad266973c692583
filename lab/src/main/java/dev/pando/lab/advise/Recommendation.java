package dev.pando.lab.advise;

import dev.pando.lab.result.Amount;
import java.util.List;

/**
 * Which workers, how many, and what speaks for it.
 *
 * @param best what to take
 * @param rate calls a second that it got done here
 * @param gain how many times more than without a pool
 * @param curve everything that was tried, with its rate
 * @param because why it is as sure as that, in a sentence
 * @param remarks what else was noticed: why a kind of workers was left out, say
 */
public record Recommendation(
        Candidate best, double rate, double gain, Profile profile, List<Point> curve, Confidence confidence, String because,
                List<String> remarks) {

    /** How sure the recommendation is. */
    public enum Confidence {
        HIGH, MEDIUM, LOW
    }

    /** One that was tried. */
    public record Point(Candidate candidate, double rate) {}

    public Recommendation {
        curve = List.copyOf(curve);
        remarks = List.copyOf(remarks);
    }

    /**
     * Lines to paste.
     *
     * @param function as it is written: {@code Texts::words}
     */
    public String code(String function) {
        return best.kind() == Kind.CALLER
                ? "inputs.stream().map(" + function + ").toList()    // no pool: workers would not earn back what they cost"
                : "try (Pool pool = Pool.open(" + best.code() + ")) { results = pool.map(" + function + ", inputs).toList(); }";
    }

    @Override
    public String toString() {
        return best.code() + ", " + Amount.perSecond(Math.rint(rate)) + ", " + Amount.times(gain)
                + " of one after the other; confidence " + confidence;
    }
}
