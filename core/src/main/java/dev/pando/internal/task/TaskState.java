package dev.pando.internal.task;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.pando.internal.util.FieldHandles;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The truth about one task: a word, and its work or its outcome. Every change of the word is one method here. Each
 * method answers whether the change was made, and the caller must act on the answer. This class calls no other.
 *
 * <pre>
 *                 begin                    claim, publish
 *     ┌─────────┐ ─────► ┌─────────┐ ───────────────────► ┌───────────────────┐
 *     │ PENDING │        │ RUNNING │      (SETTLING)      │ SUCCEEDED  FAILED │
 *     └─────────┘ ◄───── └─────────┘ ───────────────────► └───────────────────┘
 *       │  ▲       retry      │  │ expire, retries left            ▲
 *       │  │                  │  ▼                                 │ claim, publish (grace over)
 *       │  └───────────────── │ ┌─────────┐ ──────────────────────-┘
 *       │        retry        │ │ EXPIRED │
 *       │                     │ └─────────┘
 *       │ cancel              │   │ cancel (interrupting)
 *       ▼                     ▼   ▼
 *     ┌──────────────────────────────┐
 *     │          CANCELLED           │
 *     └──────────────────────────────┘
 * </pre>
 *
 * <p>The word also counts attempts, so that a report which speaks of an earlier attempt changes nothing; and it carries
 * four flags. OCCUPIED: a thread other than its worker ended the task, and the worker is still inside. STOPPING: that
 * thread has not finished telling the worker; until then the worker stays, so that the interrupt hits no later task.
 * NUDGED: the worker was asked to stop although the task was not ended, by a pool that shuts down now. AHEAD, only
 * while PENDING: the task lies at a worker that may begin it at any moment; a thread that changes anything must first
 * win it back.
 */
@CheckReturnValue
public abstract class TaskState {
    static final int PENDING = 0;
    static final int RUNNING = 1;
    static final int EXPIRED = 2;
    /** Between the claim to settle and the published end: all but the claimant see a task that is not done. */
    static final int SETTLING = 3;

    public static final int SUCCEEDED = 4;
    public static final int FAILED = 5;
    static final int CANCELLED = 6;

    private static final int PHASE = 0b111;
    private static final int STOPPING = 0b1000;
    private static final int OCCUPIED = 0b1_0000;
    private static final int FLAGS = STOPPING | OCCUPIED;
    private static final int NUDGED = 0b10_0000;
    private static final int AHEAD = 0b100_0000;
    private static final int ATTEMPT_SHIFT = 8;

    /** Written by CAS, except where the claim to settle makes the writer the only one. */
    private volatile int word;

    /**
     * Until the end is claimed what the engine made of the work; after that the outcome: the value of a task that
     * succeeded, the {@link TaskFailure} of one that failed. One field, because with two a task takes 80 bytes instead
     * of 72, and a queue holds many. Only {@link #work}, {@link #claimedWork} and {@link #outcome} read it.
     */
    private @Nullable Object content;

    private static final VarHandle WORD = FieldHandles.find(MethodHandles.lookup(), "word", int.class);
    private static final VarHandle CONTENT = FieldHandles.find(MethodHandles.lookup(), "content", Object.class);

    TaskState(@Nullable Object work) {
        this.content = work;
    }

    /** Goes through every transition once, so that none of the calls through handles is linked in a full heap. */
    public static void rehearse() {
        TaskState retried = new TaskState("work") {};
        var _ = retried.toRunning() + retried.attempts();
        var _ = retried.toNudged(1) && retried.nudged();
        retried.stopDelivered();
        var _ = retried.toExpired(1);
        retried.stopDelivered();
        var _ = retried.toPending(1) && retried.toAhead() && retried.isAhead();
        retried.toRegained();
        var _ = retried.toRunning();
        var _ = retried.claim(2) && retried.work() == retried.claimedWork();
        retried.publish(FAILED, null, true);
        retried.stopDelivered();
        retried.vacate();
        TaskState expired = new TaskState("work") {};
        var _ = expired.toRunning();
        var _ = expired.toExpired(1);
        expired.stopDelivered();
        var _ = expired.claimExpired(1);
        expired.publish(FAILED, null, false);
        var _ = new TaskState("work") {}.claimByHand(false);
        var _ = new TaskState("work") {}.toCancelled(false);
        TaskState cancelled = new TaskState("work") {};
        var _ = cancelled.toRunning();
        var _ = cancelled.toCancelled(true);
    }

