package dev.pando.spring;

import dev.pando.Pool;
import dev.pando.dashboard.Dashboard;
import dev.pando.dashboard.DashboardFeed;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * The dashboard as an endpoint of Actuator, behind whatever guards the others. It only reads. There is one where the
 * application exposes the endpoint {@code pando}; from then on it records the tasks that end.
 */
@WebEndpoint(id = "pando")
public final class PoolEndpoint implements AutoCloseable {
    private static final String NOTHING = "{}";

    /** {@code null}: the application has no pool. */
    private final @Nullable DashboardFeed feed;

    /** An endpoint that shows these pools. */
    public PoolEndpoint(Collection<Pool> pools) {
        feed = pools.isEmpty() ? null : Dashboard.on(pools.toArray(Pool[]::new)).feed();
    }

    /** Returns pools, workers, tasks, failures and deaths, as JSON. */
    @ReadOperation
    public WebEndpointResponse<String> all() {
        return state(null);
    }

    /**
     * Returns the page, or what the page asks for.
     *
     * @param part {@code page}; {@code state}; or {@code stack}, of a task
     * @param cursor for the state: that of an earlier answer
     * @param pool for the stack: which pool, counted from 0
     * @param task for the stack: the number of the task
     */
    @ReadOperation(produces = {"application/json", "text/html"})
    public WebEndpointResponse<String> part(
            @Selector String part, @Nullable Long cursor, @Nullable Integer pool, @Nullable Long task) {
        return switch (part) {
            case "page" -> page();
            case "state" -> state(cursor);
            case "stack" -> stack(pool, task);
            default -> missing();
        };
    }

    private WebEndpointResponse<String> page() {
        return feed == null ? missing() : answer(feed.page(), MimeTypeUtils.TEXT_HTML);
    }

    private WebEndpointResponse<String> state(@Nullable Long cursor) {
        return feed == null ? missing() : json(feed.since(cursor == null ? 0 : cursor, true));
    }

    private WebEndpointResponse<String> stack(@Nullable Integer pool, @Nullable Long task) {
        if (feed == null || pool == null || task == null) {
            return missing();
        }
        try {
            return json(feed.stack(pool, task));
        } catch (IllegalArgumentException noSuchPool) {
            return missing();
        }
    }

    private static WebEndpointResponse<String> json(String text) {
        return answer(text, MimeTypeUtils.APPLICATION_JSON);
    }

    private static WebEndpointResponse<String> answer(String text, MimeType type) {
        return new WebEndpointResponse<>(text, WebEndpointResponse.STATUS_OK, type);
    }

    private static WebEndpointResponse<String> missing() {
        return new WebEndpointResponse<>(NOTHING, WebEndpointResponse.STATUS_NOT_FOUND, MimeTypeUtils.APPLICATION_JSON);
    }

    /** Ends the recording. The pools go on. */
    @Override
    public void close() {
        if (feed != null) {
            feed.close();
        }
    }
}
