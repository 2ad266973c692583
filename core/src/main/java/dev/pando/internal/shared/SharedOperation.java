package dev.pando.internal.shared;

import org.jspecify.annotations.Nullable;

/** What can be asked of a construct, or of the pool. The place in this list stands for it in a message. */
public enum SharedOperation {
    /** Of any construct: ends it. */
    DISCARD('*', 0),

    /** Puts all items of the call in, in one step. */
    PUT('q', SharedOperation.SOME),
    /** Takes an item, or as many as are there, up to the amount. */
    TAKE('q', 0),
    /** Takes an item on loan: the amount of the answer is the number of the loan. */
    LEASE('q', 0),
    /** The loan of this number is dealt with. */
    LEASE_DONE('q', 0),
    LEASE_BACK('q', 0),
    QUEUE_SIZE('q', 0),
    /** Ends the input of a queue. */
    END_INPUT('q', 0),

    LOCK('l', 0),
    UNLOCK('l', 0),

    ADD('c', 0),
    COUNT('c', 0),
    /** Sets a counter to {@code other} if it is {@code amount}. */
    SWAP_COUNT('c', 0),

    ACQUIRE('s', 0),
    RELEASE('s', 0),
    PERMITS('s', 0),

    MEET('b', 0),
    MEND('b', 0),
    IS_BROKEN('b', 0),

    SET('e', 0),
    CLEAR('e', 0),
    IS_SET('e', 0),
    AWAIT('e', 0),

    /** The amount of the answer is the version of the value. */
    READ('v', 0),
    WRITE('v', 1),
    /** Replaces the value of the version {@code amount}. */
    SWAP('v', 1),

    /** The amount of the answer is the version of the entry. */
    GET('m', 1),
    PUT_ENTRY('m', 2),
    /** Replaces the entry of the version {@code amount}; 0: the entry that is not there. */
    SWAP_ENTRY('m', 2),
    REMOVE('m', 1),
    MAP_SIZE('m', 0),
    /** All keys and values, in turn. */
    SNAPSHOT('m', 0),

    /** The amount is the fraction, as the bits of a {@code double}; the item is the text. */
    PROGRESS(SharedOperation.POOL, 1),
    ATTEMPT(SharedOperation.POOL, 0),
    /**
     * The items are the packed task and its name, the numbers its options. The answer comes when the sub-task has
     * ended.
     */
    SUBMIT(SharedOperation.POOL, 2),
    /** The sub-task that the question {@code amount} submitted is not to be begun: 1 if so, 0 if it was. */
    TAKE_BACK(SharedOperation.POOL, 0),
    /** Calls what the program offers: the items are its name and the argument. */
    CALL(SharedOperation.POOL, 2);

    /** The kind of what is asked of the pool that runs the task, and of no construct. */
    static final char POOL = 'p';

    /** One item or more. */
    private static final int SOME = -1;

    private static final SharedOperation[] ALL = values();

    /** The kind of construct that it can be asked of. */
    final char kind;

    private final int items;

    SharedOperation(char kind, int items) {
        this.kind = kind;
        this.items = items;
    }

    /** Returns whether it is asked of the pool. */
    public boolean isOfPool() {
        return kind == POOL;
    }

    /** Returns whether the program answers at once, however long the caller would wait. */
    boolean isQuick() {
        return switch (this) {
            case PUT, TAKE, LEASE, LOCK, ACQUIRE, MEET, AWAIT, SUBMIT, CALL -> false;
            default -> true;
        };
    }

    /** Returns whether it is asked of what may lie in memory. */
    boolean isOfWord() {
        return kind == 'c' || isOfLock();
    }

    /** Returns whether it is asked of what may lie in a ring, and can be done there. */
    boolean isOfRing() {
        return this == PUT || this == TAKE;
    }

    /** Returns whether it is asked of a lock. */
    boolean isOfLock() {
        return kind == 'l';
    }

    /** Returns whether so many items go with it. */
    public boolean takes(int count) {
        return items == SOME ? count > 0 : count == items;
    }

    /** Returns the number that stands for it in a message. */
    @SuppressWarnings("EnumOrdinal") // both ends are of one version
    public int number() {
        return ordinal();
    }

    /** Returns the operation of this number. Returns {@code null} if there is none. */
    public static @Nullable SharedOperation of(int number) {
        return number < 0 || number >= ALL.length ? null : ALL[number];
    }
}
