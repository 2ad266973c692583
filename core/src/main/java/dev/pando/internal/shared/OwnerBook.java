package dev.pando.internal.shared;

import dev.pando.internal.process.wire.LockPage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one worker process has of the constructs of a pool, or all threads of the program have: its calls that wait, and
 * what it holds. Guarded by the lock of the table.
 */
public final class OwnerBook {
    private final String worker;
    private final @Nullable TaskRuns runs;
    final Set<SharedCall> waiting = new LinkedHashSet<>();
    final Set<OwnerHolding> holdings = new LinkedHashSet<>();

    /** What the worker was shown, and so may have without having asked. */
    final Set<WordKeeper> shown = new LinkedHashSet<>();

    /** By which number words name the worker; 0: it was not shown any. */
    int number;

    /** The last run that is known to have ended. A worker runs one task after the other, in the order of runs. */
    private int ended;

    /** Set when the worker has died: calls that it sent before are not heard. */
    boolean closed;

    /** @param worker its name; empty: the book of the threads of this program */
    public OwnerBook(String worker) {
        this(worker, null);
    }

    /** @param runs the runs of the worker; {@code null}: no word can name it */
    public OwnerBook(String worker, @Nullable TaskRuns runs) {
        this.worker = worker;
        this.runs = runs;
    }

    String worker() {
        return worker;
    }

    /** Returns the owner of what this thread does for this run. */
    CallOwner owner(int run, long thread) {
        return new CallOwner(this, run, thread, runs == null ? "a task" : runs.name(run));
    }

    /** Returns what the program accepts of what this run sends. Returns {@code null} if that is not known. */
    @Nullable
    Object policy(int run) {
        return runs == null ? null : runs.policy(run);
    }

    /** Returns the run that has these last bits, 0 if there is none that has not ended. */
    int runOf(int bits) {
        int last = runs == null ? 0 : runs.last();
        int run = last - ((last - bits) & LockPage.RUN_BITS);
        return run > ended ? run : 0;
    }

    /** This run has ended, or all have: 0. What words name of it is in {@link #holdings} from here on. */
    void seizeWords(int run) {
        for (WordKeeper word : List.copyOf(shown)) { // a queue leaves the set then
            word.seizeFrom(number, run);
        }
        ended = Math.max(ended, run);
    }

    /** Returns the waiting calls of this run, 0 for all. */
    List<SharedCall> waitingOf(int run) {
        List<SharedCall> found = new ArrayList<>();
        for (SharedCall call : waiting) {
            if (run == 0 || call.owner.run() == run) {
                found.add(call);
            }
        }
        return found;
    }

    /** Returns what this run holds, 0 for all. */
    List<OwnerHolding> holdingsOf(int run) {
        List<OwnerHolding> found = new ArrayList<>();
        for (OwnerHolding holding : holdings) {
            if (run == 0 || holding.owner.run() == run) {
                found.add(holding);
            }
        }
        return found;
    }
}
