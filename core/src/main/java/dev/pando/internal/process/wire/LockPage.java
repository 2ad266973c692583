package dev.pando.internal.process.wire;

import java.nio.ByteBuffer;

/**
 * The word of a lock, in memory that the program and its workers share, so that a lock that is free is taken, and given
 * back, by one instruction and no message. Each change is one method here.
 *
 * <pre>
 *               take: a worker's compare-and-set
 *     ┌──────┐ ─────────────────────────────────► ┌────────────────────────────┐
 *     │ FREE │                                    │ holder: worker, run, thread│
 *     └──────┘ ◄───────────────────────────────── └────────────────────────────┘
 *      │    ▲   giveBack: the same thread's compare-and-set             │
 *      │    │                                                           │ seize
 *      │    │ free: none has it, none waits, none is to be told         ▼
 *      │    └────────────────────────────────────────────────── ┌─────────┐
 *      └──────────────────────────────────────────────────────► │ PROGRAM │ close, and never FREE again
 *                                seize                          └─────────┘
 * </pre>
 *
 * <p>{@code seize}, {@code free} and {@code close} are the program's, under the lock of its table. While the word is
 * PROGRAM, the truth is in the table: the holder, the calls that wait, the death that is to be told. All go by
 * message then, as they would without a page.
 *
 * <p>Why no interleaving lets two have the lock, loses it, or lets one wait for a lock that is free:
 *
 * <ul>
 *   <li>A worker changes the word only from FREE to its own holder, and from that to FREE, by compare-and-set. So of
 *       several that take it one does, and none takes what another has, or what is in the table.
 *   <li>The program seizes by one exchange, which says what was there. FREE: no worker has it, and none can take it
 *       behind the back of the table. A holder: the table notes that this thread has the lock. The holder's
 *       compare-and-set came before the exchange, which then found FREE, or comes after it and fails, and then the
 *       thread gives the lock back by message. There is no third.
 *   <li>Before a call stands in the line the program has seized, and it sets FREE only when the line is empty. So
 *       none waits while the word is FREE or a worker's, and none overtakes the line.
 *   <li>A worker dies between two instructions. Before the one that takes it had nothing; after it the word names it,
 *       until the one that gives back. So the program that buries a worker, and has seen its process end, needs to
 *       look at no more than the words of those locks that it showed to this worker.
 *   <li>A task that ends with the lock: the thread that took it looks, after its compare-and-set, whether its task is
 *       still under way. If it is, the word was written before the answer was sent, and the program, which reads the
 *       word when it has read the answer, finds it. If it is not, the thread undoes it. A word of a task that has
 *       ended which the program meets in between counts for a holder that is gone.
 *   <li>The program never waits for a word, and never repeats a step: what a worker writes cannot keep it. A word that
 *       names none that lives counts for a holder that is gone, so that nonsense harms those that share the lock, and
 *       hangs none.
 * </ul>
 *
 * <p>How often a thread has taken the lock it counts itself: the word says that it has it.
 */
public final class LockPage extends WordPage {
    /** None has it. */
    public static final long FREE = 0;

    /** Whether one has it is in the table of the program. Names no worker, since their numbers begin with 1. */
    static final long PROGRAM = 1;

    /** The largest number of a worker that a word can name. */
    public static final int MOST_WORKERS = (1 << 16) - 1;

    private static final int WORKER_SHIFT = 48;
    private static final int RUN_SHIFT = 32;
    private static final long THREAD = (1L << RUN_SHIFT) - 1;

    /** A word names the last bits of a run: far fewer than so many are under way at once. */
    public static final int RUN_BITS = (1 << (WORKER_SHIFT - RUN_SHIFT)) - 1;

    /** @param memory as that of any word */
    public LockPage(ByteBuffer memory) {
        super(memory);
    }

    /** Returns the word of this holder. Returns {@link #FREE} if a word cannot name this thread. */
    public static long holder(int worker, int run, long thread) {
        return (thread & ~THREAD) != 0
                ? FREE
                : (long) worker << WORKER_SHIFT | (long) (run & RUN_BITS) << RUN_SHIFT | thread;
    }

    /** Returns the worker that this word names, 0 if it names none. */
    public static int worker(long word) {
        return (int) (word >>> WORKER_SHIFT);
    }

    /** Returns the last bits of the run that this word names. */
    public static int run(long word) {
        return (int) (word >>> RUN_SHIFT) & RUN_BITS;
    }

    public static long thread(long word) {
        return word & THREAD;
    }

    /** A worker's: takes the lock for this holder, if it is free. */
    public boolean take(long holder) {
        return WORD.compareAndSet(memory, AT, FREE, holder);
    }

    /** A worker's: the lock is free again. {@code false}: it is not this holder's, or the program is to be told. */
    public boolean giveBack(long holder) {
        return WORD.compareAndSet(memory, AT, holder, FREE);
    }

    /** The program's: from here on the table names the holder. Returns what the word was. */
    public long seize() {
        return (long) WORD.getAndSet(memory, AT, PROGRAM);
    }

    /** The program's: workers may take it. */
    public void free() {
        WORD.setVolatile(memory, AT, FREE);
    }

    /** The program's: the lock has ended, and each call of it goes by message, which says so. */
    @Override
    public void close() {
        super.close();
        WORD.setVolatile(memory, AT, PROGRAM);
    }
}
