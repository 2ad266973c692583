package dev.pando.internal.process.schedule;

import java.util.LinkedHashMap;
import java.util.Map;

/** A worker as it really is, unlike what the scheduler knows of it. */
final class WorkerBody {
    final int id;
    final long born;
    boolean ready;
    boolean knownReady;
    boolean toDie;
    boolean dead;
    boolean buried;
    int runs;
    int run;
    int tookRun;
    /** The run that the scheduler knows the worker to be at, 0 for none. */
    int knownRun;

    boolean goes;
    long releasedAt;
    final Map<Integer, Long> stops = new LinkedHashMap<>();

    WorkerBody(int id, long born) {
        this.id = id;
        this.born = born;
    }
}
