package dev.pando.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The alarms of a loop, earliest first; equal ones in the order in which they were set. Belongs to the thread that holds the
 * turn.
 *
 * <p>Most programs sleep equally long again and again, so most alarms are later than all before: those stand in a run, a
 * plain FIFO. Only the others go to a binary heap, ordered by time and then by the order of setting. An alarm that is called
 * off leaves a gap in the run; the gaps are closed when they outnumber the alarms.
 */
final class Sleepers {
    private @Nullable Alarm[] run = new Alarm[16];
    private int first;
    private int end;
    private int gaps;

    private @Nullable Alarm[] heap = new Alarm[16];
    private int size;

    private long orders;

    boolean isEmpty() {
        return first == end && size == 0;
    }

    /** Returns when the earliest is due. Throws if there is none. */
    long firstDue() {
        Alarm earliest = earliest();
        if (earliest == null) throw new IllegalStateException("nobody sleeps");
        return earliest.due;
    }

    void add(Alarm alarm, long due) {
        alarm.due = due;
        alarm.order = orders++;
        Alarm last = first == end ? null : run[end - 1];
        if (last == null || due >= last.due) {
            if (end == run.length) makeRoom();
            run[end++] = alarm;
            alarm.place = Alarm.IN_RUN;
        } else {
            if (size == heap.length) heap = Arrays.copyOf(heap, 2 * size);
            up(size++, alarm);
        }
    }

    void remove(Alarm alarm) {
        if (alarm.place == Alarm.NOWHERE) return;
        if (alarm.place == Alarm.IN_RUN) removeFromRun(alarm);
        else removeFromHeap(alarm.place);
        alarm.place = Alarm.NOWHERE;
    }

    /** Rings all that are due by now. */
    void ring(long now) {
        for (Alarm next = earliest(); next != null && next.due <= now; next = earliest()) {
            remove(next);
            next.ring();
        }
    }

    private @Nullable Alarm earliest() {
        Alarm waiting = first == end ? null : run[first];
        Alarm odd = size == 0 ? null : heap[0];
        if (waiting == null) return odd;
        return odd != null && isBefore(odd, waiting) ? odd : waiting;
    }

    private static boolean isBefore(Alarm one, Alarm other) {
        return one.due < other.due || (one.due == other.due && one.order < other.order);
    }

    /** Both ends of the run are alarms, never gaps. */
    private void removeFromRun(Alarm alarm) {
        if (run[first] == alarm) {
            run[first++] = null;
            while (first < end && run[first] == null) {
                first++;
                gaps--;
            }
        } else if (run[end - 1] == alarm) {
            run[--end] = null;
            while (run[end - 1] == null) {
                end--;
                gaps--;
            }
        } else {
            run[placeInRun(alarm)] = null;
            if (++gaps > (end - first) / 2) closeGaps();
        }
        if (first == end) first = end = 0;
    }

    /** Finds the index by binary search, since times and orders ascend. Gaps have neither, so that the search walks over them. */
    private int placeInRun(Alarm alarm) {
        int low = first;
        int high = end - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int look = middle;
            while (run[look] == null) look++; // ends, since the last is no gap
            Alarm there = run[look];
            if (there == alarm) return look;
            if (there != null && isBefore(there, alarm)) low = look + 1;
            else high = middle;
        }
        return low;
    }

    private void makeRoom() {
        if (gaps > 0 || first > 0) closeGaps();
        if (end > run.length / 2) run = Arrays.copyOf(run, 2 * run.length);
    }

    private void closeGaps() {
        int to = 0;
        for (int from = first; from < end; from++) if (run[from] != null) run[to++] = run[from];
        Arrays.fill(run, to, end, null);
        first = 0;
        end = to;
        gaps = 0;
    }

    private void removeFromHeap(int place) {
        Alarm last = heap[--size];
        heap[size] = null;
        if (place == size || last == null) return;
        if (place > 0 && isBefore(last, at((place - 1) >>> 1))) up(place, last);
        else down(place, last);
    }

    private void up(int from, Alarm alarm) {
        int place = from;
        while (place > 0) {
            Alarm parent = at((place - 1) >>> 1);
            if (!isBefore(alarm, parent)) break;
            put(place, parent);
            place = (place - 1) >>> 1;
        }
        put(place, alarm);
    }

    private void down(int from, Alarm alarm) {
        int place = from;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && isBefore(at(child + 1), at(child))) child++;
            if (!isBefore(at(child), alarm)) break;
            put(place, at(child));
            place = child;
        }
        put(place, alarm);
    }

    private Alarm at(int place) {
        Alarm there = heap[place];
        if (there == null) throw new IllegalStateException("no alarm at " + place);
        return there;
    }

    private void put(int place, Alarm alarm) {
        heap[place] = alarm;
        alarm.place = place;
    }
}
