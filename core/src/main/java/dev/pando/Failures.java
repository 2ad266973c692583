package dev.pando;

import dev.pando.spi.Failure;
import dev.pando.spi.UnsendableException;
import java.util.List;

/** The failure table: what happened → what the user sees. */
final class Failures {

    /** What a failed cell keeps when it was the task itself that threw. Everything else is kept as the exception it is. */
    record Thrown(Throwable thrown) {}

    private Failures() {}

    /** What the cell of this task keeps. */
    static Object kept(Failure failure, TaskCell<?> task) {
        return switch (failure) {
            case Failure.Threw(DeadlockException circle) -> circle; // the pool's verdict, even when it passed through a task
            case Failure.Threw(Throwable thrown) -> new Thrown(thrown);
            case Failure.TimedOut(List<StackTraceElement> stack) -> timedOut(task, stack);
            case Failure.Unsendable(UnsendableException reason) -> unsendable(task.name(), reason);
            case Failure.Lost lost -> lost(task, lost);
        };
    }

    /** Throws what {@link TaskFuture#result()} throws for an error that {@link TaskFuture#exception()} returns. */
    static RuntimeException unchecked(Throwable error, String task) {
        return error instanceof PoolException own && !(own instanceof TaskFailedException) ? own : failed(task, error);
    }

    static TaskFailedException failed(String task, Throwable thrown) {
        return new TaskFailedException(task + " threw " + describe(thrown), thrown);
    }

    static NotSendableException unsendable(String task, UnsendableException reason) {
        boolean argument = reason.direction() == UnsendableException.Direction.ARGUMENT;
        return new NotSendableException((argument ? task : "the result of " + task) + " " + reason.getMessage(), reason);
    }

    static PoolBrokenException broken(String pool, Throwable cause) {
        return new PoolBrokenException(
                "pool " + pool + " is broken: no worker could be made ready, because its initializer threw " + describe(cause),
                cause);
    }

    /** A user's exception may not even be able to say what it is; that must not hide that it was thrown. */
    static String describe(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (Throwable unspeakable) {
            return thrown.getClass().getName() + " (whose toString threw " + unspeakable.getClass().getName() + ")";
        }
    }

    private static TaskTimeoutException timedOut(TaskCell<?> task, List<StackTraceElement> stack) {
        long millis = task.terms().timeoutNanos() / 1_000_000;
        List<StackTraceElement> frames = ofTheTask(stack);
        String where = frames.isEmpty() ? "" : ", stuck at " + telling(frames);
        StringBuilder trace = new StringBuilder();
        for (StackTraceElement frame : frames) trace.append("\n    at ").append(frame);
        String attempts = task.attempts() > 1 ? " in each of " + task.attempts() + " attempts" : "";
        return new TaskTimeoutException(
                task.name() + " ran longer than its timeout of " + millis + " ms" + attempts + where
                        + (frames.isEmpty() ? "" : "\n  the task was here:" + trace),
                frames.toArray(new StackTraceElement[0]));
    }

    /** Without what lies below the task, which is ours and says nothing about it. */
    private static List<StackTraceElement> ofTheTask(List<StackTraceElement> stack) {
        for (int i = 0; i < stack.size(); i++) {
            String type = stack.get(i).getClassName();
            if (type.startsWith(Work.class.getName() + "$") || type.equals(TaskCell.class.getName())) return stack.subList(0, i);
        }
        return stack;
    }

    /** The first frame outside the JDK: where a task waits is nearly always a park or a read, which tells nothing. */
    private static StackTraceElement telling(List<StackTraceElement> frames) {
        for (StackTraceElement frame : frames) {
            String module = frame.getModuleName();
            if (module == null || !(module.startsWith("java.") || module.startsWith("jdk."))) return frame;
        }
        return frames.getFirst();
    }

    private static WorkerLostException lost(TaskCell<?> task, Failure.Lost lost) {
        WorkerLoss loss = WorkerLoss.of(task.name(), task.workerName(), lost);
        StringBuilder text = new StringBuilder(task.name());
        text.append(" lost its worker ").append(loss.worker()).append(": ").append(loss.reason());
        loss.exitCode().ifPresent(code -> text.append(", exit code ").append(code));
        loss.signal().ifPresent(signal -> text.append(", killed by ").append(signal));
        text.append("; ").append(advice(loss.progress()));
        if (task.attempts() > 1) text.append("; given up after ").append(task.attempts()).append(" attempts");
        loss.crashLog().ifPresent(log -> text.append("\n  crash log: ").append(log));
        for (String frame : loss.crashFrames()) text.append("\n  native frame: ").append(frame);
        if (!loss.lastOutput().isEmpty()) text.append("\n  its last output:");
        for (String line : loss.lastOutput()) text.append("\n    ").append(line);
        return new WorkerLostException(text.toString(), loss);
    }

    private static String advice(Failure.Progress progress) {
        return switch (progress) {
            case NOT_STARTED -> "the task had not started";
            case MAY_HAVE_RUN -> "the task may have run in part";
            case RAN -> "the task ran, its result is lost";
        };
    }
}
