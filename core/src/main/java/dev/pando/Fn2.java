package dev.pando;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A function of two arguments that may throw and can travel to a worker. */
@FunctionalInterface
public interface Fn2<A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object>
        extends Serializable {

    /**
     * Returns the value for these arguments.
     *
     * @throws Exception whatever the function throws; the task has then failed with it
     */
    T apply(A first, B second) throws Exception;
}
