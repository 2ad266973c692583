package dev.pando.testkit;

import dev.pando.spi.Backend;
import dev.pando.spi.Engine;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that are hired when there is work and leave when there is none: a small backend, and complete. The example of
 * {@code docs/add-a-backend.md}.
 */
record HiredBackend(int count) implements Backend {

    HiredBackend {
        if (count <= 0) {
            throw new IllegalArgumentException("count must be greater than 0, not " + count);
        }
    }

    @Override
    public Engine start(Host host) {
        return new Crew(host, count);
    }

    @Override
    public String toString() {
        return "new HiredBackend(" + count + ")";
    }

    private static final class Crew implements Engine {
        private final Host host;
        private final int width;

        /** Threads that serve the queue, at most {@link #width}. Raised before a thread starts, lowered at its end. */
        private final AtomicInteger places = new AtomicInteger();

        /** All threads: also those that were started for one job beyond the width. */
        private final AtomicInteger alive = new AtomicInteger();

        Crew(Host host, int width) {
            this.host = host;
            this.width = width;
        }

        @Override
        public int width() {
            return width;
        }

        @Override
        public void wake() {
            if (host.anyInLine() && takePlace()) {
                try {
                    start(this::serve);
                } catch (Throwable t) { // no thread could be started
                    places.decrementAndGet();
                    throw t;
                }
            }
            if (host.over() && alive.get() == 0) {
                host.ended(); // in this order: after over() no thread is hired
            }
        }

        private boolean takePlace() {
            return places.getAndUpdate(now -> Math.min(width, now + 1)) < width;
        }

        private void serve() {
            Thread me = Thread.currentThread();
            Seat seat = host.arrive(me.getName(), me);
            try {
                for (Job job = host.next(); job != null; job = host.next()) {
                    job.run(seat);
                    Thread.interrupted(); // clears an interrupt for the next task
                }
            } finally {
                seat.leave();
                places.decrementAndGet();
            }
        }

        @Override
        public void rescue(Job job) {
            start(() -> {
                Seat seat = host.visit(false); // runs this job, and takes no other
                try {
                    job.run(seat);
                } finally {
                    seat.leave();
                }
            });
        }

        private void start(Runnable body) {
            alive.incrementAndGet();
            try {
                Thread.ofPlatform().name(host.name() + "-hired").start(() -> {
                    try {
                        body.run();
                    } finally {
                        alive.decrementAndGet();
                        wake(); // for a task that came meanwhile, or to report the end
                    }
                });
            } catch (Throwable t) {
                alive.decrementAndGet();
                throw t;
            }
        }
    }
}
