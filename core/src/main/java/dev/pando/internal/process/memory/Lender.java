package dev.pando.internal.process.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.codec.message.SharedMemory;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.wire.MemoryUse;
import dev.pando.spi.Timer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All shared memory of a parent: which process has what, and what waits to be used again. One for the program, because
 * an array is made before it is known which pools it will be sent to. Any thread; the lock is not held while memory is
 * made or copied, nor while a worker is told.
 */
public final class Lender extends MemorySource implements MemoryMapping.Owner {
    /**
     * The lock of all loans, slabs and accounts. Static, as there is one lender for the program, so that the compiler
     * can check what it guards in other classes.
     */
    static final Object LOCK = new Object();

    final SlabSource slabs;

    /** Of the small arrays that the program makes. */
    private final SlotShelf shelf;

    /** Of the plain arrays that tasks take along. */
    private final DescriptorShare copies = new DescriptorShare();

    /** The loans that are not over, by number. */
    @GuardedBy("LOCK")
    private final Map<Long, Loan> loans = new HashMap<>();

    /** @param idleLimit how many unused bytes are kept for the next array */
    public Lender(OperatingSystem os, Timer timer, long idleLimit) {
        this(os, timer, idleLimit, DescriptorQuota.ofSystem());
    }

    Lender(OperatingSystem os, Timer timer, long idleLimit, DescriptorQuota quota) {
        this.slabs = new SlabSource(os, timer, idleLimit, quota);
        this.shelf = slabs.shelf(null);
    }

    @Override
    public SharedRegion take(long bytes, boolean zeros) throws IOException {
        Loan loan = lend(bytes, zeros ? MemoryUse.ZERO_ARRAY : MemoryUse.FILLED_ARRAY, null);
        try {
            return new SharedRegion(retainMapping(loan), 0, bytes, false);
        } finally {
            release(loan); // the span has it now
        }
    }

    /** Returns a new loan to this worker, or if that is {@code null} to the parent, once. */
    Loan lend(long bytes, MemoryUse use, @Nullable Account asker) throws IOException {
        return lend(bytes, use, asker, asker == null ? null : asker.descriptors);
    }

    /** Returns a new loan for a copy that a task takes along. Refused when there are many: then the copy is sent. */
    Loan lendCopy(long bytes) throws IOException {
        return lend(bytes, MemoryUse.COPY, null, copies);
    }

    private Loan lend(long bytes, MemoryUse use, @Nullable Account asker, @Nullable DescriptorShare share)
            throws IOException {
        SlabSlot slot = slot(bytes, use, asker, share);
        synchronized (LOCK) {
            if (!slot.isPart()) {
                slot.slab().forgetKnown();
            }
            Loan loan = new Loan(slabs.number(), slot, bytes, share);
            loans.put(loan.number, loan);
            loan.askedBy(asker);
            if (asker == null) {
                loan.mine = 1;
            } else {
                addHolder(loan, asker);
            }
            return loan;
        }
    }

    private SlabSlot slot(long bytes, MemoryUse use, @Nullable Account asker, @Nullable DescriptorShare share)
            throws IOException {
        if (slabs.isShared(bytes, use)) {
            SlabSlot slot = (asker == null ? shelf : asker.shelf).take(bytes);
            if (slot != null) {
                return slot;
            }
        }
        return SlabSlot.whole(slabs.take(bytes, use, asker, share));
    }

    /** Returns the mapping in this program, a span of which is the caller's. The caller keeps the loan meanwhile. */
    MemoryMapping retainMapping(Loan loan) throws IOException {
        synchronized (LOCK) {
            MemoryMapping there = loan.mapping;
            if (there != null && there.retain()) {
                return there;
            }
        }
        MemoryMapping made = loan.slot.isPart()
                ? new MemoryMapping(loan.handle(), this, loan.slab.segment)
                : new MemoryMapping(loan.handle(), this, loan.slab.file.channel());
        synchronized (LOCK) {
            loan.mine++;
            loan.mapping = made;
        }
        return made;
    }

