package dev.pando.internal.process.handle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.wire.ProgressPage;
import dev.pando.spi.Failure.Progress;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.PrefetchingHost;
import dev.pando.spi.Seat;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one worker: the run that it is at, and those that were sent ahead. The first was begun before it
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

    @GuardedBy("this")
    private final ArrayDeque<Assignment> given = new ArrayDeque<>();

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

    /** The number of the run that was added last. */
    @GuardedBy("this")
    private int runs;

    @GuardedBy("this")
    private int begun;

    InFlightTasks(WorkerHandle worker) {
        this.worker = worker;
    }

    /** The worker is ready: from now on this is where it notes what it begins. */
    synchronized void opened(Seat seat, @Nullable ProgressPage page) {
        this.seat = seat;
        this.page = page;
    }

    /** It is about to be sent a job that was begun for it; {@code null}: it is dead. */
    synchronized @Nullable Assignment add(Job job, int attempt, TaskPayload payload) {
        if (closed) {
            return null;
        }
        Assignment added = new Assignment(job, attempt, payload, ++runs);
        given.add(added);
        begun++;
        return added;
    }

    /**
     * Prefetches the next job in line for the worker. Returns null if the worker is at rest, or if no job in line may
     * be prefetched.
     */
    synchronized @Nullable Assignment offer(Host host) {
        if (closed || given.isEmpty() || !workerUsesPage || runs + 1 - given.getFirst().run >= ProgressPage.RUNS) {
            return null;
        }
        Job job = host.next();
        if (job == null) {
            return null;
        }
        // gone meanwhile; or it brings shared memory, which is told in order
        if (!(job.packedWork() instanceof TaskPayload payload) || payload.attachments() != null) {
            job.backInLine();
            return null;
        }
        Assignment offered = new Assignment(job, 0, payload, ++runs);
        payload.lies(worker, offered);
        if (!(job instanceof PrefetchingHost.Candidate candidate) || !candidate.ahead()) {
            job.backInLine();
            return null;
        }
        given.add(offered);
        return offered;
    }

    /**
     * What it was given under this number, begun; {@code null}: nothing that it has not answered, or that was taken
     * back.
     */
    synchronized @Nullable Assignment find(int run) {
        for (Assignment one : given) {
            if (one.run != run) {
                continue;
            }
            if (one.isPrefetched()) {
                begin(one);
            }
            return one;
        }
        return null;
    }

    /** What it was given of this job, for this attempt. */
    synchronized @Nullable Assignment find(Job job, int attempt) {
        for (Assignment one : given) {
            if (one.job == job && one.attempt == attempt) {
                return one;
            }
        }
        return null;
    }

    /** It has answered this. Whether that was the last, so that it is at rest. */
    synchronized boolean remove(Assignment answered) {
        workerUsesPage = workerUsesPage || noted(answered.run) != Progress.NOT_STARTED;
        return given.remove(answered) && given.isEmpty();
    }

    /** Finds out whether it has begun this. */
    synchronized void look(Assignment one) {
        if (one.isPrefetched() && given.contains(one) && noted(one.run) != Progress.NOT_STARTED) {
            begin(one);
        }
    }

    /** Finds out what it is at, {@code null} if it is at rest. */
    public synchronized @Nullable Assignment current() {
        Assignment first = given.peek();
        if (first != null) {
            look(first);
        }
        return first;
    }

    /** What came of taking something back. */
    enum TakenBack {
        NO,
        YES,
        /** And now it is at rest. */
        LAST
    }

    synchronized TakenBack takeBack(Assignment one) {
        if (!one.isPrefetched() || !given.contains(one)) {
            return TakenBack.NO;
        }
        if (!claim(one)) {
            begin(one);
            return TakenBack.NO;
        }
        given.remove(one);
        return given.isEmpty() ? TakenBack.LAST : TakenBack.YES;
    }

    /** How many went back in line, and whether the worker is at rest now. */
    record Back(int count, boolean rests) {}

    /** All that it has not begun goes back in line, in its order. */
    synchronized Back takeBackAll(Host host) {
        List<Job> back = new ArrayList<>();
        for (Iterator<Assignment> all = given.iterator(); all.hasNext(); ) {
            Assignment one = all.next();
            if (!one.isPrefetched()) {
                continue;
            }
            if (claim(one)) {
                back.add(one.job);
                all.remove();
            } else {
                begin(one);
            }
        }
        for (Job job : back.reversed()) {
            job.backInLine();
        }
        return new Back(back.size(), !back.isEmpty() && given.isEmpty());
    }

    /**
     * It is dead. What it had not begun is back in line; what it had begun and not answered is for the caller to
     * report.
     */
    synchronized List<Assignment> close(Host host) {
        closed = true;
        takeBackAll(host);
        List<Assignment> left = List.copyOf(given);
        given.clear();
        return left;
    }

    /** Returns the number of the run that was added last, 0 before the first. */
    public synchronized int lastRun() {
        return runs;
    }

    /** How many lie here. */
    public synchronized int size() {
        return given.size();
    }

    /** How many tasks it has begun, as far as is known. */
    synchronized int begun() {
        return begun;
    }

    @GuardedBy("this")
    private void begin(Assignment one) {
        one.attempt = one.job.begin(java.util.Objects.requireNonNull(seat));
        begun++;
    }

    /**
     * Returns whether the parent has the run from now on. Only a worker that means harm makes that file shorter; here
     * and below, it is believed to have begun whatever it has.
     */
    @GuardedBy("this")
    private boolean claim(Assignment one) {
        try {
            return java.util.Objects.requireNonNull(page).take(one.run);
        } catch (UncheckedIOException tornAway) {
            return false;
        }
    }

    /** How far it has come with a run, as far as it has not said so. */
    synchronized Progress noted(int run) {
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
