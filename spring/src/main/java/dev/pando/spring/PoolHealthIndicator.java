package dev.pando.spring;

import dev.pando.Pool;
import dev.pando.PoolBrokenException;
import dev.pando.PoolStats;
import dev.pando.PoolView;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * A pool as a component of Actuator's health: up while it takes tasks, down with the reason once it can make no worker
 * ready, and out of service when it was closed.
 */
public final class PoolHealthIndicator implements HealthIndicator {
    private final PoolView view;

    /** Tells of this pool. */
    public PoolHealthIndicator(Pool pool) {
        view = pool.view();
    }

    @Override
    public Health health() {
        PoolBrokenException broken = view.broken();
        PoolStats stats = view.stats();
        Health.Builder health = new Health.Builder();
        if (broken != null) {
            health.down(broken);
        } else if (stats.state().equals("open")) {
            health.up();
        } else {
            health.outOfService().withDetail("state", stats.state());
        }
        return health.withDetail("backend", stats.backend())
                .withDetail("workers", stats.workers())
                .withDetail("running", stats.running())
                .withDetail("queued", stats.queued())
                .withDetail("workersLost", stats.workersLost())
                .build();
    }
}
