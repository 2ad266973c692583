package dev.pando.spi;

/** Why no worker could be made ready, when it was not its initializer that threw. See {@link Host#broken}. */
public final class UnreadyException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A worker that never became one.
     *
     * @param message goes on after "because": {@code a worker ended before it was ready: ...}
     */
    public UnreadyException(String message) {
        super(message);
    }
}
