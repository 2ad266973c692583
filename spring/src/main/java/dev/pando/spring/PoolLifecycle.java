package dev.pando.spring;

import dev.pando.Pool;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * Closes a pool when the application shuts down: after the web server, whose last requests may need the pool. Closing
 * waits for the accepted tasks as long as it may, and then stops what is left.
 */
final class PoolLifecycle implements SmartLifecycle {
    /** Boot's web server stops 2048 before the default, and Spring stops from the highest to the lowest. */
    static final int PHASE = DEFAULT_PHASE - 4096;

    private final Pool pool;
    private final Duration patience;
    private volatile boolean running;

    PoolLifecycle(Pool pool, Duration patience) {
        this.pool = pool;
        this.patience = patience;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        pool.close(patience);
    }

    /** On a thread of its own, so that the pools of an application close side by side. */
    @Override
    public void stop(Runnable callback) {
        Thread.ofPlatform().name("pando-close").start(() -> {
            try {
                stop();
            } finally {
                callback.run();
            }
        });
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** A closed pool does not open again, so a context that only pauses keeps its pools. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
