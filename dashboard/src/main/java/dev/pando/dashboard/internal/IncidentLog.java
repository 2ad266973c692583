package dev.pando.dashboard.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The last incidents of all pools of a dashboard. */
final class IncidentLog {
    private static final int MOST = 200;

    @GuardedBy("this")
    private final ArrayDeque<PoolIncident> incidents = new ArrayDeque<>();

    @GuardedBy("this")
    private long count;

    synchronized void add(int pool, String kind, String subject, String worker, String title, String detail) {
        incidents.addLast(
                new PoolIncident(++count, System.currentTimeMillis(), pool, kind, subject, worker, title, detail));
        if (incidents.size() > MOST) {
            incidents.removeFirst();
        }
    }

    /** Returns them, the newest first. */
    synchronized List<PoolIncident> all() {
        return new ArrayList<>(incidents.reversed());
    }
}
