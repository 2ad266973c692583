package dev.pando.testkit;

import dev.pando.Pool;
import dev.pando.PoolBuilder;
import dev.pando.spi.Backend;

/** What a contract is about: a kind of worker, and what can be said of it. */
public interface Subject {

    /** The backend with so many workers. */
    Backend workers(int count);

    /** The pools of the running test; see {@link Pools}. */
    Pools pools();

    /** Whether a task sees the objects of the test: {@code false} for workers in another JVM, or behind a codec. */
    default boolean sharesMemory() {
        return true;
    }

    /** Whether submit returns before the task is done: {@code false} where the caller runs it. */
    default boolean runsElsewhere() {
        return true;
    }

    /** Whether only so many run at once as workers were asked for. */
    default boolean isBounded() {
        return true;
    }

    /** Whether workers are platform threads of this JVM, with names after the pool. */
    default boolean namesThreads() {
        return false;
    }

    /** A pool that is closed and checked after the test. */
    default Pool open(int workers) {
        return open(with(workers));
    }

    /** The same, furnished. */
    default Pool open(PoolBuilder builder) {
        return pools().open(builder);
    }

    /** To be furnished, and then given to {@link #open(PoolBuilder)}. */
    default PoolBuilder with(int workers) {
        return Pool.with(workers(workers)).named(pools().name());
    }
}
