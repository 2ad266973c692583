package dev.pando.internal.process.handle;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.wire.ProgressPage;
import dev.pando.internal.util.MemoryPause;
import dev.pando.spi.Failure;
import dev.pando.spi.Failure.Progress;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.PrefetchingHost;
import dev.pando.spi.Seat;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one worker: the run that it is at, and the runs that were sent ahead. The first was begun before it
 * was sent; which side has the others is decided on the {@link ProgressPage}, and looked up here by the thread that
 * asks first.
 *
 * <pre>
 *   [ k, attempt 1 ] [ k+1, attempt 0 ] [ k+2, attempt 0 ] ...
 *     at work or over   the worker's, once it has begun it on the page; the parent's, once it has taken it there
 * </pre>
 *
 * <p>A job is begun and put back under the lock, so that no thread sees one that is neither in the queue nor here;
 * nothing else of the pool is called, and nothing is sent. The thread that takes the last task tells the scheduler.
 */
public final class InFlightTasks {
    private final WorkerHandle worker;

    /** The oldest, and through it the others: neither to add nor to take back one needs memory. */
    @GuardedBy("this")
    private @Nullable Assignment first;

    @GuardedBy("this")
    private @Nullable Assignment last;

    @GuardedBy("this")
    private int size;

    @GuardedBy("this")
    private @Nullable ProgressPage page;

    @GuardedBy("this")
    private @Nullable Seat seat;

    /**
     * The worker has been seen to write on the progress page: from then on it looks there before it begins, and runs
     * may be sent ahead.
     */
    @GuardedBy("this")
    private boolean workerUsesPage;

    @GuardedBy("this")
    private boolean closed;

    @GuardedBy("this")
    private int lastRun;

    @GuardedBy("this")
    private int begun;

    InFlightTasks(WorkerHandle worker) {
        this.worker = worker;
    }

    /** The worker is ready: from now on it notes on this page which runs it begins. */
    synchronized void open(Seat seat, @Nullable ProgressPage page) {
        this.seat = seat;
        this.page = page;
    }

    /** Adds a job that was begun for the worker and is sent next. Returns null if the worker is dead. */
    @CheckReturnValue
    synchronized @Nullable Assignment add(Job job, int attempt, TaskPayload payload) {
        if (closed) {
            return null;
        }
        Assignment added = new Assignment(job, attempt, payload, lastRun + 1, worker.prefetch.since());
        lastRun++;
        append(added);
        begun++;
        return added;
    }

    /**
     * Prefetches the next job of the queue for the worker. Returns null if the worker is at rest, or if no job of the
     * queue may be prefetched.
     */
    @CheckReturnValue
    synchronized @Nullable Assignment offer(Host host) {
        Assignment oldest = first;
        if (closed || oldest == null || !workerUsesPage || lastRun + 1 - oldest.run >= ProgressPage.RUNS) {
            return null;
        }
        Job job = host.next();
        if (job == null) {
            return null;
        }
        // gone meanwhile; or a task with shared memory, whose messages keep their order
        if (!(job.packedWork() instanceof TaskPayload payload) || payload.attachments() != null) {
            job.backInLine();
            return null;
        }
        Assignment offered;
        try {
            offered = new Assignment(job, 0, payload, lastRun + 1, worker.prefetch.since());
        } catch (OutOfMemoryError noMemory) {
            job.backInLine();
            throw noMemory;
        }
        lastRun++;
        payload.placeAt(worker, offered);
        if (!(job instanceof PrefetchingHost.Candidate candidate) || !candidate.ahead()) {
            job.backInLine();
            return null;
        }
        append(offered);
        return offered;
    }

    /**
     * Returns the begun assignment of this run. Returns null if the worker never had it, has answered it, or lost it
     * because it was taken back.
     */
    synchronized @Nullable Assignment find(int run) {
        Assignment one = at(run);
        if (one != null && one.isPrefetched()) {
            begin(one);
        }
        return one;
    }

    /** Returns the assignment of this run, begun or not. Returns null if it is not here. */
    synchronized @Nullable Assignment at(int run) {
        Assignment one = first;
        while (one != null && one.run != run) {
            one = one.next;
        }
        return one;
    }

    /** Returns the assignment of this attempt, or null. */
    synchronized @Nullable Assignment find(Job job, int attempt) {
        for (Assignment one = first; one != null; one = one.next) {
            if (one.job == job && one.attempt == attempt) {
                return one;
            }
        }
        return null;
    }

    /** Removes a run that the worker has answered. Returns whether that was the last, so that the worker is at rest. */
    @CheckReturnValue
    synchronized boolean remove(Assignment answered) {
        workerUsesPage = workerUsesPage || progressOnPage(answered.run) != Progress.NOT_STARTED;
        return unlink(answered) && first == null;
    }

