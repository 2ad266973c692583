package dev.pando.internal.process.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.codec.message.SharedMemory;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.os.SharedFile;
import dev.pando.internal.process.os.SystemLimits;
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
 * made, cleared or copied, nor while a worker is told.
 */
public final class Lender extends MemorySource implements MemoryMapping.Owner {
    /**
     * The lock of all loans, slabs and accounts. Static, as there is one lender for the program, so that the compiler
     * can check what it guards in other classes.
     */
    static final Object LOCK = new Object();

    private final OperatingSystem os;
    final SlabCache idleSlabs;
    private final DescriptorQuota quota;

    /** Of the plain arrays that tasks take along. */
    private final DescriptorShare copies = new DescriptorShare();

    /** The loans that are not over, by number. */
    @GuardedBy("LOCK")
    private final Map<Long, Loan> loans = new HashMap<>();

    @GuardedBy("LOCK")
    private long numbers;

    /** @param idleLimit how many unused bytes are kept for the next array */
    public Lender(OperatingSystem os, Timer timer, long idleLimit) {
        this(os, timer, idleLimit, DescriptorQuota.ofSystem());
    }

    Lender(OperatingSystem os, Timer timer, long idleLimit, DescriptorQuota quota) {
        this.os = os;
        this.quota = quota;
        this.idleSlabs = new SlabCache(timer, idleLimit, this::drop);
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
        quota.take(share);
        Slab slab;
        try {
            slab = slab(bytes, use, asker);
        } catch (Throwable none) {
            quota.giveBack(share);
            throw none;
        }
        synchronized (LOCK) {
            slab.known = Set.of();
            Loan loan = new Loan(++numbers, slab, bytes, share);
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

    /** Returns a slab that is cleared as far as its next user must not see what it held, or must see zeros. */
    private Slab slab(long bytes, MemoryUse use, @Nullable Account asker) throws IOException {
        long capacity = Slab.capacityFor(bytes);
        boolean sealed = os.canSeal(use.isShown());
        while (true) {
            Slab idle;
            boolean known;
            boolean crowded;
            synchronized (LOCK) {
                idle = idleSlabs.poll(capacity, sealed, asker);
                crowded = !quota.hasRoom(idleSlabs.size());
                known = idle != null && asker != null && idle.known.contains(asker);
            }
            if (idle == null) {
                if (crowded) {
                    dropIdle();
                }
                return newSlab(capacity, sealed); // all of it is zero
            }
            boolean zeros = use == MemoryUse.ZERO_ARRAY;
            long dirtyFrom = known && !zeros ? capacity : zeros || asker != null ? 0 : bytes;
            if (idle.clear(dirtyFrom)) {
                return idle;
            }
            drop(List.of(idle)); // a worker that had it has cut it off
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
            dropIdle(); // the idle slabs may have what is missing
            try {
                return sealed ? os.sealedMemory(capacity) : os.memory(capacity);
            } catch (IOException none) {
                throw SystemLimits.explain(none);
            }
        }
    }

    private long number() {
        synchronized (LOCK) {
            return ++numbers;
        }
    }

    /** Returns the mapping in this program, a span of which is the caller's. The caller keeps the loan meanwhile. */
    MemoryMapping retainMapping(Loan loan) throws IOException {
        synchronized (LOCK) {
            MemoryMapping there = loan.mapping;
            if (there != null && there.retain()) {
                return there;
            }
        }
        MemoryMapping made = new MemoryMapping(loan.handle(), this, loan.slab.file.channel());
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
            if (account.gone) {
                return;
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
            Slab slab = loan.slab;
            if (loan.spoilt) {
                return; // its mapping is not ours to close
            }
            quota.giveBack(loan.share);
            boolean kept = slab.isWhole() && quota.hasRoom(idleSlabs.size() + 1);
            surplus = kept ? idleSlabs.add(slab) : List.of(slab);
        }
        drop(surplus);
    }

    /** Gives the memory of the idle slabs back to the system. */
    public void dropIdle() {
        idleSlabs.clear();
    }

    private void drop(List<Slab> slabs) {
        for (Slab slab : slabs) {
            List<Account> tell;
            synchronized (LOCK) {
                tell = List.copyOf(slab.mapped);
            }
            for (Account account : tell) {
                account.tellToForget(slab.number);
            }
            slab.close();
        }
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
            idleSlabs.removeWorker(account);
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
                lent += loan.slab.capacity;
            }
            return new long[] {lent, idleSlabs.bytes()};
        }
    }

    /** Returns what one task takes along, still empty. */
    public SharedMemory.MessageAttachments leaving() {
        return new TaskAttachments(this);
    }
}
