package dev.pando.internal.shared;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.codec.Codec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All constructs of one pool: the one judge of every call. Any thread; one lock guards all constructs, so that a death
 * is one step for all of them. No call is told how it ended while the lock is held, because to tell may write into a
 * pipe, or wake a thread that calls again.
 */
public final class SharedTable {
    /** How many constructs a pool may have at a time. */
    static final int MOST_CONSTRUCTS = 1 << 16;

    /** How many counters, locks and queues may have memory at a time, each mapped in the workers that call it. */
    static final int MOST_PAGES = 1024;

    /** The part of a program's heap that packed items may fill: one of so many. */
    private static final int HEAP_SHARE = 4;

    private final String pool;
    private final ItemPacking packing;
    private final ItemBudget budget;
    private final @Nullable WordLender lender;
    private final OwnerBook localBook;
    private final OwnerNumbers numbers = new OwnerNumbers();
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<Long, ConstructState> states = new HashMap<>();

    /** What is to be done when the lock is free: calls that have ended are told. */
    @GuardedBy("lock")
    private List<Runnable> later = new ArrayList<>();

    @GuardedBy("lock")
    private int pages;

    /** Whether memory was made once, so that the next is cheap. */
    @GuardedBy("lock")
    private boolean hasLent;

    @GuardedBy("lock")
    private @Nullable String closed;

    /** @param mostBytes how many bytes of packed items it may hold */
    public SharedTable(String pool, ItemPacking packing, long mostBytes) {
        this(pool, packing, mostBytes, null);
    }

    private SharedTable(String pool, ItemPacking packing, long mostBytes, @Nullable WordLender lender) {
        this.pool = pool;
        this.lender = lender;
        this.packing = packing;
        this.budget = new ItemBudget(pool, mostBytes);
        this.localBook = new OwnerBook("");
    }

    /** Returns a table whose items this codec packs. */
    public static SharedTable packing(String pool, Codec codec) {
        return packing(pool, codec, null);
    }

    /** Returns a table for workers in other processes, whose items this codec packs. */
    public static SharedTable packing(String pool, Codec codec, @Nullable WordLender lender) {
        return new SharedTable(pool, new CodecItems(codec), Runtime.getRuntime().maxMemory() / HEAP_SHARE, lender);
    }

    String pool() {
        return pool;
    }

    ItemPacking packing() {
        return packing;
    }

    /** Returns the book of the threads of this program. */
    OwnerBook localBook() {
        return localBook;
    }

    /** Takes a new construct in, and returns its number. */
    long add(ConstructState state) {
        synchronized (lock) {
            if (closed != null) {
                throw new IllegalStateException(closed);
            }
            if (states.size() >= MOST_CONSTRUCTS) {
                throw new IllegalStateException("pool " + pool + " has " + states.size()
                        + " shared constructs, which is as many as there may be: close those that are not used");
            }
            state.number = SharedLinks.enter(state);
            states.put(state.number, state);
            return state.number;
        }
    }

    /** Asks the construct of this number, which ends the call now or later. */
    public void submit(long number, SharedCall call) {
        List<Runnable> over;
        synchronized (lock) {
            ConstructState state = states.get(number);
            if (call.owner.book().closed) {
                return; // it was sent before its worker died
            }
            if (state == null) {
                end(call, CallStatus.CLOSED, 0, List.of(), whyGone());
            } else {
                call.at = state;
                handle(state, call);
            }
            over = drain();
        }
        tell(over);
    }

    @GuardedBy("lock")
    private void handle(ConstructState state, SharedCall call) {
        if (call.operation == SharedOperation.DISCARD) {
            remove(state, "it was closed");
            end(call, CallStatus.DONE, 0, List.of(), "");
            return;
        }
        long cost = ItemBudget.costOf(call.items);
        String refusal = budget.take(cost);
        if (refusal != null) {
            end(call, CallStatus.REFUSED, 0, List.of(), refusal);
            return;
        }
        call.countedBytes = cost;
        state.handle(call);
    }

    /** Returns what the items of this table may take. Used under the lock, by a construct. */
    ItemBudget budget() {
        return budget;
    }

    /** Ends a call. Called under the lock, by the construct. */
    void end(SharedCall call, CallStatus how, long amount, List<?> items, String why) {
        synchronized (lock) {
            call.owner.book().waiting.remove(call);
            budget.free(call.countedBytes);
            call.countedBytes = 0;
            call.end(how, amount, items, why);
            later.add(call);
        }
    }

    /** Has memory made for a construct, and handed to this taker. Called under the lock, by the construct. */
    void wantMemory(int bytes, Consumer<WordMemory> taker) {
        WordLender here = lender;
        if (here != null) {
            synchronized (lock) {
                later.add(() -> here.lend(bytes, taker));
            }
        }
    }

