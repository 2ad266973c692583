package dev.pando.testkit;

import dev.pando.Pool;
import dev.pando.PoolBuilder;
import dev.pando.shared.SharedSpace;
import dev.pando.spi.Backend;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Assumptions;

/** What a contract tests: a kind of worker, and what is true of it. */
public interface Subject {

    /** Returns the backend under test, with {@code count} workers. */
    Backend workers(int count);

    /** Returns the pools of the running test. */
    Pools pools();

    /** Whether a task sees the objects of the test: {@code false} for workers in another JVM, or behind a codec. */
    default boolean sharesMemory() {
        return true;
    }

    /** Whether submit returns before the task is done: {@code false} where the caller runs it. */
    default boolean runsElsewhere() {
        return true;
    }

    /** Whether no more tasks run at once than workers were asked for. */
    default boolean isBounded() {
        return true;
    }

    /** Whether workers are platform threads of this JVM, with names after the pool. */
    default boolean namesThreads() {
        return false;
    }

    /** Whether a tool can ask where a task is: {@code false} for workers on other machines. */
    default boolean showsStacks() {
        return true;
    }

    /** Opens a pool that is closed and checked after the test. */
    default Pool open(int workers) {
        return open(with(workers));
    }

    /** Returns what keeps the contract of an executor for this pool: the pool itself, or a view of it. */
    default ExecutorService executor(Pool pool) {
        return pool;
    }

    /** Whether tasks share queues, locks and more: {@code false} for workers that have no way to ask this program. */
    default boolean canShare() {
        return true;
    }

    /** Whether tasks can say how far they are, and ask which worker and attempt they are. */
    default boolean canTell() {
        return canShare();
    }

    /** Whether tasks can call what this program offers. */
    default boolean canCall() {
        return canShare();
    }

    /** Returns what the tasks of this pool share. Skips the test where they cannot. */
    default SharedSpace shared(Pool pool) {
        Assumptions.assumeTrue(canShare(), "these workers share nothing");
        return pool.shared();
    }

    /** Opens a pool with the options of this builder. The pool is closed and checked after the test. */
    default Pool open(PoolBuilder builder) {
        return pools().open(builder);
    }

    /** Returns a builder, to take further options and then be given to {@link #open(PoolBuilder)}. */
    default PoolBuilder with(int workers) {
        return Pool.with(workers(workers)).named(pools().name());
    }
}
