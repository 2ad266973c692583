package dev.pando.testkit;

import dev.pando.spi.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A clock that stands still until a test moves it: {@code Pool.with(backend).timer(timer)}. Alarms ring on the thread
 * that calls {@link #advance}, in the order in which they are due; alarms due at the same moment ring in the order in
 * which they were set.
 */
public final class ManualTimer implements Timer {
    private final List<Entry> entries = new ArrayList<>();
    private long now = 1_000_000_000L;

    /** An alarm that has not rung. */
    private final class Entry implements Alarm {
        private final long due;
        private final Runnable alarm;

        Entry(long due, Runnable alarm) {
            this.due = due;
            this.alarm = alarm;
        }

        @Override
        public void cancel() {
            synchronized (ManualTimer.this) {
                entries.remove(this);
                ManualTimer.this.notifyAll();
            }
        }
    }

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized Alarm after(long nanos, Runnable alarm) {
        long due = now + Math.max(0, nanos);
        Entry entry = new Entry(due < now ? Long.MAX_VALUE : due, alarm);
        entries.add(entry);
        notifyAll();
        return entry;
    }

    /** Moves the clock, and rings the alarms that are due by then. An alarm sees the time that it was set for. */
    public void advance(Duration step) {
        long until;
        synchronized (this) {
            until = now + step.toNanos();
        }
        for (Optional<Entry> next = takeDue(until); next.isPresent(); next = takeDue(until)) {
            next.get().alarm.run();
        }
        synchronized (this) {
            now = Math.max(now, until);
        }
    }

    private synchronized Optional<Entry> takeDue(long until) {
        Optional<Entry> next =
                entries.stream().filter(entry -> entry.due <= until).min(Comparator.comparingLong(entry -> entry.due));
        next.ifPresent(entry -> {
            entries.remove(entry);
            now = Math.max(now, entry.due);
        });
        return next;
    }

    /** Returns how many alarms are set and have neither rung nor been cancelled. */
    public synchronized int alarms() {
        return entries.size();
    }

    /**
     * Waits until exactly {@code count} alarms are set.
     *
     * @throws InterruptedException the test was interrupted: its time is over
     */
    public synchronized void awaitAlarms(int count) throws InterruptedException {
        while (entries.size() != count) {
            wait();
        }
    }
}
