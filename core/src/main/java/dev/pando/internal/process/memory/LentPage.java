package dev.pando.internal.process.memory;

import dev.pando.internal.codec.message.MemoryHandle;
import dev.pando.internal.process.os.SharedFile;
import dev.pando.internal.process.wire.MemoryMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A little memory of the parent's that lasts longer than any task, and that workers are shown one by one. No worker can
 * cut it off, so atomic instructions may work on it. Any thread.
 */
public final class LentPage {
    private final Lender lender;
    private final Loan loan;
    private final SharedRegion region;

    private LentPage(Lender lender, Loan loan, SharedRegion region) {
        this.lender = lender;
        this.loan = loan;
        this.region = region;
    }

    /**
     * Returns new memory, all zero. Returns {@code null} if there is none that no worker can cut off.
     *
     * @throws IOException there is no room, or no descriptor
     */
    public static @Nullable LentPage lend(Lender lender, int bytes) throws IOException {
        if (!lender.slabs.canSeal()) {
            return null;
        }
        SharedRegion region = lender.take(bytes, true);
        Loan loan = lender.loan(region.mapping.whole.loan());
        if (loan == null || !SharedFile.isSealed(region.mapping.whole.name())) {
            region.close();
            return null;
        }
        return new LentPage(lender, loan, region);
    }

    /** Returns the memory, as the parent has it until {@link #close}. */
    public ByteBuffer memory() {
        return region.segment().asByteBuffer();
    }

    /**
     * Returns what this worker is sent, so that it can map the page; {@link #sent} must be called then. Returns
     * {@code null} if the page is closed: a worker that mapped it now would never be told to forget it.
     */
    public MemoryMessage.@Nullable Grant show(Account account) {
        synchronized (Lender.LOCK) {
            if (loan.mine == 0) {
                return null;
            }
            loan.mine++; // what forgets the page must not go to the worker before what shows it
        }
        lender.addHolder(loan, account);
        MemoryHandle handle = loan.handle();
        return new MemoryMessage.Grant(
                0, handle.loan(), handle.slab(), handle.start(), handle.bytes(), handle.where(), handle.name());
    }

    /** What {@link #show} returned is on its way. */
    public void sent() {
        lender.release(loan);
    }

    /** Tells all that have it to forget it. Its memory is used again when each of them has, or is dead. */
    public void close() {
        region.close();
    }
}
