package dev.pando;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A function of two arguments that may throw and can travel to a worker. */
@FunctionalInterface
public interface Fn2<A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object>
        extends Serializable {

    T apply(A first, B second) throws Exception;
}
