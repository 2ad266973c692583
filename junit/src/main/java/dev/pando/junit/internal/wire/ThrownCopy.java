package dev.pando.junit.internal.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a test threw, on its way to the program: as it is where it can be serialised, and in any case its name, message,
 * stack, cause and suppressed exceptions, for a stand-in.
 *
 * @param whole the serialised exception; {@code null} where that failed
 * @param assertion whether it is an {@link AssertionError}, which reports count as a failure and not as an error
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ThrownCopy(
        byte @Nullable [] whole,
        boolean assertion,
        String name,
        @Nullable String message,
        StackTraceElement[] stack,
        @Nullable ThrownCopy cause,
        List<ThrownCopy> suppressed)
        implements Serializable {

    /** Causes may go in a circle, and a copy must end. */
    private static final int DEEPEST = 30;

    /** A copy of this. */
    public static ThrownCopy of(Throwable thrown) {
        return of(thrown, 0);
    }

    private static ThrownCopy of(Throwable thrown, int depth) {
        List<ThrownCopy> suppressed = new ArrayList<>();
        Throwable cause = thrown.getCause();
        if (depth < DEEPEST) {
            for (Throwable one : thrown.getSuppressed()) {
                suppressed.add(of(one, depth + 1));
            }
        }
        return new ThrownCopy(
                serialized(thrown),
                thrown instanceof AssertionError,
                thrown.getClass().getName(),
                message(thrown),
                thrown.getStackTrace(),
                cause == null || depth >= DEEPEST ? null : of(cause, depth + 1),
                suppressed);
    }

    private static @Nullable String message(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (RuntimeException e) {
            return "(its getMessage threw " + e.getClass().getName() + ")";
        }
    }

    private static byte @Nullable [] serialized(Throwable thrown) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(thrown);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return null; // a field that does not travel, or code of the exception's own: the stand-in will do
        }
        return bytes.toByteArray();
    }

    /** Returns the exception, or a stand-in that shows its name, message, stack and causes. */
    public Throwable restored() {
        if (whole != null) {
            try (LoaderInput in = new LoaderInput(new ByteArrayInputStream(whole))) {
                return (Throwable) in.readObject();
            } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
                // a class that only the worker has, or code of the exception's own
            }
        }
        Throwable standIn = assertion ? new StandInFailure(name, message) : new StandInError(name, message);
        standIn.setStackTrace(stack);
        if (cause != null) {
            standIn.initCause(cause.restored());
        }
        for (ThrownCopy one : suppressed) {
            standIn.addSuppressed(one.restored());
        }
        return standIn;
    }

    private static String told(String name, @Nullable String message) {
        return message == null ? name : name + ": " + message;
    }

    /** Stands for an assertion error that cannot travel. */
    @SuppressWarnings("OverrideThrowableToString") // the name that it shows is not its own
    private static final class StandInFailure extends AssertionError {
        @Serial
        private static final long serialVersionUID = 1L;

        private final String name;

        StandInFailure(String name, @Nullable String message) {
            super(message);
            this.name = name;
        }

        @Override
        public String toString() {
            return told(name, getMessage());
        }
    }

    /** Stands for any other exception that cannot travel. */
    @SuppressWarnings("OverrideThrowableToString") // the name that it shows is not its own
    private static final class StandInError extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final String name;

        StandInError(String name, @Nullable String message) {
            super(message);
            this.name = name;
        }

        @Override
        public String toString() {
            return told(name, getMessage());
        }
    }
}
