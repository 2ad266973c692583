package dev.pando.lab.result;

/**
 * A claim that is true on every machine, however fast or busy. A false claim fails the lab.
 *
 * @param claim the claim, in words
 */
public record CheckedFact(String claim, boolean holds) {

    /** Returns a number of facts in words. */
    public static String count(int facts) {
        return facts == 1 ? "one fact that does not depend on speed" : facts + " facts that do not depend on speed";
    }
}
