package dev.pando.codec;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception that could not travel: its class, its message, its frames, and the same of its causes and of
 * what it suppressed. Trusts nothing that the exception says of itself, and stops after so many.
 */
public final class StandIn extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MANY = 100;

    private StandIn(String message, @Nullable Throwable cause) {
        super(message, cause, true, true);
    }

    static StandIn of(Throwable thrown) {
        return new Maker().make(thrown);
    }

    /** Makes one, and those that hang on it; counts them, since causes may form a circle or a web. */
    private static final class Maker {
        private int made;

        StandIn make(Throwable thrown) {
            made++;
            String message = asked(thrown::getMessage, "(it cannot say why)");
            Throwable cause = asked(thrown::getCause, null);
            StandIn standIn = new StandIn(
                    thrown.getClass().getName() + (message == null ? "" : ": " + message),
                    cause == null || made >= MANY ? null : make(cause));
            StackTraceElement[] frames = asked(thrown::getStackTrace, null);
            if (frames != null) standIn.setStackTrace(frames);
            for (Throwable suppressed : thrown.getSuppressed()) {
                if (made < MANY) standIn.addSuppressed(make(suppressed));
            }
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
}
