package dev.pando;

import java.io.Serializable;

/** A function of one argument that may throw and can travel to a worker. */
@FunctionalInterface
public interface Fn<
                A extends @org.jspecify.annotations.Nullable Object,
                T extends @org.jspecify.annotations.Nullable Object>
        extends Serializable {

    /**
     * Returns the value for this argument.
     *
     * @throws Exception whatever the function throws; the task has then failed with it
     */
    T apply(A argument) throws Exception;
}
