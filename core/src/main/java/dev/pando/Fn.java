package dev.pando;

import java.io.Serializable;

/** A function of one argument that may throw and can travel to a worker. */
@FunctionalInterface
public interface Fn<
                A extends @org.jspecify.annotations.Nullable Object,
                T extends @org.jspecify.annotations.Nullable Object>
        extends Serializable {

    T apply(A argument) throws Exception;
}
