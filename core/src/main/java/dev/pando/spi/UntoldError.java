package dev.pando.spi;

/**
 * Stands for what was thrown when the heap was full. Made beforehand, and without a stack: that would be the one of the
 * thread which loaded this class, and would keep every class on it for ever.
 */
final class UntoldError extends OutOfMemoryError {
    private static final long serialVersionUID = 1L;

    UntoldError() {
        super("the heap of this program was full when the task ended or was to begin, so that there was no memory to"
                + " say what became of it; give the program more heap (-Xmx), or let fewer tasks wait and run at"
                + " once");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** As the error whose place this takes. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return OutOfMemoryError.class.getName() + ": " + getMessage();
    }
}
