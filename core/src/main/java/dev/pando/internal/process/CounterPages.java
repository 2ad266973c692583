package dev.pando.internal.process;

import dev.pando.internal.process.handle.CounterLoan;
import dev.pando.internal.process.memory.LentPage;
import dev.pando.internal.process.wire.CountPage;
import dev.pando.internal.shared.CounterLender;
import dev.pando.internal.shared.CounterMemory;
import java.io.IOException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** Makes memory for the counters of one pool, each on a thread that ends then. */
record CounterPages(ThreadFactory threads) implements CounterLender {

    /** Returns the memory for one pool. Typed so that a pool which shares nothing does not load the interface. */
    static CounterLender on(ThreadFactory threads) {
        return new CounterPages(threads);
    }

    @Override
    public void lend(Consumer<CounterMemory> taker) {
        try {
            threads.newThread(() -> make(taker)).start();
        } catch (OutOfMemoryError noThread) {
            // the counter stays where it is
        }
    }

    private static void make(Consumer<CounterMemory> taker) {
        try {
            LentPage page = LentPage.lend(ProgramMemory.lender(), CountPage.BYTES);
            if (page != null) {
                taker.accept(new CounterLoan(page));
            }
        } catch (IOException | OutOfMemoryError none) {
            // as above
        }
    }
}