    /**
     * Returns what the engine made of the work. Returns {@code null} for a future that is completed by hand, and from
     * the claim to settle on; a cancelled task keeps its work until no worker is inside.
     */
    public final @Nullable Object work() {
        // The content before the word: publish writes it after the claim, so that a reader which sees an outcome here
        // sees the claim as well. The other order could hand out the outcome as work.
        Object seen = CONTENT.getAcquire(this);
        int phase = word & PHASE;
        return phase < SETTLING || phase == CANCELLED ? seen : null;
    }

    /** Returns the work to the thread that has claimed the end and has not published it yet. */
    final @Nullable Object claimedWork() {
        return content;
    }

    /** Lets go of the work of a task that was cancelled before it began. */
    final void dropWork() {
        content = null;
    }

    /** Returns the outcome of a task that succeeded or failed, and {@code null} for any other. */
    public final @Nullable Object outcome() {
        int phase = word & PHASE;
        return phase == SUCCEEDED || phase == FAILED ? content : null;
    }

    public final int phase() {
        return word & PHASE;
    }

    public final int attempts() {
        return word >>> ATTEMPT_SHIFT;
    }

    final boolean ended() {
        return (word & PHASE) > SETTLING;
    }

    /** PENDING → RUNNING. Returns the number of the attempt; 0: the task was cancelled, or another worker has it. */
    public final int toRunning() {
        int seen = word;
        if ((seen & PHASE) != PENDING) {
            return 0;
        }
        int attempt = (seen >>> ATTEMPT_SHIFT) + 1;
        return WORD.compareAndSet(this, seen, (attempt << ATTEMPT_SHIFT) | RUNNING) ? attempt : 0;
    }

    /**
     * PENDING, and from now on the task lies at a worker. {@code false}: it was cancelled, or another worker has it.
     */
    final boolean toAhead() {
        int seen = word;
        return (seen & (PHASE | AHEAD)) == PENDING && WORD.compareAndSet(this, seen, seen | AHEAD);
    }

    /** PENDING, and at no worker. Called by the thread that won the task back, which alone may change it meanwhile. */
    final void toRegained() {
        WORD.getAndBitwiseAnd(this, ~AHEAD);
    }

    final boolean isAhead() {
        return (word & AHEAD) != 0;
    }

    /** RUNNING → SETTLING, if it is still this attempt. The claimant must {@link #publish}. */
    public final boolean claim(int attempt) {
        while (true) {
            int seen = word;
            if (seen >>> ATTEMPT_SHIFT != attempt || (seen & PHASE) != RUNNING) {
                return false;
            }
            // an interrupt is on its way, and must not find the next task
            if ((seen & STOPPING) != 0) {
                Thread.onSpinWait();
            } else if (WORD.compareAndSet(this, seen, (seen & ~PHASE) | SETTLING)) {
                return true;
            }
        }
    }

    /**
     * RUNNING, and its worker is about to be asked to stop, without the task being ended: see {@link #stopDelivered}.
     */
    final boolean toNudged(int attempt) {
        int running = (attempt << ATTEMPT_SHIFT) | RUNNING;
        return WORD.compareAndSet(this, running, running | NUDGED | STOPPING);
    }

    /** Whether the worker was asked to stop in this way. Stays so after the end. */
    final boolean nudged() {
        return (word & NUDGED) != 0;
    }

    /** EXPIRED → SETTLING, if it is still this attempt: it did not stop in time to be tried again. */
    public final boolean claimExpired(int attempt) {
        while (true) {
            int seen = word;
            if (seen >>> ATTEMPT_SHIFT != attempt || (seen & PHASE) != EXPIRED) {
                return false;
            }
            if ((seen & STOPPING) != 0) {
                Thread.onSpinWait(); // one at a time tells the worker
            } else if (WORD.compareAndSet(this, seen, (attempt << ATTEMPT_SHIFT) | SETTLING)) {
                return true;
            }
        }
    }

