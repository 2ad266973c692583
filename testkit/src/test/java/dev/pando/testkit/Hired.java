package dev.pando.testkit;

import dev.pando.spi.Backend;
import dev.pando.spi.Engine;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that are hired when there is work and go home when there is none: a small backend, and complete. It is the
 * example of {@code docs/add-a-backend.md}.
 */
record Hired(int count) implements Backend {

    Hired {
        if (count <= 0) throw new IllegalArgumentException("count must be greater than 0, not " + count);
    }

    @Override
    public Engine start(Host host) {
        return new Crew(host, count);
    }

    @Override
    public String toString() {
        return "new Hired(" + count + ")";
    }

    private static final class Crew implements Engine {
        private final Host host;
        private final int width;

        /** Those who take from the line, at most {@link #width}. Raised before a thread starts, lowered when it leaves. */
        private final AtomicInteger places = new AtomicInteger();

        /** Those, and the ones who were started for one job beyond the width. */
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
                } catch (Throwable t) { // no thread to be had
                    places.decrementAndGet();
                    throw t;
                }
            }
            if (host.over() && alive.get() == 0) host.ended(); // in this order: once it is over, nobody is hired
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
                    Thread.interrupted(); // what a task leaves behind is not the next one's
                }
            } finally {
                seat.leave();
                places.decrementAndGet();
            }
        }

        @Override
        public void rescue(Job job) {
            start(() -> {
                Seat seat = host.visit(false); // here for this job, and will not come for another
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
                        wake(); // for whoever came while this one was leaving; or to say that it was the last
                    }
                });
            } catch (Throwable t) {
                alive.decrementAndGet();
                throw t;
            }
        }
    }
}
