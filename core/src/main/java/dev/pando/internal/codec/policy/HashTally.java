package dev.pando.internal.codec.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many different objects of a message have the same hash. Two kinds of table of the JDK are filled only after all
 * their keys were read, when nothing can stop that any more: {@code ConcurrentHashMap}, and those of {@code Set.of}.
 */
final class HashTally {
    /** So many keys of one hash take a table a second. Fewer objects are not even counted. */
    private static final int MOST = 10_000;

    private static final int LANES_SHIFT = 16;

    private int seen;
    private int[] lanes = {};

    /** The different objects of each hash in a lane that is full. */
    private final Map<Integer, List<Object>> crowds = new HashMap<>();

    private boolean crowded;

    boolean isCrowded() {
        return crowded;
    }

    /** Counts an object whose {@code hashCode} and {@code equals} are the JDK's. */
    void count(Object object) {
        if (++seen <= MOST || crowded) {
            return;
        }
        if (lanes.length == 0) {
            lanes = new int[1 << LANES_SHIFT];
        }
        int hash = object.hashCode();
        int lane = (hash * 0x9E3779B9) >>> (Integer.SIZE - LANES_SHIFT);
        if (++lanes[lane] > MOST) {
            crowd(object, hash);
        }
    }

    private void crowd(Object object, int hash) {
        List<Object> others = crowds.computeIfAbsent(hash, _ -> new ArrayList<>());
        for (Object other : others) {
            if (other.equals(object)) { // many equal values are honest data, and one key
                return;
            }
        }
        others.add(object);
        crowded = others.size() > MOST;
    }
}
