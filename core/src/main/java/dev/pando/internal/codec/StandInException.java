package dev.pando.internal.codec;

import dev.pando.internal.util.ThrowableText;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception that could not travel: its class, its message, its frames, and the same of its causes and of
 * what it suppressed. Trusts nothing that the exception says of itself, and stops after so many.
 */
public final class StandInException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * How many exceptions one stand-in stands for, causes and suppressed ones together: they may form a circle, and no
     * reader follows a hundred traces.
     */
    private static final int MAX_EXCEPTIONS = 100;

    /** Why the exception itself did not arrive, to be read after "the exception itself". */
    private @Nullable String why;

    private StandInException(String message, @Nullable Throwable cause) {
        super(message, cause, true, true);
    }

    /** Returns a stand-in for an exception that could not travel for this reason, if it is known. */
    static Throwable of(Throwable thrown, @Nullable String why) {
        StandInException made = new Maker().make(thrown);
        made.why = thrown instanceof StandInException other ? other.why : why;
        return made;
    }

    /** Has the stand-in say that the exception itself did arrive, and why it was refused. */
    static void refused(Throwable standIn, String why) {
        if (standIn instanceof StandInException own) {
            own.why = why;
        }
    }

    /** Returns what stands for an exception of which nothing arrived that could be read. */
    static Throwable ofUnreadable() {
        return new StandInException("an exception that the other side could not tell", null);
    }

    /**
     * Says the class of the exception it stands for, because a trace shows this text where a reader looks for the
     * class.
     */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // the message is what the other one said, and nothing else
    public String toString() {
        return getMessage() + (why == null ? " (a stand-in)" : " (a stand-in: the exception itself " + why + ")");
    }

    /** Makes one, and those that hang on it; counts them, since causes may form a circle or a web. */
    private static final class Maker {
        private int made;

        StandInException make(Throwable thrown) {
            made++;
            String message = ThrowableText.ask(thrown::getMessage, "(it cannot say why)");
            Throwable cause = ThrowableText.ask(thrown::getCause, null);
            StandInException standInException = new StandInException(
                    thrown instanceof StandInException && message != null ? message : named(thrown, message),
                    cause == null || made >= MAX_EXCEPTIONS ? null : make(cause));
            StackTraceElement[] frames = ThrowableText.ask(thrown::getStackTrace, null);
            if (frames != null) {
                standInException.setStackTrace(whole(frames));
            }
            for (Throwable suppressed : thrown.getSuppressed()) {
                if (made < MAX_EXCEPTIONS) {
                    standInException.addSuppressed(make(suppressed));
                }
            }
            return standInException;
        }

        private static String named(Throwable thrown, @Nullable String message) {
            return thrown.getClass().getName() + (message == null ? "" : ": " + message);
        }

        private static StackTraceElement[] whole(@Nullable StackTraceElement[] frames) {
            return Arrays.stream(frames).filter(Objects::nonNull).toArray(StackTraceElement[]::new);
        }
    }
}
