package dev.pando.internal.shared;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one worker process has of the constructs of a pool, or all threads of the program have: its calls that wait, and
 * what it holds. Guarded by the lock of the table.
 */
public final class OwnerBook {
    private final String worker;
    final Set<SharedCall> waiting = new LinkedHashSet<>();
    final Set<OwnerHolding> holdings = new LinkedHashSet<>();

    /** Set when the worker has died: calls that it sent before are not heard. */
    boolean closed;

    /** @param worker its name; empty: the book of the threads of this program */
    public OwnerBook(String worker) {
        this.worker = worker;
    }

    String worker() {
        return worker;
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
