package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.PoolBuilder;
import dev.pando.PoolStats;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The pools, gates and tallies of one test. After the test all gates are opened and all pools closed. Then every pool
 * must have terminated within a bound and have no task left, none of their threads may be alive, and no error may have
 * been logged except those that the test took with {@link #takeErrors}.
 */
public final class Pools implements BeforeEachCallback, AfterEachCallback {
    private static final Duration BOUND = Duration.ofSeconds(20);
    static final String PREFIX = "contract";
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Logger LOGGER = Logger.getLogger("dev.pando");

    private final List<Pool> pools = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> closeables = new CopyOnWriteArrayList<>();
    /** Threads that an earlier test left behind. That test failed because of them; this test must not. */
    private Set<Thread> before = Set.of();

    private final List<LogRecord> errors = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
                errors.add(entry);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** A name that no other pool has. */
    String name() {
        return PREFIX + NAMES.incrementAndGet();
    }

    /** Opens a pool that is closed and checked after the test. */
    public Pool open(PoolBuilder builder) {
        Pool pool = builder.open();
        pools.add(pool);
        return pool;
    }

    /** A gate that is opened for good after the test, before the pools are closed. */
    public Gate gate() {
        Gate gate = new Gate();
        closeables.add(gate);
        return gate;
    }

    /** A tally that is taken down after the test. */
    public Tally tally() {
        Tally tally = new Tally();
        closeables.add(tally);
        return tally;
    }

    /** Returns the errors that were logged so far, which thereby count as expected. */
    public List<LogRecord> takeErrors() {
        List<LogRecord> taken = List.copyOf(errors);
        errors.removeAll(taken);
        return taken;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        before = Set.copyOf(Thread.getAllStackTraces().keySet());
        LOGGER.addHandler(listener);
        LOGGER.setUseParentHandlers(false); // expected errors stay out of the build's output
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Thread.interrupted(); // a test that was about interrupts must not disturb the closing
        try {
            for (AutoCloseable gate : closeables) {
                if (gate instanceof Gate) {
                    gate.close();
                }
            }
            for (Pool pool : pools) {
                assertClosed(pool);
            }
            for (AutoCloseable tally : closeables) {
                if (tally instanceof Tally) {
                    tally.close();
                }
            }
            assertNoThread();
            assertThat(errors).as("errors that were logged").isEmpty();
        } finally {
            pools.clear();
            closeables.clear();
            errors.clear();
            LOGGER.removeHandler(listener);
            LOGGER.setUseParentHandlers(true);
        }
    }

    private static void assertClosed(Pool pool) throws InterruptedException {
        pool.shutdown();
        boolean terminated = pool.awaitTermination(BOUND.toNanos(), TimeUnit.NANOSECONDS);
        String state = pool.toString();
        if (!terminated) {
            pool.kill(); // so that a hanging task does not disturb later tests
        }
        assertThat(terminated).as("%s terminates", state).isTrue();
        PoolStats stats = pool.stats();
        assertThat(stats.queued()).as("queued in %s", stats).isZero();
        assertThat(stats.running()).as("running in %s", stats).isZero();
        assertThat(stats.workers()).as("workers in %s", stats).isZero();
        assertThat(stats.succeeded() + stats.failed() + stats.cancelled())
                .as("done in %s", stats)
                .isEqualTo(stats.submitted());
    }

    /** Joins the threads, because they end a moment after the pool says that it has terminated. */
    private void assertNoThread() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!thread.getName().startsWith(PREFIX) || before.contains(thread)) {
                continue;
            }
            assertThat(thread.join(BOUND))
                    .as("thread %s ends; it is at %s", thread, List.of(thread.getStackTrace()))
                    .isTrue();
        }
    }
}
