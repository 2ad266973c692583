package dev.pando.internal.process.wire;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.pando.spi.Failure.Progress;

/**
 * How far a worker has come with what it was sent, written where both see it at once and where it outlives the worker.
 * No message is needed before it matters: when the worker has died, the parent reads here what {@code Began} and
 * {@code Ended} would have said, each of which wakes a reader; and a run that was sent ahead of its turn is had by the
 * side that says so first.
 *
 * <pre>
 *   the worker's word   (an earlier run) ──► ABOUT ──► BEGUN ──► ENDED        begin, ended
 *                                              └─────► SKIPPED                begin, and it was taken meanwhile
 *   the parent's word   (an earlier run) ──► TAKEN                            take
 * </pre>
 *
 * <p>Each writes its own word and then looks at the other's, so never do both go on: if the parent finds that the
 * worker is not even ABOUT to begin, the worker will find it TAKEN. Where the two meet in the same moment the worker
 * gives way, and the parent waits for that a few looks, not longer, since the worker may be stopped just there: then it
 * is told.
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

    /**
     * How often the parent looks again at a worker that is between writing that it is about to begin, and having
     * looked: two instructions.
     */
    private static final int MEETING_LOOKS = 50;

    private static final int ABOUT = 0;
    private static final int BEGUN = 1;
    private static final int ENDED = 2;
    private static final int SKIPPED = 3;
    private static final int TAKEN = 1;

    /** The bits below hold the run and how far it is, the bits from here on its step, counted from 1. */
    private static final int STEP_SHIFT = 34;

    private static final long WITHOUT_STEP = (1L << STEP_SHIFT) - 1;
    private static final int MOST_STEPS = (1 << (Long.SIZE - STEP_SHIFT - 1)) - 1;

    private final SharedWords words;

    /** @param words zeros at first, the same for both sides */
    public ProgressPage(SharedWords words) {
        this.words = words;
    }

    /** What came of beginning. */
    public enum Begin {
        YES,
        /** The run was taken back. */
        NO,
        /** The run was taken back in this moment, so that the parent may not know: it has to be told. */
        NO_SAY_SO
    }

    /**
     * The parent's: what was sent is not to be begun. {@code false}: it has been, or the worker will say that it has
     * not.
     */
    @CheckReturnValue
    public boolean take(int run) {
        words.set(parents(run), word(run, TAKEN));
        for (int looks = 0; looks < MEETING_LOOKS; looks++) {
            long seen = seen(run);
            if (seen >>> 2 != run || seen == word(run, SKIPPED)) {
                return true;
            }
            if (seen != word(run, ABOUT)) {
                return false;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** The worker's: it is about to be unpacked. */
    @CheckReturnValue
    public Begin begin(int run) {
        if (isTaken(run)) {
            return Begin.NO;
        }
        note(run, ABOUT);
        if (isTaken(run)) {
            note(run, SKIPPED);
            return Begin.NO_SAY_SO;
        }
        note(run, BEGUN); // before whatever the task does next, which may be the worker's end
        return Begin.YES;
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

    private boolean isTaken(int run) {
        return words.get(parents(run)) >= word(run, TAKEN);
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
