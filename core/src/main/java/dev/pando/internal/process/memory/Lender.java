package dev.pando.internal.process.memory;

import dev.pando.internal.codec.message.SharedMemory;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.os.SharedFile;
import dev.pando.spi.Timer;
import java.io.IOException;
import java.util.ArrayDeque;
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
    private static final long IDLE_NANOS = 10_000_000_000L;

    private final OperatingSystem os;
    private final Timer timer;
    private final long idleLimit;

    /** Those that are not over, by number. Guarded by this, as is all below. */
    private final Map<Long, Loan> loans = new HashMap<>();

    /** Those without a loan, the one last used first. */
    private final ArrayDeque<Slab> idle = new ArrayDeque<>();

    private long idleBytes;
    private long numbers;
    private Timer.@Nullable Alarm alarm;

    /** @param idleLimit how many unused bytes are kept for the next array */
    public Lender(OperatingSystem os, Timer timer, long idleLimit) {
        this.os = os;
        this.timer = timer;
        this.idleLimit = idleLimit;
    }

    @Override
    public SharedRegion take(long bytes, boolean zeros) throws IOException {
        Loan loan = lend(bytes, zeros, null);
        try {
            return new SharedRegion(hold(loan), 0, bytes, false);
        } finally {
            release(loan); // the span has it now
        }
    }

    /** A new loan: to this worker, or if it is {@code null} to the parent, once. */
    Loan lend(long bytes, boolean zeros, @Nullable Account asker) throws IOException {
        Slab slab = slab(Slab.capacityFor(bytes), asker);
        try {
            boolean known = asker != null && slab.known.contains(asker);
            long dirtyFrom = slab.clean || (known && !zeros) ? slab.capacity : zeros || asker != null ? 0 : bytes;
            slab.segment.asSlice(dirtyFrom).fill((byte) 0);
        } catch (InternalError cutOff) {
            slab.close();
            throw new IOException("shared memory was cut off by a worker that had it", cutOff);
        }
        synchronized (this) {
            slab.clean = false;
            slab.known = Set.of();
            Loan loan = new Loan(++numbers, slab, bytes);
            loans.put(loan.number, loan);
            loan.asker = asker;
            if (asker == null) {
                loan.mine = 1;
            } else {
                given(loan, asker);
            }
            return loan;
        }
    }

    private Slab slab(long capacity, @Nullable Account asker) throws IOException {
        synchronized (this) {
            Slab found = null;
            for (Slab slab : idle) {
                if (slab.capacity != capacity) {
                    continue;
                }
                if (found == null) {
                    found = slab;
                }
                if (asker == null || slab.known.contains(asker)) {
                    found = slab;
                    break;
                }
            }
            if (found != null) {
                idle.remove(found);
                idleBytes -= found.capacity;
                return found;
            }
        }
        SharedFile file = file(capacity);
        try {
            return new Slab(number(), capacity, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private SharedFile file(long capacity) throws IOException {
        try {
            return os.memory(capacity);
        } catch (IOException full) {
            dropIdle(); // what waits may be what is missing
            return os.memory(capacity);
        }
    }

    private synchronized long number() {
        return ++numbers;
    }

    /** Its mapping in this program, one span of which is the caller's; the loan is kept by the caller meanwhile. */
    MemoryMapping hold(Loan loan) throws IOException {
        synchronized (this) {
            MemoryMapping there = loan.mapping;
            if (there != null && there.retain()) {
                return there;
            }
        }
        MemoryMapping made = new MemoryMapping(loan.handle(), this, loan.slab.file.channel());
        synchronized (this) {
            loan.mine++;
            loan.mapping = made;
        }
        return made;
    }

    @Override
    public boolean minds() {
        return true;
    }

    @Override
    public void unused(MemoryMapping mapping) {
        Loan loan = loan(mapping.whole.loan());
        if (loan == null || !mapping.endIfUnused()) {
            return;
        }
        boolean closed = mapping.close();
        synchronized (this) {
            if (loan.mapping == mapping) {
                loan.mapping = null;
            }
            loan.spoilt |= !closed;
        }
        release(loan);
    }

    synchronized @Nullable Loan loan(long number) {
        return loans.get(number);
    }

    synchronized boolean retain(Loan loan) {
        if (!loans.containsKey(loan.number)) {
            return false;
        }
        loan.mine++;
        return true;
    }

    /** The parent has it once less. */
    void release(Loan loan) {
        List<Account> tell;
        synchronized (this) {
            if (--loan.mine > 0) {
                return;
            }
            tell = toTell(loan);
        }
        for (Account account : tell) {
            account.forget(loan.number);
        }
        finish(loan);
    }

    /** The workers that still have it, and were not told yet that no other process does. */
    List<Account> toTell(Loan loan) {
        List<Account> tell = new ArrayList<>(loan.workers);
        tell.removeAll(loan.told);
        loan.told.addAll(tell);
        return tell;
    }

    /** A worker has it, or will be sent its handle. */
    synchronized void given(Loan loan, Account account) {
        if (account.gone) {
            return;
        }
        loan.workers.add(account);
        seen(loan, account);
    }

    /** A worker looks into it, and keeps nothing of the loan. */
    synchronized void seen(Loan loan, Account account) {
        if (account.gone) {
            return;
        }
        loan.slab.mapped.add(account);
        Set<Account> known = new HashSet<>(loan.slab.known);
        known.add(account);
        loan.slab.known = known;
    }

    /** A worker has dropped it, or is dead. */
    void returned(Loan loan, Account account) {
        synchronized (this) {
            loan.workers.remove(account);
            if (loan.asker == account) {
                loan.asker = null;
            }
        }
        finish(loan);
    }

    private void finish(Loan loan) {
        List<Slab> surplus = new ArrayList<>();
        synchronized (this) {
            if (loan.mine > 0 || !loan.workers.isEmpty() || loans.remove(loan.number) == null) {
                return;
            }
            Slab slab = loan.slab;
            if (loan.spoilt) {
                return; // its mapping is not ours to close
            }
            if (!slab.isWhole()) {
                surplus.add(slab);
            } else {
                slab.idleSince = timer.nanoTime();
                idle.addFirst(slab);
                idleBytes += slab.capacity;
                while (idleBytes > idleLimit) {
                    surplus.add(oldest());
                }
                if (!idle.isEmpty()) {
                    setAlarm();
                }
            }
        }
        drop(surplus);
    }

    private Slab oldest() {
        Slab slab = idle.removeLast();
        idleBytes -= slab.capacity;
        return slab;
    }

    private void setAlarm() {
        if (alarm == null) {
            alarm = timer.after(IDLE_NANOS, this::ring);
        }
    }

    private void ring() {
        List<Slab> old = new ArrayList<>();
        synchronized (this) {
            alarm = null;
            long now = timer.nanoTime();
            while (!idle.isEmpty() && now - idle.getLast().idleSince >= IDLE_NANOS) {
                old.add(oldest());
            }
            if (!idle.isEmpty()) {
                setAlarm();
            }
        }
        drop(old);
    }

    /** What waits to be used again is given back to the system. */
    public void dropIdle() {
        List<Slab> all;
        synchronized (this) {
            all = new ArrayList<>(idle);
            idle.clear();
            idleBytes = 0;
            if (alarm != null) {
                alarm.cancel();
            }
            alarm = null;
        }
        drop(all);
    }

    private void drop(List<Slab> slabs) {
        for (Slab slab : slabs) {
            List<Account> tell;
            synchronized (this) {
                tell = List.copyOf(slab.mapped);
            }
            for (Account account : tell) {
                account.forget(slab.number);
            }
            slab.close();
        }
    }

    /** Everything of a worker that is dead. */
    void dead(Account account) {
        List<Loan> had = new ArrayList<>();
        synchronized (this) {
            account.gone = true;
            for (Loan loan : loans.values()) {
                loan.slab.mapped.remove(account);
                if (loan.workers.contains(account)) {
                    had.add(loan);
                }
            }
            for (Slab slab : idle) {
                slab.mapped.remove(account);
            }
        }
        for (Loan loan : had) {
            returned(loan, account);
        }
    }

    synchronized List<Loan> askedBy(Account account) {
        List<Loan> asked = new ArrayList<>();
        for (Loan loan : loans.values()) {
            if (loan.asker == account) {
                asked.add(loan);
            }
        }
        return asked;
    }

    /** Returns the bytes of all loans, and those that wait to be used again. */
    synchronized long[] held() {
        long lent = 0;
        for (Loan loan : loans.values()) {
            lent += loan.slab.capacity;
        }
        return new long[] {lent, idleBytes};
    }

    /** Returns what one task takes along, still empty. */
    public SharedMemory.Leaving leaving() {
        return new TaskAttachments(this);
    }
}
