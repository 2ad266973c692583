package dev.pando.internal.task;

import dev.pando.DeadlockException;
import dev.pando.NotSendableException;
import dev.pando.PoolBrokenException;
import dev.pando.PoolException;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import dev.pando.WorkerLoss;
import dev.pando.WorkerLostException;
import dev.pando.internal.util.ThrowableText;
import dev.pando.spi.Failure;
import dev.pando.spi.SubmissionSite;
import dev.pando.spi.UnreadyException;
import dev.pando.spi.UnsendableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The failure table: what happened → what the user sees. */
public final class FailureTable {
    private static final String HERE = FailureTable.class.getPackageName() + ".";

    /** Where a node of a cluster unpacks tasks of programs. */
    private static final String RELAY = "dev.pando.cluster.internal.relay.";

    private FailureTable() {}

    /**
     * What the table says of a task that failed.
     *
     * @param worker the name of its last worker
     * @param sent what the task travelled as; {@code null}: it did not leave this JVM
     */
    record FailedTask(
            String name,
            String worker,
            int attempts,
            long timeoutNanos,
            @Nullable SubmissionSite sent) {}

    /** Returns what the task keeps. */
    static TaskFailure kept(Failure failure, FailedTask task) {
        SubmissionSite sent = task.sent();
        return switch (failure) {
            // the pool's verdict, even when it passed through a task
            case Failure.Threw(DeadlockException circle) -> TaskFailure.ofPool(circle);
            case Failure.Threw(Throwable thrown) -> TaskFailure.threw(thrown, sent);
            case Failure.TimedOut(List<StackTraceElement> stack) ->
                TaskFailure.ofPool(traced(timedOut(task, stack), sent));
            case Failure.Unsendable(UnsendableException reason) ->
                TaskFailure.ofPool(traced(unsendable(task.name(), reason), sent));
            case Failure.Lost lost -> new TaskFailure(traced(lost(task, lost), sent), false, null, lost.step());
        };
    }

    /** Says where the work was handed in: with a task that left this JVM, no stack does. */
    private static <E extends Throwable> E traced(E exception, @Nullable SubmissionSite sent) {
        if (sent != null) {
            exception.addSuppressed(new HandedIn(sent));
        }
        return exception;
    }

    /** No failure: a stack to read. */
    private static final class HandedIn extends Throwable {
        private static final long serialVersionUID = 1L;

        HandedIn(SubmissionSite sent) {
            super("the task was handed in here", null, false, true);
            setStackTrace(sent.handedIn().toArray(new StackTraceElement[0]));
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // it is a stack to read: the name of its class says nothing
        public String toString() {
            return String.valueOf(getMessage());
        }
    }

    /** Throws what {@link TaskFuture#result()} throws for an error that {@link TaskFuture#exception()} returns. */
    public static RuntimeException unchecked(Throwable error, String task) {
        return error instanceof PoolException own && !(own instanceof TaskFailedException) ? own : failed(task, error);
    }

    static TaskFailedException failed(String task, Throwable thrown) {
        return new TaskFailedException(task + " threw " + ThrowableText.describe(thrown), thrown);
    }

    static TaskFailedException failed(String task, TaskFailure kept) {
        return traced(failed(task, kept.error()), kept.sent());
    }

    public static NotSendableException unsendable(String task, UnsendableException reason) {
        boolean argument = reason.direction() == UnsendableException.Direction.ARGUMENT;
        return new NotSendableException(
                (argument ? task : "the result of " + task) + " " + reason.getMessage(), reason);
    }

    public static PoolBrokenException broken(String pool, Throwable cause) {
        String why = cause instanceof UnreadyException
                ? cause.getMessage()
                : "its initializer threw " + ThrowableText.describe(cause);
        return new PoolBrokenException(
                "pool " + pool + " is broken: no worker could be made ready, because " + why, cause);
    }

    private static TaskTimeoutException timedOut(FailedTask task, List<StackTraceElement> stack) {
        long millis = task.timeoutNanos() / 1_000_000;
        List<StackTraceElement> frames = ofTheTask(stack);
        String where = frames.isEmpty() ? "" : ", stuck at " + telling(frames);
        StringBuilder trace = new StringBuilder();
        for (StackTraceElement frame : frames) {
            trace.append("\n    at ").append(frame);
        }
        String attempts = task.attempts() > 1 ? " in each of " + task.attempts() + " attempts" : "";
        return new TaskTimeoutException(
                task.name() + " ran longer than its timeout of " + millis + " ms" + attempts + where
                        + (frames.isEmpty() ? "" : "\n  the task was here:" + trace),
                frames.toArray(new StackTraceElement[0]));
    }