    /** Finds out whether the worker has begun this run. */
    synchronized void look(Assignment one) {
        if (one.isPrefetched() && isHere(one) && progressOnPage(one.run) != Progress.NOT_STARTED) {
            begin(one);
        }
    }

    /** Returns what the worker is at, null if it is at rest. */
    public synchronized @Nullable Assignment current() {
        Assignment oldest = first;
        if (oldest != null) {
            look(oldest);
        }
        return oldest;
    }

    /** Whether a run was taken back. */
    enum TakenBack {
        NO,
        YES,
        /** Taken back, and the worker is at rest now. */
        LAST
    }

    @CheckReturnValue
    synchronized TakenBack takeBack(Assignment one) {
        if (!one.isPrefetched() || !isHere(one)) {
            return TakenBack.NO;
        }
        if (!claim(one)) {
            begin(one);
            return TakenBack.NO;
        }
        unlink(one);
        return first == null ? TakenBack.LAST : TakenBack.YES;
    }

    /**
     * Puts all that the worker has not begun back into the queue, in its order. Returns how many those are; the
     * negative of that if the worker is at rest now.
     */
    @CheckReturnValue
    synchronized int takeBackAll(Host host) {
        Assignment back = null;
        int count = 0;
        for (Assignment one = first; one != null; ) {
            Assignment next = one.next;
            if (one.isPrefetched()) {
                if (claim(one)) {
                    unlink(one);
                    one.next = back; // the last one first
                    back = one;
                    count++;
                } else {
                    begin(one);
                }
            }
            one = next;
        }
        while (back != null) {
            Assignment next = back.next;
            back.next = null;
            back.job.backInLine();
            back = next;
        }
        return first == null ? -count : count;
    }

    /**
     * Ends the list of a dead worker; to be called again if no memory is there to list what is left. What it had
     * not begun is back in the queue. Returns what it had begun and not answered, which the caller has to report.
     */
    @CheckReturnValue
    synchronized List<Assignment> close(Host host) {
        closed = true;
        var _ = takeBackAll(host);
        List<Assignment> left = new ArrayList<>(size);
        for (Assignment one = first; one != null; one = one.next) {
            left.add(one);
        }
        first = null;
        last = null;
        size = 0;
        return left;
    }

    /** Returns the number of the run that was added last, 0 before the first. */
    public synchronized int lastRun() {
        return lastRun;
    }

    /** Returns how many runs the worker has not answered, those ahead included. */
    public synchronized int size() {
        return size;
    }

    /** Returns how many tasks the worker has begun, as far as is known. */
    synchronized int begunTasks() {
        return begun;
    }

    @GuardedBy("this")
    private void append(Assignment added) {
        if (last == null) {
            first = added;
        } else {
            last.next = added;
        }
        last = added;
        size++;
    }

    /** Returns false if it is not here. */
    @GuardedBy("this")
    @CanIgnoreReturnValue
    private boolean unlink(Assignment gone) {
        Assignment before = null;
        Assignment one = first;
        while (one != null && one != gone) {
            before = one;
            one = one.next;
        }
        if (one == null) {
            return false;
        }
        if (before == null) {
            first = gone.next;
        } else {
            before.next = gone.next;
        }
        if (last == gone) {
            last = before;
        }
        gone.next = null;
        size--;
        return true;
    }

    @GuardedBy("this")
    private boolean isHere(Assignment wanted) {
        return at(wanted.run) == wanted;
    }

    @GuardedBy("this")
    private void begin(Assignment one) {
        one.attempt = one.job.begin(java.util.Objects.requireNonNull(seat));
        begun++;
    }

    /**
     * Returns whether the parent has the run from now on. Only a worker that means harm makes that file shorter; here
     * and below, such a worker is taken to have begun the run.
     */
    @GuardedBy("this")
    private boolean claim(Assignment one) {
        while (true) {
            try {
                return java.util.Objects.requireNonNull(page).take(one.run);
            } catch (UncheckedIOException tornAway) {
                return false;
            } catch (OutOfMemoryError noMemory) { // the page may say already that the parent has it
                MemoryPause.rest();
            }
        }
    }

    /** Returns at which step of a run the worker is, as the page says, or that this is not known. */
    synchronized int stepOnPage(int run) {
        try {
            return page == null ? Failure.Lost.UNKNOWN : page.step(run);
        } catch (UncheckedIOException tornAway) {
            return Failure.Lost.UNKNOWN;
        }
    }

    /** Returns how far the worker has come with a run, as the page says, which may be ahead of its messages. */
    synchronized Progress progressOnPage(int run) {
        if (page == null) {
            return Progress.NOT_STARTED;
        }
        try {
            return page.progress(run);
        } catch (UncheckedIOException tornAway) {
            return Progress.MAY_HAVE_RUN;
        }
    }
}
