package dev.pando.internal.process.memory;

import dev.pando.internal.codec.message.MemoryHandle;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One use of one slab: from the request for it until no process has it. All of it is guarded by the {@link Lender}.
 */
final class Loan {
    final long number;
    final Slab slab;
    final long bytes;

    /** The worker that asked for it, if it was one, until the parent has it too. */
    @Nullable
    Account asker;

    /** How often the parent has it: its hold, and each task that takes it along. */
    int mine;

    /** The workers that have it, or were sent its handle, and have not said that they dropped it. */
    final Set<Account> workers = new HashSet<>();

    /** Those of them that were told to drop it. */
    final Set<Account> told = new HashSet<>();

    /** The parent's mapping of it, if there is one. */
    @Nullable
    MemoryMapping mapping;

    /** It is over, but something is still mapped, or is broken: this slab is never lent again. */
    boolean spoilt;

    Loan(long number, Slab slab, long bytes) {
        this.number = number;
        this.slab = slab;
        this.bytes = bytes;
    }

    MemoryHandle handle() {
        return new MemoryHandle(
                number, slab.number, slab.file.where(), slab.file.name(), slab.capacity, 0, bytes, (char) 0, false);
    }
}
