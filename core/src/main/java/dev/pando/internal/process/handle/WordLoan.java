package dev.pando.internal.process.handle;

import dev.pando.internal.process.memory.Account;
import dev.pando.internal.process.memory.LentPage;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.MemoryMessage;
import dev.pando.internal.shared.WordMemory;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The memory of one counter, lock or queue: workers that call it are shown it with a reply. Any thread. */
public record WordLoan(LentPage lent) implements WordMemory {

    @Override
    public ByteBuffer bytes() {
        return lent.memory();
    }

    /**
     * Returns the frame that shows the worker of this account the memory; {@link #sent} must be called then. Returns
     * {@code null} if what it is of has just been closed, or there is no heap for the frame.
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
            return null;
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
