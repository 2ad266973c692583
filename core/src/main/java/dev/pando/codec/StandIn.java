package dev.pando.codec;

/** Stands for an exception that could not travel: its class, its message, its frames, and the same of its causes. */
public final class StandIn extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StandIn(String message) {
        super(message, null, true, true);
    }

    static StandIn of(Throwable thrown) {
        return of(thrown, 0);
    }

    private static StandIn of(Throwable thrown, int depth) {
        StandIn standIn = new StandIn(thrown.getClass().getName() + ": " + message(thrown));
        standIn.setStackTrace(thrown.getStackTrace());
        Throwable cause = thrown.getCause();
        if (cause != null && depth < 32) standIn.initCause(of(cause, depth + 1));
        return standIn;
    }

    private static String message(Throwable thrown) {
        try {
            return String.valueOf(thrown.getMessage());
        } catch (RuntimeException e) {
            return "(its getMessage threw " + e.getClass().getName() + ")";
        }
    }
}
