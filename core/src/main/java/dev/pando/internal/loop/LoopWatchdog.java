package dev.pando.internal.loop;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.util.FaultKind;
import dev.pando.internal.util.FaultLog;
import dev.pando.internal.util.FieldHandles;
import dev.pando.internal.util.Uninterruptibly;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The platform thread beside a loop, with two tasks. It rings when a deadline has come while no coroutine runs that
 * would see it; and it reports a coroutine that has held the turn for too long, while that coroutine still does. A
 * platform thread, because a coroutine that computes may leave no processor to a virtual one.
 *
 * <p>The thread rests while the loop does, and looks at nothing until there is news. When there has been no coroutine
 * for a second the thread ends; the next news starts another.
 */
final class LoopWatchdog implements Runnable {
    private static final long NEVER = Long.MAX_VALUE;

    /**
     * How long the thread outlives the last coroutine, so that a program of many short loops' tasks does not start one
     * for each.
     */
    private static final long KEEP_ALIVE_NANOS = 1_000_000_000L;

    /** How long the thread may take to end: a moment of a processor, unless it is in code of the program. */
    private static final long END_MILLIS = 1000;

    /** How often the thread looks within the limit, so that a report is late by a quarter of the limit at most. */
    private static final int LOOKS_PER_LIMIT = 4;

    private final LoopRuntime loop;
    private final long limit;
    private final LoopSettings settings;

    /** When to ring. Set by the coroutine that lays the turn down, reset by the thread of this. */
    @SuppressWarnings("UnusedVariable") // it is written through its handle as well
    private volatile long alarm = NEVER;

    /** Whether {@link #attention} must wake the thread. Written by the thread. */
    private volatile boolean resting = true;

    private volatile boolean stopped;

    /** The thread that runs this; null while there is none. */
    @GuardedBy("this")
    private @Nullable Thread thread;

    /** Whether the last try to start one failed. */
    private volatile boolean threadless;

    /** Whether there was news since the last look. */
    @GuardedBy("this")
    private boolean news;

    /** What this thread, and no other, has seen of the turn. */
    private final HoldMeter meter;

    /** Where the last look found the holder; null if there was none. This thread's own. */
    private StackTraceElement @Nullable [] place;

    private static final VarHandle ALARM = FieldHandles.find(MethodHandles.lookup(), "alarm", long.class);

    LoopWatchdog(LoopRuntime loop, LoopSettings settings) {
        this.loop = loop;
        this.settings = settings;
        this.limit = settings.warnNanos();
        this.meter = new HoldMeter(limit);
    }

    /**
     * Sets when to ring. Called by the coroutine that is about to lay the turn down. Returns false if no thread could
     * be had that would ring.
     */
    @CheckReturnValue
    boolean ringAt(long moment) {
        long before = (long) ALARM.getAndSet(this, moment);
        if (moment < before || threadless) {
            signal();
        }
        return !threadless;
    }

    /** Called when the turn was picked up, and when the last coroutine has ended. */
    void attention() {
        if (resting) {
            signal();
        }
    }

    /** Waits for the end of the thread, unless that writes a report. */
    void stop() {
        stopped = true;
        Thread there;
        synchronized (this) {
            there = thread;
        }
        LockSupport.unpark(there);
        if (there == null || there == Thread.currentThread()) {
            return;
        }
        try {
            Uninterruptibly.await(() -> there.join(END_MILLIS));
        } catch (OutOfMemoryError noMemory) {
            // the thread ends by itself, and the loop must end as well
        }
    }

    private synchronized void signal() {
        news = true;
        if (thread != null) {
            LockSupport.unpark(thread);
            return;
        }
        try {
            thread = Thread.ofPlatform().daemon().name(loop.name + "-warden").start(this);
            threadless = false;
        } catch (Throwable noThreadLeft) { // a virtual thread may come late, but deadlines need some thread
            startVirtual();
        }
    }

    /** Never throws, or else the turn of the caller would be lost: the next news tries again. */
    @GuardedBy("this")
    private void startVirtual() {
        try {
            thread = Thread.startVirtualThread(this);
            threadless = false;
        } catch (Throwable noMemory) {
            thread = null;
            threadless = true;
        }
    }

    private synchronized void forgetNews() {
        news = false;
    }

    /** Returns whether the thread must end: then the next news starts another. */
    @CheckReturnValue
    private synchronized boolean mayEnd() {
        if (news || loop.alive() > 0 || !loop.turn.isLying()) {
            return false;
        }
        thread = null;
        return true;
    }

    @Override
    public void run() {
        resting = false;
        while (!stopped) {
            long now = System.nanoTime();
            long due = alarm;
            if (due <= now) {
                if (ALARM.compareAndSet(this, due, NEVER)) {
                    loop.turn.alarm();
                }
            } else if (looksOn(now)) {
                long untilLook = limit / LOOKS_PER_LIMIT;
                LockSupport.parkNanos(this, due == NEVER ? untilLook : Math.min(untilLook, due - now));
            } else if (rest(due, now)) {
                return;
            }
        }
    }

    /** Watches the holder of the turn. Returns false if there is none to watch. */
    private boolean looksOn(long now) {
        long turn = loop.turn.turnCount();
        if (loop.turn.isLying() || limit == NEVER) {
            meter.forget();
            return false;
        }
        try {
            if (meter.isDue(turn, now, this::loadsClasses)) {
                report(meter.held());
            }
        } catch (Throwable t) { // a report that fails must not cost the loop its alarms
            FaultLog.tell(FaultKind.REPORT, loop, t);
        }
        return true;
    }

    /** Looks where the holder is, which a report shows. Returns whether it loads classes there. */
    private boolean loadsClasses() {
        Thread where = loop.turn.holder();
        StackTraceElement[] stack = where == null ? null : where.getStackTrace();
        place = stack;
        return stack != null && LoadingTrace.isIn(stack);
    }

    /** Parks until there is news. Returns true if the thread must end. */
    private boolean rest(long due, long now) {
        resting = true;
        forgetNews();
        boolean still = (loop.turn.isLying() || limit == NEVER) && alarm == due && !stopped;
        if (still) {
            if (due != NEVER) {
                LockSupport.parkNanos(this, due - now);
            } else if (loop.alive() > 0) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, KEEP_ALIVE_NANOS);
            }
        }
        if (still && due == NEVER && loop.alive() == 0 && System.nanoTime() - now >= KEEP_ALIVE_NANOS && mayEnd()) {
            return true;
        }
        resting = false;
        return false;
    }

    /** Shows the place that was judged: at another, to which the holder may have come since, it may be excused. */
    private void report(long nanos) {
        Coroutine holds = loop.turn.current;
        StackTraceElement[] stack = place;
        if (holds == null || stack == null) {
            return; // the turn is being handed over
        }
        if (loop.turn.turnCount() != meter.turn()) {
            return; // the turn went on, so the stack may be another coroutine's
        }
        StringBuilder text = new StringBuilder(holds.name() + " has held " + loop.name + " for " + nanos / 1_000_000
                + " ms, and nobody else can run; a blocking call belongs into Loop.await. It is here:");
        for (StackTraceElement frame : stack) {
            text.append("\n    at ").append(frame);
        }
        settings.report(text.toString());
    }
}
