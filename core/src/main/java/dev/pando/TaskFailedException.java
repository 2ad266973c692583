package dev.pando;

/**
 * The task threw: the cause is what it threw, untouched. A new one is made for each caller that asks.
 */
public final class TaskFailedException extends PoolException {
    private static final long serialVersionUID = 1L;

    private final boolean carrier;

    /** For code that runs work of others. */
    public TaskFailedException(String message, Throwable thrown) {
        this(message, thrown, false);
    }

    private TaskFailedException(String message, Throwable thrown, boolean carrier) {
        super(message, thrown);
        this.carrier = carrier;
    }

    /**
     * Returns an exception that carries a checked one through code which declares none. A task that it escapes from has
     * failed with the checked exception itself, so that the task's caller does not find that exception wrapped twice.
     */
    public static TaskFailedException carrying(String message, Exception checked) {
        return new TaskFailedException(message, checked, true);
    }

    /** Returns whether this only carries its cause, as {@link #carrying} says. */
    public boolean isCarrier() {
        return carrier;
    }
}
