package dev.pando.internal.worker;

import dev.pando.Submitter;
import org.jspecify.annotations.Nullable;

/** What a running task may ask: {@link dev.pando.Worker} has the promises. */
public interface TaskContext {

    void progress(double fraction, String text);

    boolean isStopping();

    String workerName();

    int attempt();

    Submitter pool();

    /** @param nanos how long to wait; {@link Long#MAX_VALUE}: for ever */
    @SuppressWarnings("TypeParameterUnusedInFormals") // what is offered says what comes
    <R extends @Nullable Object> R call(String name, @Nullable Object argument, long nanos) throws InterruptedException;
}
