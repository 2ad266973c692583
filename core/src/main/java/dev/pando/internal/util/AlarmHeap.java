package dev.pando.internal.util;

import org.jspecify.annotations.Nullable;

/**
 * The alarms of a timer, earliest first: a <a href="https://en.wikipedia.org/wiki/Pairing_heap">pairing heap</a>. It is
 * linked through its entries, so that an alarm finds its place when there is no memory left. Belongs to the thread of
 * the timer.
 */
final class AlarmHeap {
    private @Nullable AlarmEntry root;
    private int size;

    int size() {
        return size;
    }

    @Nullable
    AlarmEntry earliest() {
        return root;
    }

    void add(AlarmEntry entry) {
        entry.child = null;
        entry.next = null;
        root = root == null ? entry : joined(root, entry);
        size++;
    }

    /** Takes out the earliest, if there is one. */
    void removeEarliest() {
        AlarmEntry first = root;
        if (first != null) {
            AlarmEntry children = first.child;
            first.child = null;
            root = children == null ? null : paired(children);
            size--;
        }
    }

    /** Takes out all that were called off, and returns how many. */
    int sweep() {
        int before = size;
        AlarmEntry left = root;
        root = null;
        size = 0;
        while (left != null) {
            AlarmEntry entry = left;
            left = entry.next;
            for (AlarmEntry child = entry.child; child != null; ) {
                AlarmEntry sibling = child.next;
                child.next = left;
                left = child;
                child = sibling;
            }
            if (entry.isArmed()) {
                add(entry);
            }
        }
        return before - size;
    }

    /** Makes one heap of siblings: in pairs, then the pairs from the last to the first. */
    private static @Nullable AlarmEntry paired(AlarmEntry siblings) {
        AlarmEntry pairs = null;
        for (AlarmEntry left = siblings; left != null; ) {
            AlarmEntry second = left.next;
            AlarmEntry rest = second == null ? null : second.next;
            AlarmEntry pair = second == null ? left : joined(left, second);
            pair.next = pairs;
            pairs = pair;
            left = rest;
        }
        AlarmEntry all = null;
        for (AlarmEntry pair = pairs; pair != null; ) {
            AlarmEntry rest = pair.next;
            pair.next = null;
            all = all == null ? pair : joined(pair, all);
            pair = rest;
        }
        return all;
    }

    /** Makes the later of two heaps the first child of the earlier. */
    private static AlarmEntry joined(AlarmEntry one, AlarmEntry other) {
        boolean inOrder = one.due - other.due <= 0;
        AlarmEntry earlier = inOrder ? one : other;
        AlarmEntry later = inOrder ? other : one;
        later.next = earlier.child;
        earlier.child = later;
        earlier.next = null;
        return earlier;
    }
}
