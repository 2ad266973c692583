package dev.pando.internal.process.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.spi.Timer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The slabs without a loan, kept for a while for the next loan. Any thread; slabs that leave the cache for good are
 * given to {@code dropper} without the lock, because workers are told then.
 */
final class SlabCache {
    /** An idle slab is kept this long, so that the next round of a loop finds it; then its memory is given back. */
    private static final long IDLE_NANOS = 10_000_000_000L;

    /** Gives the memory of slabs back to the system. */
    interface Dropper {
        void drop(List<Slab> slabs);
    }

    private final Timer timer;
    private final long limit;
    private final Dropper dropper;

    /** The slab last used is first. */
    @GuardedBy("Lender.LOCK")
    private final ArrayDeque<Slab> idle = new ArrayDeque<>();

    @GuardedBy("Lender.LOCK")
    private long bytes;

    @GuardedBy("Lender.LOCK")
    private Timer.@Nullable Alarm alarm;

    /** @param limit how many bytes are kept */
    SlabCache(Timer timer, long limit, Dropper dropper) {
        this.timer = timer;
        this.limit = limit;
        this.dropper = dropper;
    }

    /**
     * Returns a slab of that capacity, if possible one whose content the worker may know. Returns null if none is.
     *
     * @param sealed whether no other will do
     */
    @GuardedBy("Lender.LOCK")
    @Nullable
    Slab poll(long capacity, boolean sealed, @Nullable Account asker) {
        Slab found = null;
        for (Slab slab : idle) {
            if (slab.capacity != capacity || (sealed && !slab.file.isSealed())) {
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
            bytes -= found.capacity;
        }
        return found;
    }

    /** Returns the slabs for which there is no room any more. */
    @GuardedBy("Lender.LOCK")
    List<Slab> add(Slab slab) {
        List<Slab> surplus = new ArrayList<>();
        slab.idleSince = timer.nanoTime();
        idle.addFirst(slab);
        bytes += slab.capacity;
        while (bytes > limit) {
            surplus.add(removeOldest());
        }
        if (!idle.isEmpty()) {
            setAlarm();
        }
        return surplus;
    }

    @GuardedBy("Lender.LOCK")
    private Slab removeOldest() {
        Slab slab = idle.removeLast();
        bytes -= slab.capacity;
        return slab;
    }

    @GuardedBy("Lender.LOCK")
    private void setAlarm() {
        if (alarm == null) {
            alarm = timer.after(IDLE_NANOS, this::ring);
        }
    }

    private void ring() {
        List<Slab> old = new ArrayList<>();
        synchronized (Lender.LOCK) {
            alarm = null;
            long now = timer.nanoTime();
            while (!idle.isEmpty() && now - idle.getLast().idleSince >= IDLE_NANOS) {
                old.add(removeOldest());
            }
            if (!idle.isEmpty()) {
                setAlarm();
            }
        }
        dropper.drop(old);
    }

    /** Gives the memory of all slabs here back to the system. */
    void clear() {
        List<Slab> all;
        synchronized (Lender.LOCK) {
            all = new ArrayList<>(idle);
            idle.clear();
            bytes = 0;
            if (alarm != null) {
                alarm.cancel();
            }
            alarm = null;
        }
        dropper.drop(all);
    }

    /** Forgets a worker that is dead, whose mappings are gone. */
    @GuardedBy("Lender.LOCK")
    void removeWorker(Account account) {
        for (Slab slab : idle) {
            slab.mapped.remove(account);
        }
    }

    @GuardedBy("Lender.LOCK")
    int size() {
        return idle.size();
    }

    @GuardedBy("Lender.LOCK")
    long bytes() {
        return bytes;
    }
}
