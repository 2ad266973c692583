package dev.pando.lab.result;

import dev.pando.lab.language.MessageBook;

/**
 * A claim that is true on every machine, however fast or busy. A false claim fails the lab.
 *
 * @param claim the claim, in words
 */
public record CheckedFact(String claim, boolean holds) {

    /** Returns how many facts there are, which are all right, in words. */
    public static String allRight(MessageBook messages, int facts) {
        return facts == 1 ? messages.text("common.fact-right") : messages.text("common.facts-right", facts);
    }
}
