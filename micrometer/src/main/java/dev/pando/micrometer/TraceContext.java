package dev.pando.micrometer;

import dev.pando.ContextCarrier;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The context of OpenTelemetry, taken along from the submitting thread to the task, so that a span of the task belongs
 * to the trace of the submitter: {@code Pool.with(Processes.of(4)).carry(TraceContext.carrier())}. On threads of this
 * program the context is the same object. To worker processes the span and the baggage travel, as the headers of W3C
 * have them; the worker needs an SDK of its own, which exports what its tasks record.
 */
public final class TraceContext {
    private static final TextMapPropagator HEADERS =
            TextMapPropagator.composite(W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance());

    private TraceContext() {}

    /** Returns the carrier, for {@code PoolBuilder.carry}. */
    public static ContextCarrier carrier() {
        return new TraceCarrier();
    }

    private record TraceCarrier() implements ContextCarrier {
        @Override
        public @Nullable Luggage capture() {
            Context here = Context.current();
            return here == Context.root() ? null : new TraceLuggage(here);
        }

        @Override
        public Luggage sample() {
            return new TraceLuggage(Context.root());
        }
    }

    /** A context on its way. Not a record, because the context itself stays here when the luggage travels. */
    private static final class TraceLuggage implements ContextCarrier.Luggage, Serializable {
        private static final long serialVersionUID = 1L;

        /** {@code null} in a worker process. */
        private final transient @Nullable Context context;

        private final HashMap<String, String> headers = new HashMap<>();

        TraceLuggage(Context context) {
            this.context = context;
            HEADERS.inject(context, headers, (to, name, value) -> {
                if (to != null) {
                    to.put(name, value);
                }
            });
        }

        @Override
        public <T extends @Nullable Object> T around(Callable<T> body) throws Exception {
            Context there = context == null ? HEADERS.extract(Context.root(), headers, new HeaderGetter()) : context;
            try (Scope _ = there.makeCurrent()) {
                return body.call();
            }
        }
    }

    private static final class HeaderGetter implements TextMapGetter<Map<String, String>> {
        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    }
}
