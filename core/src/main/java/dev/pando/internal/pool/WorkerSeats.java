package dev.pando.internal.pool;

import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.WorkerSeat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The seats of a pool's workers: which workers are here, and what they run. Workers come and go while others read. */
final class WorkerSeats {
    private final SeatTable seats = new SeatTable();

    /** Returns the seat, which is here from now on, or else its thread sits there no longer. */
    WorkerSeat added(WorkerSeat seat) {
        try {
            seats.put(seat);
            return seat;
        } catch (OutOfMemoryError noRoom) {
            seat.leave();
            throw noRoom;
        }
    }

    void remove(WorkerSeat seat) {
        try {
            seats.take(seat);
        } catch (OutOfMemoryError uncounted) {
            // it is removed: the map has only failed to count that
        }
    }

    int count() {
        return seats.size();
    }

    /** Returns a live view. */
    Collection<WorkerSeat> all() {
        return seats;
    }

    int running() {
        int count = 0;
        for (WorkerSeat seat : seats) {
            if (seat.running != null) {
                count++;
            }
        }
        return count;
    }

    /**
     * Returns how many workers of the pool's width have a task. Returns -1 while a worker has taken a task that still
     * counts as waiting: the next look, a few instructions later, can tell.
     */
    long occupied() {
        long count = 0;
        for (WorkerSeat seat : seats) {
            if (seat.running == null || !seat.serves()) {
                continue;
            }
            if (!seat.isCountedOut()) {
                return -1;
            }
            count++;
        }
        return count;
    }

    /** Asks every running task to stop. */
    void interruptRunning() {
        for (WorkerSeat seat : seats) {
            seat.interrupt();
        }
    }

    /** Cancels every running task, and those whose answers are on their way. */
    void cancelRunning() {
        for (WorkerSeat seat : seats) {
            TaskCell<?> running = seat.running;
            if (running != null) {
                running.cancel(true);
            }
            for (TaskCell<?> done : seat.answering) {
                done.cancel(true);
            }
        }
    }

    /** Returns a sentence for each task that still runs: which, where, and at which line. */
    List<String> stillRunning() {
        List<String> sentences = new ArrayList<>();
        for (WorkerSeat seat : seats) {
            TaskCell<?> task = seat.running;
            if (task == null) {
                continue;
            }
            StackTraceElement[] stack = seat.thread == null ? new StackTraceElement[0] : seat.thread.getStackTrace();
            String where = stack.length == 0 ? "" : " at " + stack[0];
            sentences.add(task.name() + " ignores its interruption on " + seat.worker() + where);
        }
        return sentences;
    }

    /** Returns the names of the workers that are here and run nothing. */
    List<String> atRest() {
        List<String> names = new ArrayList<>();
        for (WorkerSeat seat : seats) {
            if (seat.running == null) {
                names.add(seat.worker());
            }
        }
        return names;
    }
}
