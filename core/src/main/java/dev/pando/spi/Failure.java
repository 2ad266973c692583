package dev.pando.spi;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every way in which an attempt can come to nothing, as data. The pool turns each into the exception that the user
 * sees, in one exhaustive switch; an engine only says what happened.
 */
public sealed interface Failure {

    /** The task's own doing. */
    record Threw(Throwable thrown) implements Failure {}

    /** The task outlived its timeout; {@code stack} is where it was stuck, empty when the worker could not look. */
    record TimedOut(List<StackTraceElement> stack) implements Failure {}

    /** A value could not leave the worker. */
    record Unsendable(UnsendableException reason) implements Failure {}

    /**
     * The worker died with the task.
     *
     * @param step which step of a {@link SteppedTask} the worker was at, {@link #UNKNOWN} if that is not known
     */
    record Lost(Progress progress, Death death, int step) implements Failure {
        /** In the place of a step. */
        public static final int UNKNOWN = -1;

        /** A loss of which the step is not known. */
        public Lost(Progress progress, Death death) {
            this(progress, death, UNKNOWN);
        }
    }

    /** How a worker died. Everything that is not known is {@code null} or empty, never a zero. */
    record Death(
            String reason,
            @Nullable Integer exitCode,
            @Nullable String signal,
            List<String> lastOutput,
            @Nullable Path crashLog,
            List<String> crashFrames,
            @Nullable Long residentBytes,
            @Nullable Integer tasksRun,
            long ageNanos) {

        /** A death of which only the reason is known. */
        public static Death of(String reason, long ageNanos) {
            return new Death(reason, null, null, List.of(), null, List.of(), null, null, ageNanos);
        }
    }

    /** How far a lost task had come, which decides whether running it again is harmless. */
    enum Progress {
        NOT_STARTED,
        MAY_HAVE_RUN,
        RAN
    }
}
