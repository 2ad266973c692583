package dev.pando.micrometer;

import dev.pando.ContextCarrier;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.ThreadLocalAccessor;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What Micrometer's context-propagation library knows of, taken along from the submitting thread to the task: {@code
 * Pool.with(Processes.of(4)).carry(PropagatedContext.carrier())}. That is each value for which the program has
 * registered a {@link ThreadLocalAccessor}. On threads of this program all of them travel. To worker processes those
 * travel that are {@link Serializable}, under keys that are; of each other one a warning is logged, once. The worker
 * finds accessors as the program does, by the service of the library; one that the program registers by hand must be
 * registered there too, in the initializer of the workers.
 */
public final class PropagatedContext {
    /** The keys of the values that stayed behind and of which that was told. */
    private static final Set<Object> TOLD = ConcurrentHashMap.newKeySet();

    private PropagatedContext() {}

    /** Returns the carrier, for {@code PoolBuilder.carry}. */
    public static ContextCarrier carrier() {
        return new SnapshotCarrier(ContextSnapshotFactory.builder().build());
    }

    private record SnapshotCarrier(ContextSnapshotFactory factory) implements ContextCarrier {
        @Override
        public @Nullable Luggage capture() {
            Map<Object, Object> values = new HashMap<>();
            for (ThreadLocalAccessor<?> accessor : ContextRegistry.getInstance().getThreadLocalAccessors()) {
                Object value = accessor.getValue();
                if (value != null) {
                    values.put(accessor.key(), value);
                }
            }
            return values.isEmpty() ? null : new SnapshotLuggage(factory.captureAll(), values);
        }

        @Override
        public Luggage sample() {
            return new TravelledLuggage(new HashMap<>());
        }
    }

    /** A context on its way. What travels to another process is a {@link TravelledLuggage} of it. */
    private static final class SnapshotLuggage implements ContextCarrier.Luggage, Serializable {
        private static final long serialVersionUID = 1L;

        private final transient ContextSnapshot snapshot;
        private final transient Map<Object, Object> values;

        SnapshotLuggage(ContextSnapshot snapshot, Map<Object, Object> values) {
            this.snapshot = snapshot;
            this.values = values;
        }

        @Override
        public <T extends @Nullable Object> T around(Callable<T> body) throws Exception {
            try (ContextSnapshot.Scope _ = snapshot.setThreadLocals()) {
                return body.call();
            }
        }

        @SuppressWarnings("UnusedMethod") // Java serialisation calls it
        private Object writeReplace() {
            HashMap<Object, Object> travelling = new HashMap<>();
            values.forEach((key, value) -> {
                if (key instanceof Serializable && value instanceof Serializable) {
                    travelling.put(key, value);
                } else if (TOLD.add(key)) {
                    System.getLogger("dev.pando.micrometer")
                            .log(
                                    System.Logger.Level.WARNING,
                                    "what stands in the context under " + key + " stays behind where tasks go to worker"
                                            + " processes: " + value.getClass().getName() + " is not serialisable");
                }
            });
            return new TravelledLuggage(travelling);
        }
    }

    /** What arrived in a worker process. */
    private record TravelledLuggage(HashMap<Object, Object> values) implements ContextCarrier.Luggage, Serializable {
        @Override
        public <T extends @Nullable Object> T around(Callable<T> body) throws Exception {
            List<Runnable> restores = new ArrayList<>();
            try {
                for (ThreadLocalAccessor<?> accessor :
                        ContextRegistry.getInstance().getThreadLocalAccessors()) {
                    Object value = values.get(accessor.key());
                    if (value != null) {
                        restores.add(set(accessor, value));
                    }
                }
                return body.call();
            } finally {
                restores.reversed().forEach(Runnable::run);
            }
        }

        /** Returns what puts back the value of before. */
        @SuppressWarnings("unchecked") // the value was got from the accessor of the same key
        private static <V> Runnable set(ThreadLocalAccessor<V> accessor, Object value) {
            V before = accessor.getValue();
            accessor.setValue((V) value);
            return () -> {
                if (before == null) {
                    accessor.restore();
                } else {
                    accessor.restore(before);
                }
            };
        }
    }
}
