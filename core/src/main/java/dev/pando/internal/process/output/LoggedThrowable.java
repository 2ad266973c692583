package dev.pando.internal.process.output;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exception that a worker logged, as text: its class, its message and its frames. The class itself is not loaded
 * here, because a log must not let a worker choose what the parent loads.
 */
final class LoggedThrowable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param said the class of the exception and its message, as {@code toString} has them */
    LoggedThrowable(
            String said, @Nullable Throwable cause, List<StackTraceElement> frames, List<Throwable> suppressed) {
        super(said, cause, true, true);
        setStackTrace(frames.toArray(StackTraceElement[]::new));
        suppressed.forEach(this::addSuppressed);
    }

    /** Without the name of this class, because a trace shows this text where a reader looks for the class. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // the message has the class of the exception it stands for
    public String toString() {
        return String.valueOf(getMessage());
    }
}