    /** PENDING, or also RUNNING → SETTLING, for an end that comes from no worker: a pool that broke, a promise kept. */
    final boolean claimByHand(boolean alsoRunning) {
        while (true) {
            int seen = word;
            if ((seen & PHASE) > (alsoRunning ? RUNNING : PENDING) || (seen & AHEAD) != 0) {
                return false;
            }
            if (WORD.compareAndSet(this, seen, (seen & ~(PHASE | FLAGS)) | SETTLING)) {
                return true;
            }
        }
    }

    /**
     * SETTLING → the end. {@code occupied}: the worker is inside and will be told to leave, see {@link #stopDelivered}.
     */
    public final void publish(int end, @Nullable Object outcome, boolean occupied) {
        CONTENT.setRelease(this, outcome); // after the claim, for the readers of the work
        WORD.setRelease(this, (word & ~(PHASE | FLAGS)) | end | (occupied ? FLAGS : 0));
    }

    /** RUNNING or EXPIRED → PENDING, for another attempt, if it is still this one. */
    public final boolean toPending(int attempt) {
        while (true) {
            int seen = word;
            int phase = seen & PHASE;
            if (seen >>> ATTEMPT_SHIFT != attempt || (phase != RUNNING && phase != EXPIRED)) {
                return false;
            }
            if ((seen & STOPPING) != 0) {
                Thread.onSpinWait(); // or else the interrupt would hit the next task
            } else if (WORD.compareAndSet(this, seen, (attempt << ATTEMPT_SHIFT) | PENDING)) {
                return true;
            }
        }
    }

    /** RUNNING → EXPIRED, if it is still this attempt: it is being stopped and will be tried again. */
    public final boolean toExpired(int attempt) {
        while (true) {
            int seen = word;
            if (seen >>> ATTEMPT_SHIFT != attempt || (seen & PHASE) != RUNNING) {
                return false;
            }
            if ((seen & STOPPING) != 0) {
                Thread.onSpinWait();
            } else if (WORD.compareAndSet(this, seen, (seen & ~PHASE) | EXPIRED | STOPPING)) {
                return true;
            }
        }
    }

    /** What a cancellation found. */
    public enum Cancel {
        /** The task had not begun, and now never will. */
        UNBEGUN,
        /** The task lies at a worker: it must be won back first. */
        AHEAD,
        /**
         * For all observers it runs no longer; its worker must be told, and then {@link #stopDelivered} be
         * called.
         */
        TELL_WORKER,
        ALREADY_CANCELLED,
        TOO_LATE
    }

    public final Cancel toCancelled(boolean alsoRunning) {
        while (true) {
            int seen = word;
            switch (seen & PHASE) {
                case PENDING -> {
                    if ((seen & AHEAD) != 0) {
                        return Cancel.AHEAD;
                    }
                    if (WORD.compareAndSet(this, seen, (seen & ~PHASE) | CANCELLED)) {
                        return Cancel.UNBEGUN;
                    }
                }
                case RUNNING, EXPIRED -> {
                    if (!alsoRunning) {
                        return Cancel.TOO_LATE;
                    }
                    if ((seen & STOPPING) != 0) { // one at a time tells the worker, or it might leave between the two
                        Thread.onSpinWait();
                        continue;
                    }
                    int attempt = seen & ~(PHASE | FLAGS);
                    if (WORD.compareAndSet(this, seen, attempt | CANCELLED | FLAGS)) {
                        return Cancel.TELL_WORKER;
                    }
                }
                case SETTLING -> Thread.onSpinWait(); // a few instructions of the claimant's; then it is too late
                case CANCELLED -> {
                    return Cancel.ALREADY_CANCELLED;
                }
                default -> {
                    return Cancel.TOO_LATE;
                }
            }
        }
    }

    /** The worker has been told to stop: it may leave. */
    public final void stopDelivered() {
        WORD.getAndBitwiseAnd(this, ~STOPPING);
    }

    public final boolean stopping() {
        return (word & STOPPING) != 0;
    }

    /** The task is done but a worker is still inside. */
    public final boolean occupied() {
        return (word & OCCUPIED) != 0;
    }

    /** The worker is out. */
    public final void vacate() {
        if (phase() == CANCELLED) {
            content = null;
        }
        WORD.getAndBitwiseAnd(this, ~OCCUPIED);
    }
}
