package dev.pando.internal.scarcity;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The heap, as instrumented code sees it: before each place that may allocate it asks here, and is refused when the
 * test wants that. Loaded once, beside the classes that {@link ScarceLoader} loads anew.
 */
public final class ScarceMemory {
    /** What the names of threads begin with whose memory is not what is short: a worker has its own. */
    static final String WORKER = "twin-";

    private static final Object LOCK = new Object();

    @GuardedBy("LOCK")
    private static final List<String> PLACES = new ArrayList<>();

    @GuardedBy("LOCK")
    private static final BitSet SEEN = new BitSet();

    /** The place at which memory becomes short, -1 if it is none. */
    @GuardedBy("LOCK")
    private static int target = -1;

    /** How often that place is passed before. */
    @GuardedBy("LOCK")
    private static int skipped;

    /** How many allocations are refused from then on. */
    @GuardedBy("LOCK")
    private static int refusals;

    @GuardedBy("LOCK")
    private static boolean struck;

    /** Whether nothing can be used for the first time either, from the first refusal until there is memory again. */
    @GuardedBy("LOCK")
    private static boolean refusesFirstUses;

    /** The places of a first use that were passed, by the classes of the last loader. */
    @GuardedBy("LOCK")
    private static final BitSet USED = new BitSet();

    private ScarceMemory() {}

    /** Adds a place, as people read it. Returns its number. */
    public static int place(String name) {
        synchronized (LOCK) {
            PLACES.add(name);
            return PLACES.size() - 1;
        }
    }

    static String name(int place) {
        synchronized (LOCK) {
            return PLACES.get(place);
        }
    }

    /** Begins to note which places are passed. */
    static void watch() {
        synchronized (LOCK) {
            SEEN.clear();
        }
    }

    /** Returns the places that were passed. */
    static BitSet seen() {
        synchronized (LOCK) {
            return (BitSet) SEEN.clone();
        }
    }

    /**
     * Memory is short from the moment when this place is passed for the n-th time, until that many allocations were
     * refused, there and anywhere.
     */
    static void refuse(int place, int nth, int times) {
        synchronized (LOCK) {
            struck = false;
            target = place;
            skipped = nth - 1;
            refusals = times;
        }
    }

    /** There is memory again. Returns whether it was short since {@link #refuse}. */
    static boolean relax() {
        synchronized (LOCK) {
            boolean was = struck;
            struck = false;
            target = -1;
            return was;
        }
    }

    /** Forgets what was used before: a loader begins. */
    static void beginUses(boolean refuses) {
        synchronized (LOCK) {
            USED.clear();
            refusesFirstUses = refuses;
        }
    }

    /** Called before a class is loaded. */
    static void load() {
        synchronized (LOCK) {
            if (struck && refusesFirstUses) {
                throw new OutOfMemoryError("injected");
            }
        }
    }

    /** Called by instrumented code where a class is initialised or a call is linked: that needs memory once. */
    public static void use(int place) {
        synchronized (LOCK) {
            if (!USED.get(place)) {
                load();
                USED.set(place);
            }
        }
    }

    /** Called by instrumented code. */
    public static void allocate(int place) {
        if (Thread.currentThread().getName().startsWith(WORKER)) {
            return;
        }
        synchronized (LOCK) {
            SEEN.set(place);
            if (place == target && skipped-- == 0) {
                target = -1;
                struck = true;
            }
            if (struck && refusals > 0) {
                refusals--;
                throw new OutOfMemoryError("injected");
            }
        }
    }
}
