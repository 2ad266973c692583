package dev.pando.internal.process.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue between two workers, in memory that they share with the program, so that an item goes from one to the other
 * by one instruction on each side and no message. One worker puts in, the other takes out, one thread of each at a
 * time.
 *
 * <pre>
 *                    put: bytes, then PUT + 1                     take: bytes, then TAKEN + 1
 *   putting worker ─────────────────────────► [ ][c][d][e][ ][ ] ───────────────────────────► taking worker
 *                                                ▲        ▲
 *   program ── open ──► [a][b] ───────────────   TAKEN    PUT      take: first these, then OLD_TAKEN + 1
 *                       ▲     ▲
 *                       OLD_TAKEN, OLD_PUT
 * </pre>
 *
 * <p>The program opens the ring, and seizes it, under the lock of its table. While the ring is seized all its words are
 * FROZEN and the truth is in the table, as it would be without a page. What was in the table when the ring was opened
 * lies in slots of its own, the old ones, which the program alone fills.
 *
 * <p>Why no item is lost, doubled, torn or overtaken, whatever comes between two instructions, and wherever a worker
 * dies:
 *
 * <ul>
 *   <li>An item is in the ring from the compare-and-set of PUT on, and whole, since its bytes were written before. It
 *       is out from that of TAKEN or OLD_TAKEN on, and the bytes were read before. So a worker that dies leaves the
 *       item in or out, and nothing to repair.
 *   <li>A worker's one change to a word is this compare-and-set by one, from a number that it has read and that was not
 *       FROZEN. The program seizes by one atomic instruction for each word: a step of a worker came before it, or
 *       fails, and is then asked for by message.
 *   <li>Each word only rises, and rises by one whenever the ring is opened. So a step that began before the ring was
 *       seized fails also after it was opened again.
 *   <li>A slot is written by the one thread that puts in, and only while no item of the ring lies there. So a step that
 *       fails late has spoiled no item. The old slots are written by the program, while they are frozen; a thread that
 *       reads one meanwhile finds that its compare-and-set fails.
 *   <li>TAKEN is read before the old slots are looked at. So a thread that finds no old item, and whose compare-and-set
 *       of TAKEN succeeds, has overtaken none.
 *   <li>The program waits for no word, and repeats no step. What it reads there is checked against what it wrote when
 *       it opened the ring; the old items it has kept itself.
 * </ul>
 *
 * <p>Not final: a test comes between any two instructions.
 */
public class RingPage extends WordPage {
    private static final int SLOT = 256;
    /** More than a worker puts in while the other one naps. */
    private static final int SLOTS = 512;

    /** A queue for more than so many leaves half of its room to what is in the table when the ring opens. */
    private static final int UNDIVIDED = 128;

    /** The longest item that fits. */
    public static final int MOST_BYTES = SLOT - Integer.BYTES;

    static final int PUT = AT;
    private static final int LIMIT = 2 * Long.BYTES;

    /** Far enough from the last word that two processors do not wait for each other. */
    static final int TAKEN = 128;

    static final int OLD_TAKEN = 256;
    static final int OLD_PUT = OLD_TAKEN + Long.BYTES;
    private static final int FIRST = 512;
    private static final int FIRST_OLD = FIRST + SLOT * SLOTS;

    /** How much memory it takes. */
    public static final int RING_BYTES = FIRST_OLD + SLOT * SLOTS;

    /** The bit that makes each step of a worker fail. */
    static final long FROZEN = Long.MIN_VALUE;

    /** What {@link #take} returns if the ring is empty. */
    public static final byte[] NOTHING = {};

    /** How many items may be in it, not counting the old ones. */
    private final int limit;

    /** As far as the putting worker knows, so that it seldom reads what the other one writes. */
    private long knownTaken;

    /** As far as the taking worker knows. */
    private long knownPut;

    /** The program's: what it wrote when it opened the ring. */
    private long opened;

    private long oldFirst;
    private long oldEnd;

    /** The program's: what PUT was when it seized the ring. */
    private long seized;

    /** What came of a step. */
    public enum RingStep {
        DONE,
        /** There is no room now. */
        FULL,
        /** The program is to be asked. */
        ASK
    }

    /**
     * What was in the ring.
     *
     * @param oldTaken how many of the old items are out
     * @param items what is left of those that were put in since
     * @param moved how many steps were done in the ring
     */
    public record RingRest(int oldTaken, List<byte[]> items, long moved) {}

    /** @param memory as that of any word, which the program has made a ring */
    public RingPage(ByteBuffer memory) {
        super(memory);
        limit = Math.clamp(memory.getInt(LIMIT), 1, SLOTS);
    }

    /** The program's: a ring that is frozen, for a queue of this capacity. */
    public RingPage(ByteBuffer memory, int capacity) {
        super(memory);
        limit = Math.min(capacity, Math.clamp(capacity / 2, UNDIVIDED, SLOTS));
        memory.putInt(LIMIT, limit);
        close(memory);
    }

    /** Returns how many items may be in it, not counting old ones. */
    public final int limit() {
        return limit;
    }