    /** Lets the construct move to memory. Returns false if it is closed, or there are enough such constructs. */
    boolean takeMemory(ConstructState state, Runnable move) {
        synchronized (lock) {
            if (states.get(state.number) != state || pages >= MOST_PAGES) {
                return false;
            }
            move.run();
            pages++;
            hasLent = true;
            return true;
        }
    }

    /** Returns whether a construct has moved. Called under the lock, by a construct. */
    boolean hasLent() {
        synchronized (lock) {
            return hasLent;
        }
    }

    /** A construct that has moved needs its memory no longer. Called under the lock. */
    void dropMemory(WordMemory memory) {
        synchronized (lock) {
            pages--;
            later.add(memory::giveBack);
        }
    }

    /** Removes a construct. Called under the lock. */
    void remove(ConstructState state, String why) {
        synchronized (lock) {
            if (states.remove(state.number) != null) {
                SharedLinks.leave(state.number);
                state.close(why);
            }
        }
    }

    /** Takes a waiting call back. Returns false if it has ended. */
    public boolean withdraw(SharedCall call) {
        List<Runnable> over;
        boolean withdrawn;
        synchronized (lock) {
            withdrawn = withdraw(call, CallStatus.UNDONE, "");
            over = drain();
        }
        tell(over);
        return withdrawn;
    }

    @GuardedBy("lock")
    private boolean withdraw(SharedCall call, CallStatus how, String why) {
        ConstructState state = call.at;
        if (call.isOver() || state == null || !call.owner.book().waiting.remove(call)) {
            return false;
        }
        state.withdraw(call);
        end(call, how, 0, List.of(), why);
        return true;
    }

    /** Returns what a task of the program may be told of why its construct is gone. */
    @GuardedBy("lock")
    private String whyGone() {
        return closed != null ? closed : "it was closed";
    }

    /**
     * A task has ended: its calls that wait end, and what it holds is given back.
     *
     * @param how the end, as the end of a sentence about the task
     */
    public void taskEnded(OwnerBook book, int run, String how) {
        List<Runnable> over;
        synchronized (lock) {
            book.seizeWords(run);
            for (SharedCall call : book.waitingOf(run)) {
                withdraw(call, CallStatus.REFUSED, "the task of this thread has ended");
            }
            for (OwnerHolding holding : book.holdingsOf(run)) {
                holding.leave();
                holding.abandon(how, false);
            }
            over = drain();
        }
        tell(over);
    }

    /**
     * A worker has died: its calls are forgotten, and what its tasks hold is given back.
     *
     * @param how the death, as the end of a sentence about a task
     */
    public void workerDied(OwnerBook book, String how) {
        List<Runnable> over;
        synchronized (lock) {
            book.seizeWords(0);
            numbers.leave(book);
            book.closed = true;
            for (SharedCall call : book.waitingOf(0)) {
                withdraw(call, CallStatus.CLOSED, "its worker died");
            }
            for (OwnerHolding holding : book.holdingsOf(0)) {
                holding.leave();
                holding.abandon(how, true);
            }
            over = drain();
        }
        tell(over);
    }

    /** Returns by which numbers words name workers. Used under the lock, by a construct that has a word. */
    OwnerNumbers numbers() {
        return numbers;
    }

    /** Returns the call by which this construct is held. Returns {@code null} if no call of the table has it. */
    @Nullable
    SharedCall holderOf(ConstructState state) {
        synchronized (lock) {
            return state.holder();
        }
    }

    /** Returns the constructs as a tool sees them, the oldest first, so many at most. */
    public List<SharedFacts> facts(int most) {
        List<SharedFacts> facts = new ArrayList<>();
        synchronized (lock) {
            long[] numbers = new long[states.size()];
            int count = 0;
            for (long number : states.keySet()) {
                numbers[count++] = number;
            }
            Arrays.sort(numbers);
            for (int i = 0; i < Math.min(most, count); i++) {
                facts.add(Objects.requireNonNull(states.get(numbers[i])).facts());
            }
        }
        return facts;
    }

    /** The pool is closed: so is everything in here. A call that found no memory is repeated. */
    public void close() {
        List<Runnable> over;
        synchronized (lock) {
            closed = "pool " + pool + " is closed, and with it what its tasks shared";
            for (ConstructState state : new ArrayList<>(states.values())) {
                remove(state, closed);
            }
            over = drain();
        }
        tell(over);
    }

    /** Returns what is to be done now, which is the calling thread's alone from here on. */
    @GuardedBy("lock")
    private List<Runnable> drain() {
        if (later.isEmpty()) {
            return List.of(); // not the list itself: another thread may add to it when the lock is free
        }
        List<Runnable> over = later;
        later = new ArrayList<>();
        return over;
    }

    private static void tell(List<Runnable> over) {
        for (Runnable each : over) {
            each.run();
        }
    }
}
