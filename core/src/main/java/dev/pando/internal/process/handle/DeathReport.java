package dev.pando.internal.process.handle;

import dev.pando.internal.process.os.CrashLog;
import dev.pando.internal.process.output.OutputReader;
import dev.pando.spi.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out how a worker died. The exit code tells how, never whether. */
final class DeathReport {
    /**
     * The lines that a user sees in the message of an exception: a screen of it, of the more that
     * {@link OutputReader#last} has.
     */
    private static final int LINES_IN_MESSAGE = 20;

    /** Upon the first three a JVM ends as if by System.exit; the last may hit one that was about to leave. */
    private static final Set<String> ENDINGS = Set.of("SIGHUP", "SIGINT", "SIGTERM", "SIGKILL");

    private DeathReport() {}

    /** Returns the reason in words, which go on where "it lost its worker io-3: " ends. */
    static String reason(WorkerHandle worker, @Nullable String failure) {
        String killed = worker.whyKilled();
        if (killed != null) {
            return killed;
        }
        if (failure != null) {
            return failure;
        }
        Integer code = exitCode(worker);
        if (code == null) {
            return "it was never started";
        }
        Optional<String> signal = worker.services.os().signal(code);
        if (worker.seat == null) {
            return unready(worker, code, signal);
        }
        if (worker.departing && !signal.filter(ENDINGS::contains).isPresent()) {
            return "something in it called System.exit";
        }
        if (signal.isEmpty()) {
            return "it ended without a word, as by Runtime.halt or a native exit";
        }
        String byItself = worker.departing ? ", or something in it called System.exit" : ", or it exited by itself";
        String orExited = isCertain(worker) ? "" : byItself;
        return switch (signal.get()) {
            case "SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE" ->
                "it crashed in native code" + crash(worker) + orExited;
            case "SIGKILL" -> "it was killed from outside" + byTheKernel(worker) + orExited;
            default -> "it was killed from outside" + orExited;
        };
    }

    /**
     * Returns whether an exit code that may stand for a signal does. Java tells the exit code 137 and the end by
     * SIGKILL alike.
     */
    private static boolean isCertain(WorkerHandle worker) {
        return worker.whyKilled() != null
                || !crash(worker).isEmpty()
                || !byTheKernel(worker).isEmpty();
    }

    /** Returns what the crash log says happened, empty if there is none. */
    private static String crash(WorkerHandle worker) {
        Path log = crashLog(worker);
        String signal = log == null ? null : CrashLog.signal(log.toFile());
        if (log == null || signal == null) {
            return "";
        }
        List<String> frames = CrashLog.frames(log.toFile());
        return ": " + signal + (frames.isEmpty() ? "" : CrashLog.place(frames.getFirst()));
    }

    private static @Nullable Path crashLog(WorkerHandle worker) {
        WorkerHandle.Running running = worker.running;
        return running == null
                ? null
                : worker.services.launcher().crashLog(running.process().pid());
    }

    /** Quotes what the worker printed, the only evidence: the JVM's complaint about a flag, a class that is missing. */
    private static String unready(WorkerHandle worker, int code, Optional<String> signal) {
        WorkerHandle.Running running = java.util.Objects.requireNonNull(worker.running);
        List<String> words = running.output().last("");
        String initializer = worker.services.initializer() == null ? "something in it" : "its initializer";
        return "a worker ended before it was ready, "
                + signal.map(name -> "killed by " + name + (isCertain(worker) ? "" : " or exit code " + code))
                        .orElse("exit code " + code)
                + (worker.departing ? ", because " + initializer + " called System.exit" : "")
                + (words.isEmpty() ? " and without a word" : ", and said:\n    " + String.join("\n    ", words));
    }

    static Failure.Death of(WorkerHandle worker, String task, String reason) {
        Integer code = exitCode(worker);
        String signal = code == null ? null : worker.services.os().signal(code).orElse(null);
        WorkerHandle.Running running = worker.running;
        Path log = crashLog(worker);
        String crashedBy = log == null ? null : CrashLog.signal(log.toFile());
        return new Failure.Death(
                reason,
                signal != null && isCertain(worker) ? null : code,
                signal != null && crashedBy != null ? crashedBy : signal,
                running == null ? List.of() : words(running.output().last(task), log != null),
                log,
                log == null ? List.of() : CrashLog.frames(log.toFile()),
                worker.resident,
                worker.tasks(),
                System.nanoTime() - worker.bornNanos);
    }

    /** What the JVM prints about its own crash is in the log; it must not push out what the task said last. */
    private static List<String> words(List<String> lines, boolean crashed) {
        List<String> kept =
                crashed ? lines.stream().filter(line -> !line.startsWith("#")).toList() : lines;
        return kept.subList(Math.max(0, kept.size() - LINES_IN_MESSAGE), kept.size());
    }

    private static String byTheKernel(WorkerHandle worker) {
        OptionalLong now = worker.services.os().oomKills();
        long before = worker.services.launcher().oomKillsBefore();
        return now.isPresent() && before >= 0 && now.getAsLong() > before
                ? ": the kernel has killed " + (now.getAsLong() - before)
                        + " process(es) here since the pool began, for want of memory"
                : "";
    }

    private static @Nullable Integer exitCode(WorkerHandle worker) {
        WorkerHandle.Running running = worker.running;
        return running == null || running.process().isAlive()
                ? null
                : running.process().exitValue();
    }
}
