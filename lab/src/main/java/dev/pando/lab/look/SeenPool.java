package dev.pando.lab.look;

import java.util.List;
import java.util.Map;

/**
 * A pool of another program at one moment.
 *
 * @param copy which copy of Pando in that program it belongs to
 * @param shared what its tasks share, and actors
 * @param nodes of a cluster
 * @param running the oldest first
 * @param waiting the next one first
 * @param stacks of running tasks by number; empty where they were not asked for
 */
record SeenPool(
        int copy,
        SeenRecord facts,
        List<SeenRecord> workers,
        List<SeenRecord> shared,
        List<SeenRecord> nodes,
        List<SeenRecord> running,
        List<SeenRecord> waiting,
        Map<Long, SeenStack> stacks) {

    String name() {
        return facts.text("name");
    }

    /** Returns the tasks that have ended, however. */
    long done() {
        return facts.number("succeeded") + facts.number("failed") + facts.number("cancelled");
    }

    String key() {
        return copy + "." + facts.number("pool");
    }
}
