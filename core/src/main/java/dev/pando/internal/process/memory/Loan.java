package dev.pando.internal.process.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.codec.message.MemoryHandle;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A use of a slab, or of a slot in one: from the request for it until no process has it. */
final class Loan {
    final long number;
    final SlabSlot slot;
    final Slab slab;
    final long bytes;

    /** The worker that asked for the loan, until the parent has the loan too. Null if the parent made it. */
    @GuardedBy("Lender.LOCK")
    @Nullable
    Account asker;

    /** What the descriptor of the slab belongs to, whatever becomes of the loan. Null: the program made an array. */
    final @Nullable DescriptorShare share;

    /** How often the parent has the loan: its mapping, and each task that takes the loan along. */
    @GuardedBy("Lender.LOCK")
    int mine;

    /** The workers that have the loan, or were sent its handle, and have not said that they dropped it. */
    @GuardedBy("Lender.LOCK")
    final Set<Account> workers = new HashSet<>();

    /** The workers among {@link #workers} that were told to drop the loan. */
    @GuardedBy("Lender.LOCK")
    final Set<Account> told = new HashSet<>();

    /** The parent's mapping of the loan, if there is one. */
    @GuardedBy("Lender.LOCK")
    @Nullable
    MemoryMapping mapping;

    /** Whether the parent's mapping could not be closed: the slot is never lent again. */
    @GuardedBy("Lender.LOCK")
    boolean spoilt;

    Loan(long number, SlabSlot slot, long bytes, @Nullable DescriptorShare share) {
        this.share = share;
        this.number = number;
        this.slot = slot;
        this.slab = slot.slab();
        this.bytes = bytes;
    }

    /** Notes which worker has asked for the loan; null: none, or the parent has the loan now. */
    @GuardedBy("Lender.LOCK")
    void askedBy(@Nullable Account account) {
        Account before = asker;
        if (before != null && (before.asked.remove(this) || before.lasting.remove(this))) {
            before.askedBytes -= slot.capacity();
        }
        asker = account;
        if (account != null && account.asked.add(this)) {
            account.askedBytes += slot.capacity();
        }
    }

    MemoryHandle handle() {
        return new MemoryHandle(
                number,
                slab.number,
                slab.file.where(),
                slab.file.name(),
                slot.start(),
                slot.capacity(),
                0,
                bytes,
                (char) 0,
                false);
    }
}
