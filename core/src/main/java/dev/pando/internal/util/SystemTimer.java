package dev.pando.internal.util;

import dev.pando.spi.Timer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The system clock, and one daemon thread that runs the alarms; the thread lives while an alarm is set, and a second
 * longer.
 *
 * <p>An alarm is set and called off without a lock. In a full heap a virtual thread cannot leave its carrier to wait
 * for one: if every carrier is held like that, the thread whose turn it is never runs. So a new alarm goes to a Treiber
 * stack, from which the timer's thread takes it to its heap; nothing here needs memory but the alarm itself.
 *
 * <p>The thread writes when it will look again, and then looks at the stack once more; the thread that sets an alarm
 * pushes it first, and then reads that moment. So one of the two sees the other (Dekker's handshake), and no alarm is
 * slept through.
 */
public final class SystemTimer implements Timer, AutoCloseable {
    private static final long KEEP_ALIVE_NANOS = 1_000_000_000L;

    /** Later alarms never ring in the life of a program, and the clock could not tell them from past ones. */
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 2;

    /**
     * Alarms that were called off and still take room, before the timer's thread is woken to let go of them: 1024 take
     * 40 KB. Fewer would wake it more often than the tasks with a timeout are worth.
     */
    static final int DEAD_BEFORE_SWEEP = 1024;

    /** Stands in the place of the thread while it is being started. */
    private static final Object STARTING = new Object();

    private final ThreadFactory factory;

    /** Alarms that the thread has not seen yet, the newest first. */
    @SuppressWarnings("UnusedVariable") // it is written through its handle
    private volatile @Nullable AlarmEntry fresh;

    /** The thread, {@link #STARTING}, or null if there is none. */
    @SuppressWarnings("UnusedVariable")
    private volatile @Nullable Object runner;

    /** When the thread looks again. Written by the thread. */
    private volatile long wakesAt;

    private volatile boolean closed;

    /** The alarms that the thread has seen. Belongs to the thread, and goes to the next with {@link #runner}. */
    private final AlarmHeap heap = new AlarmHeap();

    /** Alarms that were called off and still take room. */
    private final AtomicInteger dead = new AtomicInteger();

    private static final VarHandle FRESH = FieldHandles.find(MethodHandles.lookup(), "fresh", AlarmEntry.class);
    private static final VarHandle RUNNER = FieldHandles.find(MethodHandles.lookup(), "runner", Object.class);

    public SystemTimer(String threadName) {
        this(Thread.ofPlatform().daemon().name(threadName).factory());
    }

    /** @param factory makes daemon threads */
    public SystemTimer(ThreadFactory factory) {
        this.factory = factory;
    }

    /** Sets, rings and calls off on the calling thread, so that the thread of a real timer uses nothing first. */
    public static void rehearse() {
        SystemTimer timer = new SystemTimer("rehearsal");
        timer.runner = Thread.currentThread();
        timer.after(LONGEST_NANOS, () -> {}).cancel();
        timer.after(0, () -> {});
        timer.takeFresh();
        timer.ring();
        var _ = RUNNER.compareAndSet(timer, timer.runner, null);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    /**
     * Sets an alarm. After {@link #close} it does nothing: what the alarm was to stop has been stopped. Throws if the
     * alarm needs a thread and none can be started; the alarm is not set then.
     */
    @Override
    public Alarm after(long nanos, Runnable alarm) {
        AlarmEntry entry = new AlarmEntry(this, System.nanoTime() + Math.min(nanos, LONGEST_NANOS), alarm);
        if (closed) {
            var _ = entry.taken();
            return entry;
        }
        do {
            entry.next = fresh;
        } while (!FRESH.compareAndSet(this, entry.next, entry));
        try {
            awaken(entry);
        } catch (Throwable noThread) {
            entry.cancel();
            throw noThread;
        }
        return entry;
    }

    /** Sees to it that a thread looks at the stack in time. */
    private void awaken(AlarmEntry entry) {
        Object at = runner;
        while (!(at instanceof Thread)) {
            if (at == null && RUNNER.compareAndSet(this, null, STARTING)) {
                start();
            } else {
                Thread.onSpinWait(); // a thread is being started; if that fails, it is up to the next
            }
            at = runner;
        }
        if (entry.due - wakesAt < 0) {
            LockSupport.unpark((Thread) at);
        }
    }

    private void start() {
        Thread thread = null;
        try {
            thread = factory.newThread(new Look());
            wakesAt = System.nanoTime(); // it looks at once
            runner = thread;
            thread.start();
        } catch (Throwable noThread) {
            runner = null;
            throw noThread;
        }
    }

    void noteCancelled() {
        if (dead.incrementAndGet() % DEAD_BEFORE_SWEEP == 0 && runner instanceof Thread thread) {
            LockSupport.unpark(thread);
        }
    }

    /** Returns how many alarms were called off and still take room. */
    int dead() {
        return dead.get();
    }

    /** Returns the thread, or null if there is none. */
    @Nullable
    Thread thread() {
        return runner instanceof Thread thread ? thread : null;
    }

    @Override
    public void close() {
        closed = true;
        if (runner instanceof Thread thread) {
            LockSupport.unpark(thread);
        }
    }

    /** What the thread does. A class, not a lambda: the first lambdas of a program cost milliseconds. */
    private final class Look implements Runnable {
        @Override
        public void run() {
            lookOn();
        }
    }

    private void lookOn() {
        do {
            look();
            runner = null;
            // an alarm that came before that line saw a thread that looks no more
        } while (!closed && fresh != null && RUNNER.compareAndSet(this, null, Thread.currentThread()));
        if (closed) {
            fresh = null;
        }
    }

    /** Rings what is due, until there has been nothing to do for a while. */
    private void look() {
        long idleEnd = System.nanoTime() + KEEP_ALIVE_NANOS;
        while (!closed) {
            try {
                takeFresh();
                ring();
            } catch (Throwable noMemory) { // a class is linked at its first use, which needs some
                MemoryPause.rest();
                continue;
            }
            long now = System.nanoTime();
            AlarmEntry earliest = heap.earliest();
            if (earliest != null) {
                idleEnd = now + KEEP_ALIVE_NANOS;
            } else if (idleEnd - now <= 0) {
                return;
            }
            sleep(earliest == null ? idleEnd : earliest.due);
        }
    }

    private void sleep(long until) {
        wakesAt = until;
        long left = until - System.nanoTime();
        if (fresh == null && !closed && left > 0) {
            LockSupport.parkNanos(this, left);
        }
        Thread.interrupted(); // an alarm may have left the flag, with which no sleep would last
    }

    /** Takes over what is new, and lets go of what was called off if that is much. */
    private void takeFresh() {
        AlarmEntry entry = (AlarmEntry) FRESH.getAndSet(this, null);
        int gone = 0;
        while (entry != null) {
            AlarmEntry next = entry.next;
            if (entry.isArmed()) {
                heap.add(entry);
            } else {
                gone++;
            }
            entry = next;
        }
        if (gone > 0) {
            dead.addAndGet(-gone);
        }
        if (dead.get() >= DEAD_BEFORE_SWEEP && dead.get() > heap.size() / 2) {
            dead.addAndGet(-heap.sweep());
        }
    }

    /** Rings what is due. */
    private void ring() {
        for (AlarmEntry entry = heap.earliest(); entry != null && !closed; entry = heap.earliest()) {
            if (entry.isArmed() && entry.due - System.nanoTime() > 0) {
                return;
            }
            heap.removeEarliest();
            Runnable body = entry.taken();
            if (body == null) {
                dead.decrementAndGet();
                continue;
            }
            try {
                body.run();
            } catch (Throwable t) {
                FaultLog.tell(FaultKind.ALARM, null, t);
            }
        }
    }
}
