package dev.pando.micrometer;

import dev.pando.WorkerLoss;
import java.util.Optional;
import java.util.Set;

/** Why a worker died, as the value of a tag: few values, because each of them is a time series. */
enum DeathReason {
    /** A crash in native code. */
    CRASH,
    /** Above the memory that it may hold, or killed by the kernel for want of memory. */
    MEMORY,
    /** A task that was to be stopped, and was not in time. */
    UNRESPONSIVE,
    /** Something in it called {@code System.exit} or {@code halt}. */
    EXIT,
    /** A signal from outside. */
    KILLED,
    OTHER;

    private static final Set<String> CRASHES = Set.of("SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE");

    /** The sentences are those of the death certificate, which {@code DeathReasonTest} gets from real deaths. */
    static DeathReason of(String reason, Optional<WorkerLoss> loss) {
        if (reason.contains("of memory")) {
            return MEMORY;
        }
        if (reason.contains("did not give up its task")) {
            return UNRESPONSIVE;
        }
        if (loss.flatMap(WorkerLoss::signal).filter(CRASHES::contains).isPresent()) {
            return CRASH;
        }
        if (reason.startsWith("something in it called System.exit") || reason.contains("Runtime.halt")) {
            return EXIT;
        }
        return reason.startsWith("it was killed from outside") ? KILLED : OTHER;
    }

    String tag() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
