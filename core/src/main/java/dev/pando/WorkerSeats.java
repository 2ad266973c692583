package dev.pando;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The seats of a pool's workers: who is here, and what runs. Workers come and go while others read. */
final class WorkerSeats {
    private final Set<PoolSeat> seats = ConcurrentHashMap.newKeySet();
    private final Collection<PoolSeat> view = Collections.unmodifiableSet(seats);

    void add(PoolSeat seat) {
        seats.add(seat);
    }

    void remove(PoolSeat seat) {
        seats.remove(seat);
    }

    /** Returns a live view. */
    Collection<PoolSeat> all() {
        return view;
    }

    int running() {
        int count = 0;
        for (PoolSeat seat : seats) if (seat.running != null) count++;
        return count;
    }

    /** Asks every running task to stop. */
    void interruptRunning() {
        for (PoolSeat seat : seats) seat.interrupt();
    }

    /** Cancels every running task, and those whose answers are on their way. */
    void cancelRunning() {
        for (PoolSeat seat : seats) {
            TaskCell<?> running = seat.running;
            if (running != null) running.cancel(true);
            for (TaskCell<?> done : seat.answering) done.cancel(true);
        }
    }

    /** Returns a sentence for each task that still runs: which, where, and at which line. */
    List<String> stillRunning() {
        List<String> lines = new ArrayList<>();
        for (PoolSeat seat : seats) {
            TaskCell<?> task = seat.running;
            if (task == null) continue;
            StackTraceElement[] stack = seat.thread == null ? new StackTraceElement[0] : seat.thread.getStackTrace();
            String where = stack.length == 0 ? "" : " at " + stack[0];
            lines.add(task.name() + " ignores its interruption on " + seat.worker() + where);
        }
        return lines;
    }

    /** Returns the names of the workers that are here and run nothing. */
    List<String> atRest() {
        List<String> names = new ArrayList<>();
        for (PoolSeat seat : seats) if (seat.running == null) names.add(seat.worker());
        return names;
    }
}
