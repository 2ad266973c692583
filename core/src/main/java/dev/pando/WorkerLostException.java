package dev.pando;

import org.jspecify.annotations.Nullable;

/**
 * The worker died with the task. {@link #loss} is all that is known about how.
 */
public final class WorkerLostException extends PoolException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable WorkerLoss loss;

    /** Made by a pool. */
    public WorkerLostException(String message, WorkerLoss loss) {
        super(message, null);
        this.loss = loss;
    }

    /**
     * What is known about the death.
     *
     * @throws IllegalStateException if this exception has itself been sent to another JVM, which takes the message only
     */
    public WorkerLoss loss() {
        if (loss == null) {
            throw new IllegalStateException("the details stayed in the JVM that lost the worker");
        }
        return loss;
    }
}
