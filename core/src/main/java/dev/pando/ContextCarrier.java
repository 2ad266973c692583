package dev.pando;

import dev.pando.internal.util.Checks;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries something that belongs to the submitting thread (a {@link ScopedValue}, a logging context, a trace id) to the
 * worker that runs the task. Registered with {@link PoolBuilder#carry}.
 */
@FunctionalInterface
public interface ContextCarrier {

    /** Looks at the submitting thread, on that thread. {@code null}: there is nothing to carry. */
    @Nullable
    Luggage capture();

    /** What was captured, ready to be put around the task on the worker. */
    @FunctionalInterface
    interface Luggage {

        /**
         * Calls the body with the captured context in place, and leaves the worker as it was.
         *
         * @throws Exception what the body throws, as it is
         */
        <T extends @Nullable Object> T around(Callable<T> body) throws Exception;
    }

    /** Rebinds these scoped values, those that are bound where the task is submitted. */
    static ContextCarrier of(ScopedValue<?>... values) {
        ScopedValue<?>[] keys = Checks.present(values, "values").clone();
        for (ScopedValue<?> key : keys) {
            Checks.present(key, "a value");
        }
        return () -> {
            ScopedValue.@Nullable Carrier carrier = null;
            for (ScopedValue<?> key : keys) {
                if (key.isBound()) {
                    carrier = bind(carrier, key);
                }
            }
            ScopedValue.Carrier bound = carrier;
            return bound == null
                    ? null
                    : new Luggage() {
                        @Override
                        public <T extends @Nullable Object> T around(Callable<T> body) throws Exception {
                            return bound.<T, Exception>call(body::call);
                        }
                    };
        };
    }

    /**
     * Carries what lives in a thread-local, such as a logging context: {@code of(MDC::getCopyOfContextMap,
     * MDC::setContextMap)}. On the worker, what was there before is put back after the task.
     */
    static <C extends @Nullable Object> ContextCarrier of(Supplier<C> read, Consumer<C> write) {
        Checks.present(read, "read");
        Checks.present(write, "write");
        return () -> {
            C captured = read.get();
            return new Luggage() {
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
            };
        };
    }

    private static <V> ScopedValue.Carrier bind(ScopedValue.@Nullable Carrier carrier, ScopedValue<V> key) {
        return carrier == null ? ScopedValue.where(key, key.get()) : carrier.where(key, key.get());
    }
}