    /** Returns the stack without what lies below the task, which is ours and says nothing about it. */
    public static List<StackTraceElement> ofTheTask(List<StackTraceElement> stack) {
        for (int i = 0; i < stack.size(); i++) {
            if (runsTheTask(stack.get(i))) {
                int end = i;
                while (end > 0 && isShape(stack.get(end - 1).getClassName())) {
                    end--;
                }
                return stack.subList(0, end);
            }
        }
        return stack;
    }

    /** The shape of the work that was handed in, or of what a node makes of that. */
    private static boolean isShape(String type) {
        return type.startsWith(HERE) || type.startsWith(RELAY);
    }

    /** By the method too: what a task calls of its futures stands above it, and is in the same classes. */
    private static boolean runsTheTask(StackTraceElement frame) {
        String type = frame.getClassName();
        String method = frame.getMethodName();
        return type.equals("dev.pando.internal.process.child.TaskRunner")
                || (type.equals("dev.pando.shipping.RelayedWorker") && method.equals("call"))
                || (type.startsWith(HERE) && (method.equals("run") || method.equals("metered")));
    }

    /** The first frame outside the JDK: where a task waits is nearly always a park or a read, which tells nothing. */
    private static StackTraceElement telling(List<StackTraceElement> frames) {
        for (StackTraceElement frame : frames) {
            String module = frame.getModuleName();
            if (module == null || !(module.startsWith("java.") || module.startsWith("jdk."))) {
                return frame;
            }
        }
        return frames.getFirst();
    }

    private static WorkerLostException lost(FailedTask task, Failure.Lost lost) {
        WorkerLoss loss = loss(task.name(), task.worker(), lost);
        StringBuilder text = new StringBuilder(task.name());
        text.append(" lost its worker ").append(loss.worker()).append(": ").append(loss.reason());
        loss.signal().ifPresent(signal -> text.append(", killed by ").append(signal));
        String orJust = loss.signal().isPresent() ? " or exit code " : ", exit code ";
        loss.exitCode().ifPresent(code -> text.append(orJust).append(code));
        loss.residentBytes()
                .ifPresent(
                        bytes -> text.append(", it held ").append(bytes >> 20).append(" MiB"));
        text.append("; ").append(advice(loss.progress()));
        if (task.attempts() > 1) {
            text.append("; given up after ").append(task.attempts()).append(" attempts");
        }
        loss.crashLog().ifPresent(log -> text.append("\n  crash log: ").append(log));
        for (String frame : loss.crashFrames()) {
            text.append("\n  native frame: ").append(frame);
        }
        if (!loss.lastOutput().isEmpty()) {
            text.append("\n  its last output:");
        }
        for (String line : loss.lastOutput()) {
            text.append("\n    ").append(line);
        }
        return new WorkerLostException(text.toString(), loss);
    }

    /** Returns the death certificate of this worker. */
    static WorkerLoss loss(String task, String worker, Failure.Lost lost) {
        Failure.Death death = lost.death();
        Integer exitCode = death.exitCode();
        Long resident = death.residentBytes();
        Integer tasks = death.tasksRun();
        return new WorkerLoss(
                task,
                worker,
                lost.progress(),
                death.reason(),
                exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode),
                Optional.ofNullable(death.signal()),
                List.copyOf(death.lastOutput()),
                Optional.ofNullable(death.crashLog()),
                List.copyOf(death.crashFrames()),
                resident == null ? OptionalLong.empty() : OptionalLong.of(resident),
                tasks == null ? OptionalInt.empty() : OptionalInt.of(tasks),
                Duration.ofNanos(death.ageNanos()));
    }

    private static String advice(Failure.Progress progress) {
        return switch (progress) {
            case NOT_STARTED -> "the task had not started";
            case MAY_HAVE_RUN -> "the task may have run in part";
            case RAN -> "the task ran, its result is lost";
        };
    }
}
