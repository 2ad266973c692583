package dev.pando.internal.process.wire;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.pando.spi.Failure.Progress;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far a worker has come with what it was sent, written where both see it at once and where it outlives the worker.
 * No message is needed before it matters: when the worker has died, the parent reads here what {@code Began} and
 * {@code Ended} would have said, each of which wakes a reader; and a run that was sent ahead of its turn is had by the
 * side that says so first.
 *
 * <pre>
 *   the worker's word   (an earlier run) ──► ABOUT ──► BEGUN ──► ENDED        begin, ended
 *   the parent's word   (an earlier run) ──► WANTED ─► TAKEN                  take: the worker was not ABOUT to
 *                                               └────► LEFT                   take: it was, or had begun
 * </pre>
 *
 * <p>Each writes its own word and then looks at the other's, so never do both go on: if the parent finds that the
 * worker is not even ABOUT to begin, the worker will find the run WANTED. Where the two meet in the same moment the
 * parent decides, because the parent never waits: it answers a thread of the user's, and the worker may be stopped just
 * there. The worker waits for the two instructions in which the parent does so; if the parent is stopped there, the
 * worker's result would wait as well. If the parent dies there, its memory is lent no longer, and that ends the wait.
 *
 * <p>While a run is BEGUN, the worker's word also says at which step of the run the worker is, if the run has steps.
 *
 * <p>Words say which run they speak of, and serve a later one once so many have come in between. A run is sent only
 * while all that were not answered are near enough (see {@link #RUNS}), so a side that finds a later one TAKEN knows
 * that its own was.
 */
public final class ProgressPage {
    /** The size of the memory in which it stands: one page of a usual kernel, since less takes as much. */
    public static final int BYTES = 4096;

    /** How many runs can be told apart, counted from the first that was not answered. */
    public static final int RUNS = BYTES / (2 * Long.BYTES);

    /** How often the worker looks for the parent's decision before it rests between two looks. */
    private static final int LOOKS_WITHOUT_REST = 200;

    /** The parent's thread may have lost its processor: shorter, the worker would keep it from getting that back. */
    private static final long REST_NANOS = 50_000;

    private static final int ABOUT = 0;
    private static final int BEGUN = 1;
    private static final int ENDED = 2;
    private static final int WANTED = 1;
    private static final int TAKEN = 2;
    private static final int LEFT = 3;

    /** The bits below hold the run and how far it is, the bits from here on its step, counted from 1. */
    private static final int STEP_SHIFT = 34;

    private static final long WITHOUT_STEP = (1L << STEP_SHIFT) - 1;
    private static final int MOST_STEPS = (1 << (Long.SIZE - STEP_SHIFT - 1)) - 1;

    /** How often the worker rests before it asks again whether the parent is there: about a millisecond. */
    private static final int RESTS_BETWEEN_QUESTIONS = 20;

    private final SharedWords words;

    /** Whether the parent still lends the memory. {@code null}: this is the parent's view. */
    private final @Nullable BooleanSupplier isLent;

    /**
     * The parent's.
     *
     * @param words zeros at first, the same for both sides
     */
    public ProgressPage(SharedWords words) {
        this(words, null);
    }

    /**
     * The worker's.
     *
     * @param isLent whether the parent is there, and lends the memory
     */
    public ProgressPage(SharedWords words, @Nullable BooleanSupplier isLent) {
        this.words = words;
        this.isLent = isLent;
    }

    /**
     * The parent's: what was sent is not to be begun. {@code false}: it has been, or will be. One thread at a time; if
     * an error keeps the caller from learning the answer, the next call gives the same.
     */
    @CheckReturnValue
    public boolean take(int run) {
        long before = words.get(parents(run));
        if (before < word(run, TAKEN)) {
            words.set(parents(run), word(run, WANTED));
            before = word(run, seen(run) >>> 2 == run ? LEFT : TAKEN);
            words.set(parents(run), before);
        }
        return before == word(run, TAKEN);
    }

    /** The worker's: it is about to be unpacked. {@code false}: the parent has taken it. */
    @CheckReturnValue
    public boolean begin(int run) {
        if (parent(run) >= word(run, WANTED)) { // the parent cannot find the worker ABOUT to begin it any more
            return false;
        }
        note(run, ABOUT);
        if (isTakenNow(run)) {
            return false;
        }
        note(run, BEGUN); // before whatever the task does next, which may be the worker's end
        return true;
    }

    private boolean isTakenNow(int run) {
        long seen = parent(run);
        for (int looks = 0; seen == word(run, WANTED); looks++) {
            if (looks < LOOKS_WITHOUT_REST) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, REST_NANOS);
                if (looks % RESTS_BETWEEN_QUESTIONS == 0 && isLent != null && !isLent.getAsBoolean()) {
                    return true; // the worker reads on, and finds that the parent is gone
                }
            }
            seen = parent(run);
        }
        return seen > word(run, WANTED) && seen != word(run, LEFT);
    }

    /** The worker's: it has returned, and its value is about to be packed. */
    public void ended(int run) {
        note(run, ENDED);
    }

    /** The worker's: it is about to take this step of the run that it has begun. */
    public void step(int run, int step) {
        if (step < MOST_STEPS) {
            words.setSoon(workers(run), (step + 1L) << STEP_SHIFT | word(run, BEGUN));
        }
    }

    /** Returns the step at which the worker is with this run, -1 if that is not known. */
    public int step(int run) {
        long seen = words.get(workers(run));
        return (seen & WITHOUT_STEP) == word(run, BEGUN) ? (int) (seen >>> STEP_SHIFT) - 1 : -1;
    }

    /** How far the worker came with this run. */
    public Progress progress(int run) {
        long seen = seen(run);
        if (seen == word(run, BEGUN)) {
            return Progress.MAY_HAVE_RUN;
        }
        return seen == word(run, ENDED) ? Progress.RAN : Progress.NOT_STARTED;
    }

    private long seen(int run) {
        return words.get(workers(run)) & WITHOUT_STEP;
    }

    private void note(int run, int far) {
        words.set(workers(run), word(run, far));
    }

    private long parent(int run) {
        return words.get(parents(run));
    }

    private static int workers(int run) {
        return run % RUNS * Long.BYTES;
    }

    private static int parents(int run) {
        return (RUNS + run % RUNS) * Long.BYTES;
    }

    private static long word(int run, int far) {
        return (long) run << 2 | far;
    }
}
