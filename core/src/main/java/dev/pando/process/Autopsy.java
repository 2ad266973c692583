package dev.pando.process;

import dev.pando.process.os.CrashLog;
import dev.pando.spi.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out how a worker died. The exit code tells how, never whether. */
final class Autopsy {
    /** The lines that a user sees in the message of an exception: a screen of it, of the more that {@link Drain#last} has. */
    private static final int LINES_IN_MESSAGE = 20;

    /** Upon the first three a JVM ends as if by System.exit; the last may hit one that was about to leave. */
    private static final Set<String> ENDINGS = Set.of("SIGHUP", "SIGINT", "SIGTERM", "SIGKILL");

    private Autopsy() {}

    /** In words; goes on where "it lost its worker io-3: " ends. */
    static String reason(Hand hand, @Nullable String failure) {
        String killed = hand.whyKilled();
        if (killed != null) return killed;
        if (failure != null) return failure;
        Integer code = exitCode(hand);
        if (code == null) return "it was never started";
        Optional<String> signal = hand.services.os().signal(code);
        if (hand.seat == null) return unready(hand, code, signal);
        if (hand.departing && !signal.filter(ENDINGS::contains).isPresent()) return "something in it called System.exit";
        if (signal.isEmpty()) return "it ended without a word, as by Runtime.halt or a native exit";
        return switch (signal.get()) {
            case "SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE" -> "it crashed in native code";
            case "SIGKILL" -> "it was killed from outside" + byTheKernel(hand);
            default -> "it was killed from outside";
        };
    }

    /** What it printed is all that there is to go by: the JVM's own complaint about a flag, a class that is missing. */
    private static String unready(Hand hand, int code, Optional<String> signal) {
        Hand.Running running = java.util.Objects.requireNonNull(hand.running);
        List<String> words = running.drain().last("");
        return "a worker ended before it was ready, " + signal.map(name -> "killed by " + name).orElse("exit code " + code)
                + (words.isEmpty() ? " and without a word" : ", and said:\n    " + String.join("\n    ", words));
    }

    static Failure.Death of(Hand hand, String task, String reason) {
        Integer code = exitCode(hand);
        String signal = code == null ? null : hand.services.os().signal(code).orElse(null);
        Hand.Running running = hand.running;
        Path log = running == null ? null : hand.services.launcher().crashLog(running.process().pid());
        return new Failure.Death(
                reason,
                signal == null ? code : null,
                signal,
                running == null ? List.of() : words(running.drain().last(task), log != null),
                log,
                log == null ? List.of() : CrashLog.frames(log.toFile()),
                hand.resident,
                hand.tasks(),
                System.nanoTime() - hand.bornNanos);
    }

    /** What the JVM prints about its own crash is in the log; it must not push out what the task said last. */
    private static List<String> words(List<String> lines, boolean crashed) {
        List<String> told = crashed ? lines.stream().filter(line -> !line.startsWith("#")).toList() : lines;
        return told.subList(Math.max(0, told.size() - LINES_IN_MESSAGE), told.size());
    }

    private static String byTheKernel(Hand hand) {
        OptionalLong now = hand.services.os().oomKills();
        long before = hand.services.oomKillsBefore();
        return now.isPresent() && before >= 0 && now.getAsLong() > before
                ? ": the kernel has killed " + (now.getAsLong() - before) + " process(es) here since the pool began, for want of memory"
                : "";
    }

    private static @Nullable Integer exitCode(Hand hand) {
        Hand.Running running = hand.running;
        return running == null || running.process().isAlive() ? null : running.process().exitValue();
    }
}
