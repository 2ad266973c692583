package dev.pando.internal.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The alarms of a loop, earliest first; equal ones in the order in which they were set. Belongs to the thread that
 * holds the turn.
 *
 * <p>Most programs sleep equally long again and again, so most alarms are later than all before: those stand in a run,
 * a plain FIFO. Only the others go to a binary heap, ordered by time and then by the order of setting. An alarm that is
 * called off leaves a gap in the run; the gaps are closed when they outnumber the alarms.
 */
final class TimerHeap {
    private @Nullable TimerEntry[] run = new TimerEntry[16];
    private int first;
    private int end;
    private int gaps;

    private @Nullable TimerEntry[] heap = new TimerEntry[16];
    private int size;

    private long orders;

    boolean isEmpty() {
        return first == end && size == 0;
    }

    /** Returns when the earliest is due. Throws if there is none. */
    long firstDue() {
        TimerEntry earliest = earliest();
        if (earliest == null) {
            throw new IllegalStateException("nobody sleeps");
        }
        return earliest.due;
    }

    /** Makes room for one more, so that to add it cannot fail for lack of memory. */
    void reserve() {
        if (end == run.length) {
            makeRoom();
        }
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
    }

    void add(TimerEntry entry, long due) {
        entry.due = due;
        entry.order = orders++;
        TimerEntry last = first == end ? null : run[end - 1];
        if (last == null || due >= last.due) {
            if (end == run.length) {
                makeRoom();
            }
            run[end++] = entry;
            entry.place = TimerEntry.IN_RUN;
        } else {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            up(size++, entry);
        }
    }

    void remove(TimerEntry entry) {
        if (entry.place == TimerEntry.NOWHERE) {
            return;
        }
        if (entry.place == TimerEntry.IN_RUN) {
            removeFromRun(entry);
        } else {
            removeFromHeap(entry.place);
        }
        entry.place = TimerEntry.NOWHERE;
    }

    /** Rings all that are due by now. */
    void ring(long now) {
        for (TimerEntry next = earliest(); next != null && next.due <= now; next = earliest()) {
            remove(next);
            next.ring();
        }
    }

    private @Nullable TimerEntry earliest() {
        TimerEntry waiting = first == end ? null : run[first];
        TimerEntry odd = size == 0 ? null : heap[0];
        if (waiting == null) {
            return odd;
        }
        return odd != null && isBefore(odd, waiting) ? odd : waiting;
    }

    private static boolean isBefore(TimerEntry one, TimerEntry other) {
        return one.due < other.due || (one.due == other.due && one.order < other.order);
    }

    /** Both ends of the run are alarms, never gaps. */
    private void removeFromRun(TimerEntry entry) {
        if (run[first] == entry) {
            run[first++] = null;
            while (first < end && run[first] == null) {
                first++;
                gaps--;
            }
        } else if (run[end - 1] == entry) {
            run[--end] = null;
            while (run[end - 1] == null) {
                end--;
                gaps--;
            }
        } else {
            run[placeInRun(entry)] = null;
            if (++gaps > (end - first) / 2) {
                closeGaps();
            }
        }
        if (first == end) {
            first = end = 0;
        }
    }

    /**
     * Finds the index by binary search, since times and orders ascend. Gaps have neither, so that the search walks over
     * them.
     */
    private int placeInRun(TimerEntry entry) {
        int low = first;
        int high = end - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int look = middle;
            while (run[look] == null) {
                look++; // ends, since the last is no gap
            }
            TimerEntry there = run[look];
            if (there == entry) {
                return look;
            }
            if (there != null && isBefore(there, entry)) {
                low = look + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void makeRoom() {
        if (gaps > 0 || first > 0) {
            closeGaps();
        }
        if (end > run.length / 2) {
            run = Arrays.copyOf(run, 2 * run.length);
        }
    }

    private void closeGaps() {
        int to = 0;
        for (int from = first; from < end; from++) {
            if (run[from] != null) {
                run[to++] = run[from];
            }
        }
        Arrays.fill(run, to, end, null);
        first = 0;
        end = to;
        gaps = 0;
    }

    private void removeFromHeap(int place) {
        TimerEntry last = heap[--size];
        heap[size] = null;
        if (place == size || last == null) {
            return;
        }
        if (place > 0 && isBefore(last, at((place - 1) >>> 1))) {
            up(place, last);
        } else {
            down(place, last);
        }
    }

    private void up(int from, TimerEntry entry) {
        int place = from;
        while (place > 0) {
            TimerEntry parent = at((place - 1) >>> 1);
            if (!isBefore(entry, parent)) {
                break;
            }
            put(place, parent);
            place = (place - 1) >>> 1;
        }
        put(place, entry);
    }

    private void down(int from, TimerEntry entry) {
        int place = from;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && isBefore(at(child + 1), at(child))) {
                child++;
            }
            if (!isBefore(at(child), entry)) {
                break;
            }
            put(place, at(child));
            place = child;
        }
        put(place, entry);
    }

    private TimerEntry at(int place) {
        TimerEntry there = heap[place];
        if (there == null) {
            throw new IllegalStateException("no alarm at " + place);
        }
        return there;
    }

    private void put(int place, TimerEntry entry) {
        heap[place] = entry;
        entry.place = place;
    }
}
