package dev.pando.lab.result;

/**
 * Something that is true on every machine, however fast or busy. One that is not true fails the lab.
 *
 * @param claim what is said to be true, in words
 */
public record Fact(String claim, boolean holds) {

    /** So many facts, in words. */
    public static String count(int facts) {
        return facts == 1 ? "one fact that does not depend on speed" : facts + " facts that do not depend on speed";
    }
}
