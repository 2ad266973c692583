package dev.pando.local;

import dev.pando.spi.DirectEngine;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs each job on the thread that brings it. */
class CallerEngine implements DirectEngine {
    private final Host host;
    private final AtomicInteger inside = new AtomicInteger();

    CallerEngine(Host host) {
        this.host = host;
    }

    @Override
    public final int width() {
        return Integer.MAX_VALUE;
    }

    @Override
    public final boolean runsOnCaller() {
        return true;
    }

    @Override
    public final boolean take(Job job) {
        inside.incrementAndGet();
        try {
            Seat seat = host.visit(false);
            try {
                run(job, seat);
            } finally {
                seat.leave();
            }
        } finally {
            inside.decrementAndGet();
            if (host.over()) {
                wake();
            }
        }
        return true;
    }

    void run(Job job, Seat seat) {
        job.run(seat);
    }

    @Override
    public final void wake() {
        if (host.over() && inside.get() == 0) {
            host.ended(); // in this order: when the pool has ended, no new task comes inside
        }
    }

    @Override
    public final void rescue(Job job) {
        take(job); // a job that is tried again while its own thread waits for it
    }
}
