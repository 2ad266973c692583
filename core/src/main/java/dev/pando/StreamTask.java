package dev.pando;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A task with many results: see {@link Submitter#stream}. */
@FunctionalInterface
public interface StreamTask<A extends @Nullable Object, R> extends Serializable {

    /**
     * Makes the results of this input, and sends each as soon as it is there.
     *
     * @throws Exception the task has failed: the reader of the stream hears it after the results
     */
    void run(A input, Sink<R> out) throws Exception;
}