    /** The putting worker's: puts this in, of {@link #MOST_BYTES} at most. */
    public final RingStep put(byte[] item) {
        long at = get(PUT);
        if (at < 0) {
            return RingStep.ASK;
        }
        if (at - knownTaken >= limit) {
            knownTaken = get(TAKEN) & ~FROZEN;
            if (at - knownTaken >= limit) {
                return RingStep.FULL;
            }
        }
        write(FIRST, at, item);
        return swap(PUT, at) ? RingStep.DONE : RingStep.ASK;
    }

    /** The putting worker's: returns whether there is room for half of what the ring holds, or nothing to wait for. */
    public final boolean isHalfFree() {
        long at = get(PUT);
        if (at < 0) {
            return true;
        }
        knownTaken = get(TAKEN) & ~FROZEN;
        return at - knownTaken <= limit / 2;
    }

    /** The taking worker's: takes the oldest item. Returns {@code null} if the program is to be asked. */
    public final byte @Nullable [] take() {
        long at = get(TAKEN);
        if (at < 0) {
            return null;
        }
        long old = get(OLD_TAKEN);
        if (old < 0) {
            return null;
        }
        if (old < get(OLD_PUT)) {
            byte[] item = read(FIRST_OLD, old);
            return item != null && swap(OLD_TAKEN, old) ? item : null;
        }
        if (at >= knownPut) {
            long put = get(PUT);
            knownPut = put & ~FROZEN;
            if (at >= knownPut) {
                return put < 0 ? null : NOTHING;
            }
        }
        byte[] item = read(FIRST, at);
        return item != null && swap(TAKEN, at) ? item : null;
    }

    /**
     * The program's: no step of a worker is done from here on. Returns what is left in the ring. Returns {@code null}
     * if a worker has written what no step writes.
     */
    public final @Nullable RingRest seize() {
        long put = freeze(PUT) & ~FROZEN;
        long taken = freeze(TAKEN) & ~FROZEN;
        long old = freeze(OLD_TAKEN) & ~FROZEN;
        seized = put;
        if (old < oldFirst || old > oldEnd || taken < opened || put < taken || put - taken > limit) {
            return null;
        }
        List<byte[]> items = new ArrayList<>((int) (put - taken));
        for (long at = taken; at < put; at++) {
            byte[] item = read(FIRST, at);
            if (item == null) {
                return null;
            }
            items.add(item);
        }
        return new RingRest((int) (old - oldFirst), items, put - opened + taken - opened + old - oldFirst);
    }

    /**
     * The program's: the workers may go on in the ring, which it has seized.
     *
     * @param old what is to be taken first, of no more than {@link #limit} items
     * @param isWhole whether nothing else is in the table; if so, the ring takes what is put in
     */
    public final void open(List<byte[]> old, boolean isWhole) {
        opened = seized + 1;
        oldFirst = oldEnd + 1;
        oldEnd = oldFirst;
        for (byte[] item : old) {
            write(FIRST_OLD, oldEnd++, item);
        }
        set(OLD_PUT, oldEnd);
        set(OLD_TAKEN, oldFirst);
        set(TAKEN, opened);
        set(PUT, isWhole ? opened : opened | FROZEN);
    }

    /** The program's: returns how many items are in it, as far as can be told without seizing it. */
    public final int size() {
        long old = oldEnd - (get(OLD_TAKEN) & ~FROZEN);
        long taken = get(TAKEN) & ~FROZEN;
        return Math.clamp(old, 0, limit) + Math.clamp((get(PUT) & ~FROZEN) - taken, 0, limit);
    }

    /** The program's: the queue has ended, and each call of it goes by message, which says so. */
    @Override
    public final void close() {
        super.close();
        close(memory);
    }

    private static void close(ByteBuffer memory) {
        for (int word : new int[] {PUT, TAKEN, OLD_TAKEN}) {
            var _ = (long) WORD.getAndBitwiseOr(memory, word, FROZEN);
        }
    }

    private void write(int slots, long at, byte[] item) {
        int place = place(slots, at);
        setLength(place, item.length);
        setBytes(place + Integer.BYTES, item);
    }

    /** Returns a copy. Returns {@code null} if no item has such a length. */
    private byte @Nullable [] read(int slots, long at) {
        int place = place(slots, at);
        int length = length(place);
        return length < 0 || length > MOST_BYTES ? null : bytes(place + Integer.BYTES, length);
    }

    private static int place(int slots, long at) {
        return slots + (int) (at & (SLOTS - 1)) * SLOT;
    }

    // the instructions, of which each is whole, and any others may come between two

    long get(int word) {
        return (long) WORD.getVolatile(memory, word);
    }

    boolean swap(int word, long from) {
        return WORD.compareAndSet(memory, word, from, from + 1);
    }

    long freeze(int word) {
        return (long) WORD.getAndBitwiseOr(memory, word, FROZEN);
    }

    void set(int word, long number) {
        WORD.setVolatile(memory, word, number);
    }

    int length(int place) {
        return memory.getInt(place);
    }

    void setLength(int place, int length) {
        memory.putInt(place, length);
    }

    byte[] bytes(int place, int length) {
        byte[] copy = new byte[length];
        memory.get(place, copy);
        return copy;
    }

    void setBytes(int place, byte[] bytes) {
        memory.put(place, bytes);
    }
}
