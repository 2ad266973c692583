package dev.pando.lab.advise;

/** What a call mostly does, which decides the kinds of workers that are tried at all. */
public enum WorkKind {
    /** The call keeps a processor busy: more workers than processors only take turns. */
    COMPUTES("computes"),
    /** The call leaves the processor idle: many calls can wait at a time. */
    WAITS("waits"),
    /** The call does both, each for a fifth of its time at least. */
    MIXED("computes and waits"),
    /** Calls wait for each other, for a lock say: more workers of one JVM change nothing. */
    TAKES_TURNS("takes turns"),
    /** The measurements do not say. */
    UNKNOWN("cannot be told");

    /** Below this share of waiting a call computes, and above the rest of it a call waits. */
    private static final double A_FIFTH = 0.2;

    private final String title;

    WorkKind(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** Returns the kind of a call that is alone, by the part of its own time in which it waits. */
    static WorkKind byShare(double waitShare) {
        if (waitShare < A_FIFTH) {
            return COMPUTES;
        }
        return waitShare > 1 - A_FIFTH ? WAITS : MIXED;
    }

    /** Returns whether virtual threads are worth a trial. */
    boolean suitsVirtual() {
        return this == WAITS || this == MIXED;
    }

    /** Returns the most threads that are worth a trial, for a number that theory calls the best. */
    int mostThreads(int theory, int cpus, int most) {
        return switch (this) {
            // Beside other programs more threads get more turns, and look faster; this is the others' loss.
            case COMPUTES -> Math.min(most, cpus + 1);
            case WAITS -> most;
            case MIXED -> Math.min(most, 4 * theory);
            case TAKES_TURNS, UNKNOWN -> 1;
        };
    }

    /** Returns what to take where no measurement of rates can be trusted. */
    WorkerCandidate byTheory(int theory) {
        return switch (this) {
            case COMPUTES, MIXED -> new WorkerCandidate(WorkerKind.THREADS, theory);
            case WAITS -> new WorkerCandidate(WorkerKind.VIRTUAL, 0);
            case TAKES_TURNS, UNKNOWN -> new WorkerCandidate(WorkerKind.CALLER, 1);
        };
    }
}