    @Override
    public boolean closesGarbage() {
        return true;
    }

    @Override
    public void closeUnused(MemoryMapping mapping) {
        Loan loan = loan(mapping.whole.loan());
        if (loan == null || !mapping.endIfUnused()) {
            return;
        }
        boolean closed = mapping.close();
        synchronized (LOCK) {
            if (loan.mapping == mapping) {
                loan.mapping = null;
            }
            loan.spoilt |= !closed;
        }
        release(loan);
    }

    @Nullable
    Loan loan(long number) {
        synchronized (LOCK) {
            return loans.get(number);
        }
    }

    boolean retain(Loan loan) {
        synchronized (LOCK) {
            if (!loans.containsKey(loan.number)) {
                return false;
            }
            loan.mine++;
            return true;
        }
    }

    /** Notes that the parent has the loan once less. */
    void release(Loan loan) {
        List<Account> tell;
        synchronized (LOCK) {
            if (--loan.mine > 0) {
                return;
            }
            tell = takeUntold(loan);
        }
        for (Account account : tell) {
            account.tellToForget(loan.number);
        }
        finish(loan);
    }

    /** Returns the workers that have the loan and were not told to drop it. The caller must tell them now. */
    @GuardedBy("LOCK")
    List<Account> takeUntold(Loan loan) {
        List<Account> tell = new ArrayList<>(loan.workers);
        tell.removeAll(loan.told);
        loan.told.addAll(tell);
        return tell;
    }

    /** Notes that a worker has the loan, or will be sent its handle. */
    void addHolder(Loan loan, Account account) {
        synchronized (LOCK) {
            if (account.gone) {
                return;
            }
            loan.workers.add(account);
            addViewer(loan, account);
        }
    }

    /** Notes that a worker looks into the slab, and keeps nothing of the loan. */
    void addViewer(Loan loan, Account account) {
        synchronized (LOCK) {
            if (account.gone || loan.slot.isPart()) {
                return; // what has a part knows nothing of the rest, and drops it with the loan
            }
            loan.slab.mapped.add(account);
            Set<Account> known = new HashSet<>(loan.slab.known);
            known.add(account);
            loan.slab.known = known;
        }
    }

    /** Notes that a worker has dropped the loan, or is dead. */
    void removeHolder(Loan loan, Account account) {
        synchronized (LOCK) {
            loan.workers.remove(account);
            if (loan.asker == account) {
                loan.askedBy(null);
            }
        }
        finish(loan);
    }

    private void finish(Loan loan) {
        List<Slab> surplus;
        synchronized (LOCK) {
            if (loan.mine > 0 || !loan.workers.isEmpty() || loans.remove(loan.number) == null) {
                return;
            }
            if (loan.spoilt) {
                return; // its mapping is not ours to close
            }
            Slab unused = loan.slot.giveBack();
            if (unused == null) {
                return;
            }
            surplus = slabs.giveBack(unused, loan.share);
        }
        slabs.drop(surplus);
    }

    /** Gives the memory of the idle slabs back to the system. */
    public void dropIdle() {
        slabs.idle.clear();
    }

    /** Takes back all that a dead worker had. */
    void removeWorker(Account account) {
        List<Loan> had = new ArrayList<>();
        synchronized (LOCK) {
            account.gone = true;
            for (Loan loan : loans.values()) {
                loan.slab.mapped.remove(account);
                if (loan.workers.contains(account)) {
                    had.add(loan);
                }
            }
            slabs.idle.removeWorker(account);
        }
        for (Loan loan : had) {
            removeHolder(loan, account);
        }
    }

    /** Returns the bytes of all loans, and those of the idle slabs. */
    long[] heldBytes() {
        synchronized (LOCK) {
            long lent = 0;
            for (Loan loan : loans.values()) {
                lent += loan.slot.capacity();
            }
            return new long[] {lent, slabs.idle.bytes()};
        }
    }

    /** Returns what one task takes along, still empty. */
    public SharedMemory.MessageAttachments leaving() {
        return new TaskAttachments(this);
    }
}
