package dev.pando.internal.process.memory;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker has mapped of the arrays that its tasks see. A mapping is kept when its task has ended, so that the
 * next task that is given the array finds it, until the parent says that the array is over. When there are many, those
 * go that no task has used for the longest time, or else the JVM would be refused a mapping, and end. Used under the
 * lock of {@link BorrowedMemory}.
 */
final class HeldMappings {
    /** More are not kept for tasks to come, however many the system gives: each takes memory of the kernel's. */
    private static final int MOST_KEPT = 1 << 14;

    /** The task that the initializer is, whose arrays last as long as the worker. */
    private static final int INITIALIZER = 0;

    private final long limit;
    private final long kept;
    private final long most;

    /** By loan, the longest unused first. */
    private final Map<Long, Held> held = new LinkedHashMap<>(16, 0.75f, true);

    /** One mapping, and which task was the last to be given it. */
    private static final class Held {
        private final MemoryMapping mapping;
        private int task;

        private Held(MemoryMapping mapping, int task) {
            this.mapping = mapping;
            this.task = task;
        }

        /** Ends the mapping if no task has a right to it any more. */
        private boolean ends(int now) {
            return task != now && task != INITIALIZER && mapping.wasSent() && mapping.tryEnd();
        }
    }

    /** @param limit how many mappings the system lets this process have: the JVM needs some */
    HeldMappings(long limit) {
        this.limit = limit;
        kept = Math.min(MOST_KEPT, limit / 4);
        most = limit - limit / 4;
    }

    /** Ends some mappings of earlier tasks if there are many. Throws if there is no room for one more. */
    void makeRoom(int task) throws IOException {
        if (held.size() < kept) {
            return;
        }
        int tries = held.size() < most ? 2 : held.size(); // two for each new one: so they become fewer
        for (int i = 0; i < tries; i++) {
            Long oldest = held.keySet().iterator().next();
            Held there = held.get(oldest); // it is no longer the oldest now, if it is kept
            if (there != null && there.ends(task)) {
                held.remove(oldest);
            }
        }
        if (held.size() >= most) {
            throw new IOException("a worker may have " + most + " shared arrays mapped at once, and has as many (the"
                    + " system gives a process " + limit + " mappings, vm.max_map_count): pass fewer arrays to one"
                    + " task, or slices of a few large ones, which take one each");
        }
    }

    /** Returns the mapping with a further span; null if there is none. */
    @Nullable
    MemoryMapping retain(long loan, int task) {
        Held there = held.get(loan);
        if (there == null || !there.mapping.retain()) {
            return null;
        }
        there.task = task;
        return there.mapping;
    }

    void add(MemoryMapping mapping, int task) {
        held.put(mapping.whole.loan(), new Held(mapping, task));
    }

    @Nullable
    MemoryMapping remove(long loan) {
        Held there = held.remove(loan);
        return there == null ? null : there.mapping;
    }

    int size() {
        return held.size();
    }
}
