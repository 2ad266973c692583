package dev.pando;

import dev.pando.internal.task.CarriedContext;
import dev.pando.internal.util.Checks;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries something that belongs to the submitting thread (a {@link ScopedValue}, a logging context, a trace id) to the
 * worker that runs the task. Registered with {@link PoolBuilder#carry}.
 *
 * <p>Luggage that is serialisable travels to worker processes too. A pool that sees at once that the luggage of a
 * carrier cannot travel to its workers does not open.
 */
@FunctionalInterface
public interface ContextCarrier {

    /** Looks at the submitting thread, on that thread. {@code null}: there is nothing to carry. */
    @Nullable
    Luggage capture();

    /**
     * Returns luggage such as {@link #capture} may return. A pool whose workers are other JVMs tries to pack it when it
     * opens. {@code null}: a submission will tell whether it can travel. Unless overridden, what the opening thread has
     * to carry.
     */
    default @Nullable Luggage sample() {
        return capture();
    }

    /**
     * What was captured, ready to be put around the task on the worker. To travel to a worker process it must be
     * {@link Serializable}; a record is easiest.
     */
    @FunctionalInterface
    interface Luggage {

        /**
         * Calls the body with the captured context in place, and leaves the worker as it was.
         *
         * @throws Exception what the body throws, as it is
         */
        <T extends @Nullable Object> T around(Callable<T> body) throws Exception;
    }

    /** Names a scoped value, as a lambda that travels: {@code () -> USER}. */
    @FunctionalInterface
    interface Key<V extends @Nullable Object> extends Supplier<ScopedValue<V>>, Serializable {}

    /** Reads a context, as a lambda that travels. */
    @FunctionalInterface
    interface Reader<C extends @Nullable Object> extends Supplier<C>, Serializable {}

    /** Writes a context, as a lambda that travels. */
    @FunctionalInterface
    interface Writer<C extends @Nullable Object> extends Consumer<C>, Serializable {}

    /**
     * Rebinds these scoped values, those that are bound where the task is submitted. A {@link ScopedValue} belongs to
     * its JVM; {@link #of(Key)} names one for worker processes.
     */
    static ContextCarrier of(ScopedValue<?>... values) {
        ScopedValue<?>[] keys = Checks.present(values, "values").clone();
        for (ScopedValue<?> key : keys) {
            Checks.present(key, "a value");
        }
        return new CarriedContext.BoundValues(List.of(keys));
    }

    /**
     * Rebinds a scoped value of a static field, {@code of(() -> USER)}, if it is bound where the task is submitted. In
     * a worker process the lambda finds the field of that process.
     */
    static <V extends @Nullable Object> ContextCarrier of(Key<V> key) {
        return new CarriedContext.KeyedValue<>(Checks.present(key, "key"));
    }

    /**
     * Carries what lives in a thread-local, such as a logging context: {@code of(MDC::getCopyOfContextMap,
     * MDC::setContextMap)}. On the worker, what was there before is put back after the task.
     */
    static <C extends @Nullable Object> ContextCarrier of(Supplier<C> read, Consumer<C> write) {
        return new CarriedContext.ThreadValue<>(Checks.present(read, "read"), Checks.present(write, "write"));
    }

    /**
     * As {@link #of(Supplier, Consumer)}, to worker processes too. Lambdas are taken for these types: they must capture
     * nothing that cannot travel, so a thread-local is best named by its static field, {@code of(() -> TRACE.get(),
     * trace -> TRACE.set(trace))}.
     */
    static <C extends @Nullable Object> ContextCarrier of(Reader<C> read, Writer<C> write) {
        return new CarriedContext.ThreadValue<>(Checks.present(read, "read"), Checks.present(write, "write"));
    }
}
