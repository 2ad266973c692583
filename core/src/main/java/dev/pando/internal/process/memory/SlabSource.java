package dev.pando.internal.process.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.os.SharedFile;
import dev.pando.internal.process.os.SystemLimits;
import dev.pando.internal.process.wire.MemoryUse;
import dev.pando.spi.Timer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes the slabs of a parent, or takes them from those that wait to be used again. Any thread; the lock is not held
 * while memory is made or cleared, nor while a worker is told.
 */
final class SlabSource {
    private final OperatingSystem os;
    private final DescriptorQuota quota;
    private final long page = SystemLimits.pageBytes();
    private final AtomicLong numbers = new AtomicLong();
    final SlabCache idle;

    /** @param idleLimit how many unused bytes are kept */
    SlabSource(OperatingSystem os, Timer timer, long idleLimit, DescriptorQuota quota) {
        this.os = os;
        this.quota = quota;
        this.idle = new SlabCache(timer, idleLimit, this::drop);
    }

    /** Returns a number for a slab or a loan, which no other has. */
    long number() {
        return numbers.incrementAndGet();
    }

    /** Returns a place for the small arrays of one maker, whose descriptors belong to this share; null: the program. */
    SlotShelf shelf(@Nullable DescriptorShare share) {
        return new SlotShelf(this, page, share);
    }

    /** Whether memory can be sealed. The first call takes a moment. */
    boolean canSeal() {
        return os.canSeal(true);
    }

    /** Whether a loan can lie in a slab with others: only sealed memory is the same wherever its mapping is shown. */
    boolean isShared(long bytes, MemoryUse use) {
        return bytes <= SlotShelf.LARGEST && use.isShown() && canSeal();
    }

    /**
     * Returns a slab that is cleared as far as its next user must not see what it held, or must see zeros. Its
     * descriptor is the share's until {@link #giveBack}.
     */
    Slab take(long bytes, MemoryUse use, @Nullable Account asker, @Nullable DescriptorShare share) throws IOException {
        quota.take(share);
        try {
            return take(bytes, use, asker);
        } catch (Throwable none) {
            quota.giveBack(share);
            throw none;
        }
    }

    private Slab take(long bytes, MemoryUse use, @Nullable Account asker) throws IOException {
        long capacity = Slab.capacityFor(bytes);
        boolean sealed = os.canSeal(use.isShown());
        while (true) {
            Slab found;
            boolean known;
            boolean crowded;
            synchronized (Lender.LOCK) {
                found = idle.poll(capacity, sealed, asker);
                crowded = !quota.hasRoom(idle.size());
                known = found != null && asker != null && found.known.contains(asker);
            }
            if (found == null) {
                if (crowded) {
                    idle.clear();
                }
                return newSlab(capacity, sealed); // all of it is zero
            }
            boolean zeros = use == MemoryUse.ZERO_ARRAY;
            long dirtyFrom = known && !zeros ? capacity : zeros || asker != null ? 0 : bytes;
            if (found.clear(dirtyFrom)) {
                return found;
            }
            drop(List.of(found)); // a worker that had it has cut it off
        }
    }

    private Slab newSlab(long capacity, boolean sealed) throws IOException {
        SharedFile file = file(capacity, sealed);
        try {
            return new Slab(number(), capacity, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private SharedFile file(long capacity, boolean sealed) throws IOException {
        try {
            return sealed ? os.sealedMemory(capacity) : os.memory(capacity);
        } catch (IOException full) {
            idle.clear(); // the idle slabs may have what is missing
            try {
                return sealed ? os.sealedMemory(capacity) : os.memory(capacity);
            } catch (IOException none) {
                throw SystemLimits.explain(none);
            }
        }
    }

    /** Takes back a slab without a loan. Returns the slabs that have no room any more, for the caller to drop. */
    @GuardedBy("Lender.LOCK")
    List<Slab> giveBack(Slab slab, @Nullable DescriptorShare share) {
        quota.giveBack(share);
        boolean kept = slab.isWhole() && quota.hasRoom(idle.size() + 1);
        return kept ? idle.add(slab) : List.of(slab);
    }

    /** Gives the memory of slabs back to the system. */
    void drop(List<Slab> slabs) {
        for (Slab slab : slabs) {
            List<Account> tell;
            synchronized (Lender.LOCK) {
                tell = List.copyOf(slab.mapped);
            }
            for (Account account : tell) {
                account.tellToForget(slab.number);
            }
            slab.close();
        }
    }
}
