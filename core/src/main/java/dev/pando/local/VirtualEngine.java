package dev.pando.local;

import dev.pando.spi.Engine;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import java.util.concurrent.atomic.AtomicInteger;

/** A virtual thread for each job, so many at a time; each, when it is done, starts one for the next in line. */
final class VirtualEngine implements Engine {
    private final Host host;
    private final int limit;

    /** Threads that hold one of the places. Raised before a job is taken, lowered when its thread is done. */
    private final AtomicInteger taken = new AtomicInteger();

    /** Those, and the ones that were started beyond the limit. */
    private final AtomicInteger alive = new AtomicInteger();

    VirtualEngine(Host host, int limit) {
        this.host = host;
        this.limit = limit;
    }

    @Override
    public int width() {
        return limit;
    }

    @Override
    public boolean take(Job job) {
        boolean bounded = limit != Integer.MAX_VALUE;
        if (bounded && (host.anyInLine() || !takePlace())) return false; // or it would overtake those in line
        start(job, bounded);
        return true;
    }

    @Override
    public void wake() {
        while (takePlace()) {
            Job job = host.next();
            if (job != null) {
                start(job, true);
                continue;
            }
            taken.decrementAndGet();
            if (!host.anyInLine()) break; // else it came while we held the place that its own wake-up looked for
        }
        if (host.over() && alive.get() == 0) host.ended(); // in this order: when it is over, nobody new comes alive
    }

    @Override
    public void rescue(Job job) {
        start(job, false);
    }

    private boolean takePlace() {
        while (true) {
            int now = taken.get();
            if (now >= limit) return false;
            if (taken.compareAndSet(now, now + 1)) return true;
        }
    }

    private void start(Job job, boolean inPlace) {
        alive.incrementAndGet();
        Thread.startVirtualThread(() -> run(job, inPlace));
    }

    private void run(Job job, boolean inPlace) {
        Seat seat = host.visit(inPlace);
        try {
            job.run(seat);
        } finally {
            seat.leave();
            if (inPlace) taken.decrementAndGet();
            alive.decrementAndGet();
            if (host.anyInLine() || host.over()) wake();
        }
    }
}
