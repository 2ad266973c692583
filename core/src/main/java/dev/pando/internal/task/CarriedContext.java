package dev.pando.internal.task;

import dev.pando.ContextCarrier;
import dev.pando.ContextCarrier.Luggage;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The carriers that {@link ContextCarrier} makes, and their luggage. */
public final class CarriedContext {

    private CarriedContext() {}

    /** Scoped values, as objects of this JVM. */
    public record BoundValues(List<ScopedValue<?>> keys) implements ContextCarrier {
        @Override
        public @Nullable Luggage capture() {
            ScopedValue.@Nullable Carrier bound = null;
            for (ScopedValue<?> key : keys) {
                if (key.isBound()) {
                    bound = bind(bound, key);
                }
            }
            return bound == null ? null : new Bindings(keys, bound);
        }

        @Override
        public Luggage sample() {
            return new Bindings(keys, null);
        }

        private static <V> ScopedValue.Carrier bind(ScopedValue.@Nullable Carrier bound, ScopedValue<V> key) {
            return bound == null ? ScopedValue.where(key, key.get()) : bound.where(key, key.get());
        }

        @Override
        public String toString() {
            return "ContextCarrier.of(a scoped value)";
        }
    }

    /** What {@link BoundValues} captures. The keys cannot travel: they stand here so that a refusal names them. */
    private static final class Bindings implements Luggage, Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings({"serial", "UnusedVariable"}) // it is there to be refused
        private final List<ScopedValue<?>> keys;

        private final transient ScopedValue.@Nullable Carrier bound;

        Bindings(List<ScopedValue<?>> keys, ScopedValue.@Nullable Carrier bound) {
            this.keys = keys;
            this.bound = bound;
        }

        @Override
        public <T extends @Nullable Object> T around(Callable<T> body) throws Exception {
            return bound == null ? body.call() : bound.<T, Exception>call(body::call);
        }
    }

    /** A scoped value, found anew in each JVM. */
    public record KeyedValue<V extends @Nullable Object>(ContextCarrier.Key<V> key) implements ContextCarrier {
        @Override
        public @Nullable Luggage capture() {
            ScopedValue<V> here = key.get();
            return here.isBound() ? new KeyedLuggage<>(key, here.get()) : null;
        }

        @Override
        @SuppressWarnings("NullAway") // it goes nowhere, so that nothing is bound for it
        public Luggage sample() {
            return new KeyedLuggage<>(key, null);
        }

        @Override
        public String toString() {
            return "ContextCarrier.of(() -> a scoped value)";
        }
    }

    private record KeyedLuggage<V extends @Nullable Object>(ContextCarrier.Key<V> key, V bound)
            implements Luggage, Serializable {
        @Override
        public <T extends @Nullable Object> T around(Callable<T> body) throws Exception {
            return ScopedValue.where(key.get(), bound).<T, Exception>call(body::call);
        }
    }

    /** What lives in a thread-local. */
    public record ThreadValue<C extends @Nullable Object>(Supplier<C> read, Consumer<C> write)
            implements ContextCarrier {
        @Override
        public Luggage capture() {
            return new ThreadLuggage<>(read.get(), read, write);
        }

        @Override
        @SuppressWarnings("NullAway") // it goes nowhere, so that no value is read for it
        public Luggage sample() {
            return new ThreadLuggage<>(null, read, write);
        }

        @Override
        public String toString() {
            return "ContextCarrier.of(read, write)";
        }
    }

    private record ThreadLuggage<C extends @Nullable Object>(C captured, Supplier<C> read, Consumer<C> write)
            implements Luggage, Serializable {
        @Override
        public <T extends @Nullable Object> T around(Callable<T> body) throws Exception {
            C before = read.get();
            write.accept(captured);
            try {
                return body.call();
            } finally {
                write.accept(before);
            }
        }
    }
}
