package dev.pando.codec;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception that could not travel: its class, its message, its frames, and the same of its causes and of
 * what it suppressed. Trusts nothing that the exception says of itself.
 */
public final class StandIn extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int DEEP = 32;

    private StandIn(String message) {
        super(message, null, true, true);
    }

    static StandIn of(Throwable thrown) {
        return of(thrown, 0);
    }

    private static StandIn of(Throwable thrown, int depth) {
        String message = asked(thrown::getMessage, "(it cannot say why)");
        StandIn standIn = new StandIn(thrown.getClass().getName() + (message == null ? "" : ": " + message));
        StackTraceElement[] frames = asked(thrown::getStackTrace, new StackTraceElement[0]);
        if (frames != null) standIn.setStackTrace(frames);
        if (depth == DEEP) return standIn;
        Throwable cause = asked(thrown::getCause, null);
        if (cause != null) standIn.initCause(of(cause, depth + 1));
        for (Throwable suppressed : thrown.getSuppressed()) standIn.addSuppressed(of(suppressed, depth + 1));
        return standIn;
    }

    private static <T> @Nullable T asked(Supplier<@Nullable T> question, @Nullable T otherwise) {
        try {
            return question.get();
        } catch (Throwable unspeakable) {
            return otherwise;
        }
    }
}
