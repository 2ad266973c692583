package dev.pando.internal.pool;

import dev.pando.internal.shared.ItemPacking;
import dev.pando.internal.shared.SharedTable;
import dev.pando.internal.shared.SharingEngine;
import dev.pando.spi.Engine;
import dev.pando.spi.PackingEngine;
import org.jspecify.annotations.Nullable;

/** Finds the table of a pool's shared constructs, which the first caller makes, and lets it end with the pool. */
final class PoolShares {
    private PoolShares() {}

    /** Returns the table, or throws why this pool has none. */
    static SharedTable of(PoolLifecycle lifecycle, Engine engine, String name, String backend) {
        synchronized (lifecycle) {
            Runnable ending = lifecycle.whenClosed;
            if (ending instanceof TableEnd(SharedTable there)) {
                return there;
            }
            if (lifecycle.state() == PoolState.CLOSED) {
                throw new IllegalStateException("pool " + name + " is closed, and can share nothing any more");
            }
            SharedTable made = made(engine, name, backend);
            lifecycle.whenClosed = new TableEnd(made);
            if (lifecycle.state() == PoolState.CLOSED) {
                made.close();
            }
            return made;
        }
    }

    /** Returns the table, {@code null} while no caller has shared anything. */
    static @Nullable SharedTable found(PoolLifecycle lifecycle) {
        return lifecycle.whenClosed instanceof TableEnd(SharedTable there) ? there : null;
    }

    private static SharedTable made(Engine engine, String name, String backend) {
        if (engine instanceof SharingEngine sharing) {
            return sharing.sharedTable();
        }
        if (engine instanceof PackingEngine) {
            throw new UnsupportedOperationException("pool " + name + " of " + backend
                    + " can share nothing: its workers are on other machines. What tasks share, actors and streams need"
                    + " the workers of this one: Threads, Virtual or Processes");
        }
        return new SharedTable(name, ItemPacking.NONE, Long.MAX_VALUE);
    }

    /** Ends the table with its pool. */
    private record TableEnd(SharedTable table) implements Runnable {
        @Override
        public void run() {
            table.close();
        }
    }
}
