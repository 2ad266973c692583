package dev.pando.internal.process;

import dev.pando.internal.process.handle.WordLoan;
import dev.pando.internal.process.memory.LentPage;
import dev.pando.internal.shared.WordLender;
import dev.pando.internal.shared.WordMemory;
import java.io.IOException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** Makes memory for the counters, locks and queues of one pool, each on a thread that ends then. */
record WordPages(ThreadFactory threads) implements WordLender {

    /** Returns the memory for one pool. Typed so that a pool which shares nothing does not load the interface. */
    static WordLender on(ThreadFactory threads) {
        return new WordPages(threads);
    }

    @Override
    public void lend(int bytes, Consumer<WordMemory> taker) {
        try {
            threads.newThread(() -> make(bytes, taker)).start();
        } catch (OutOfMemoryError noThread) {
            // the counter, lock or queue stays where it is
        }
    }

    private static void make(int bytes, Consumer<WordMemory> taker) {
        try {
            LentPage page = LentPage.lend(ProgramMemory.lender(), bytes);
            if (page != null) {
                taker.accept(new WordLoan(page));
            }
        } catch (IOException | OutOfMemoryError none) {
            // as above
        }
    }
}
