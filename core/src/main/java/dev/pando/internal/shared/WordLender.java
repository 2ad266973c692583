package dev.pando.internal.shared;

import java.util.function.Consumer;

/** Lends memory that counters, locks and queues move to when workers call them often. */
public interface WordLender {

    /**
     * Makes memory on a thread of its own, because the first takes a tenth of a second, and hands it on. Hands nothing
     * on where there is none, and never throws: the construct stays in its table.
     */
    void lend(int bytes, Consumer<WordMemory> taker);
}
