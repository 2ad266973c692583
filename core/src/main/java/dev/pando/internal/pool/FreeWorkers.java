package dev.pando.internal.pool;

import dev.pando.spi.Engine;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How many workers of a pool are free or may be started, for its {@link Admission}. */
final class FreeWorkers implements LongSupplier {
    private final WorkerSeats seats;

    /** Written once, when the pool has its engine. */
    volatile @Nullable Engine engine;

    FreeWorkers(WorkerSeats seats) {
        this.seats = seats;
    }

    /** Returns -1 if a worker is about to begin a task. */
    @Override
    public long getAsLong() {
        Engine here = engine;
        long occupied = seats.occupied();
        return occupied < 0 ? -1 : Math.max(0, (here == null ? 0 : here.width()) - occupied);
    }
}
