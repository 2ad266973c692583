package dev.pando.spi;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every way in which an attempt can come to nothing, as data. The pool turns each into the exception that the user
 * sees, in one exhaustive switch; an engine only says what happened.
 */
public sealed interface Failure {

    /**
     * The task's own doing.
     *
     * @param thrown what it threw
     */
    record Threw(Throwable thrown) implements Failure {}

    /**
     * Returns that the task threw this. If there is no memory to say so, returns {@link #UNTOLD}: for a worker that
     * must report the end in any case.
     */
    static Failure threw(Throwable thrown) {
        try {
            return new Threw(thrown);
        } catch (OutOfMemoryError noMemory) {
            return UNTOLD;
        }
    }

    /** A failure of which nothing else could be kept, because the heap was full. Made beforehand. */
    Threw UNTOLD = new Threw(new UntoldError());

    /**
     * The task outlived its timeout.
     *
     * @param stack where it was stuck, empty when the worker could not look
     */
    record TimedOut(List<StackTraceElement> stack) implements Failure {}

    /**
     * A value could not leave the worker.
     *
     * @param reason which value, and why
     */
    record Unsendable(UnsendableException reason) implements Failure {}

    /**
     * The worker died with the task.
     *
     * @param progress how far the task had come
     * @param death how the worker died
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

    /**
     * How a worker died. Everything that is not known is {@code null} or empty, never a zero.
     *
     * @param reason in words
     * @param exitCode the exit code, when it exited
     * @param signal the name of the signal, when it was killed by one
     * @param lastOutput the last lines it printed
     * @param crashLog where the JVM wrote its crash log
     * @param crashFrames the native frames at the top of that log
     * @param residentBytes the memory it held at the last look
     * @param tasksRun how many tasks it had begun, this one included
     * @param ageNanos how long it had lived
     */
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
        /** The worker had not begun it: it had no effect. */
        NOT_STARTED,
        /** The worker had begun it, or may have: it may have had effects. */
        MAY_HAVE_RUN,
        /** The task had run to its end, and only its result is lost. */
        RAN
    }
}
