package dev.pando.internal.process.handle;

import dev.pando.internal.process.memory.Account;
import dev.pando.internal.process.memory.LentPage;
import dev.pando.internal.process.wire.CountPage;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.MemoryMessage;
import dev.pando.internal.shared.CounterMemory;
import org.jspecify.annotations.Nullable;

/** The memory of one counter: workers that call the counter are shown it with their replies. Any thread. */
public record CounterLoan(LentPage lent, CountPage page) implements CounterMemory {

    public CounterLoan(LentPage lent) {
        this(lent, new CountPage(lent.memory()));
    }

    /**
     * Returns the frame that shows the worker of this account the memory; {@link #sent} must be called then. Returns
     * {@code null} if the counter has just been closed, or there is no heap for the frame.
     */
    byte @Nullable [] show(Account account) {
        MemoryMessage.Grant grant = lent.show(account);
        if (grant == null) {
            return null;
        }
        try {
            return FrameWriter.frame(grant);
        } catch (OutOfMemoryError noMemory) {
            sent();
            return null; // the next reply may show it
        }
    }

    /** The frame is on its way. */
    void sent() {
        lent.sent();
    }

    @Override
    public void giveBack() {
        lent.close();
    }
}
