package dev.pando.dashboard.internal;

import dev.pando.DeadlockException;
import dev.pando.PoolException;
import dev.pando.TaskTimeoutException;
import dev.pando.WorkerLoss;
import dev.pando.WorkerLostException;
import java.util.StringJoiner;

/** What went wrong, in words. */
final class IncidentText {
    /** A screen of it. */
    private static final int FRAMES = 40;

    private static final int LONGEST_TITLE = 300;
    private static final int LONGEST_DETAIL = 8_000;

    private IncidentText() {}

    static String kind(Throwable thrown) {
        if (thrown instanceof TaskTimeoutException) {
            return "timeout";
        }
        if (thrown instanceof WorkerLostException) {
            return "lost";
        }
        return thrown instanceof DeadlockException ? "deadlock" : "failed";
    }

    /** Returns the first line of what was thrown. */
    static String title(Throwable thrown) {
        return cut(said(thrown).lines().findFirst().orElse(""), LONGEST_TITLE);
    }

    /** An exception of the program's own may throw when it is asked. */
    private static String said(Throwable thrown) {
        try {
            return String.valueOf(thrown);
        } catch (Throwable unspeakable) {
            return thrown.getClass().getName();
        }
    }

    /** What the pool itself has thrown says where the task was, and its own stack is no one's. */
    static String detail(Throwable thrown) {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(said(thrown));
        StackTraceElement[] frames =
                thrown instanceof PoolException ? new StackTraceElement[0] : thrown.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
            lines.add("    at " + frames[i]);
        }
        return cut(lines.toString(), LONGEST_DETAIL);
    }

    /** Returns the whole certificate. */
    static String detail(WorkerLoss loss) {
        StringJoiner lines = new StringJoiner("\n");
        lines.add("worker: " + loss.worker());
        lines.add("reason: " + loss.reason());
        lines.add("task: " + (loss.task().isEmpty() ? "none" : loss.task() + " (" + loss.progress() + ")"));
        loss.signal().ifPresent(signal -> lines.add("signal: " + signal));
        loss.exitCode().ifPresent(code -> lines.add("exit code: " + code));
        loss.tasksRun().ifPresent(tasks -> lines.add("tasks begun: " + tasks));
        lines.add("age: " + loss.workerAge().toMillis() + " ms");
        loss.residentBytes().ifPresent(bytes -> lines.add("memory at the last look: " + (bytes >> 20) + " MiB"));
        loss.crashLog().ifPresent(log -> lines.add("crash log: " + log));
        loss.crashFrames().forEach(frame -> lines.add("native frame: " + frame));
        if (!loss.lastOutput().isEmpty()) {
            lines.add("last output:");
            loss.lastOutput().forEach(line -> lines.add("    " + line));
        }
        return cut(lines.toString(), LONGEST_DETAIL);
    }

    static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + " ...";
    }
}
