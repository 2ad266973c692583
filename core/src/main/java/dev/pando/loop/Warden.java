package dev.pando.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one platform thread beside a loop. It rings when a deadline has come and nobody runs who would see that; and it looks
 * now and then whether a coroutine has held the turn for too long, and says so while it still does. It is a platform thread
 * since a coroutine that computes may leave no processor to a virtual one.
 *
 * <p>It rests while the loop does: then it looks at nothing until there is news. When there has been no coroutine for a
 * second its thread ends; the next news starts another.
 */
final class Warden implements Runnable {
    private static final System.Logger LOG = System.getLogger("dev.pando");
    private static final long NEVER = Long.MAX_VALUE;
    private static final long KEEP_NANOS = 1_000_000_000L;
    /** So many looks in the time that a coroutine may hold the turn. */
    private static final int LOOKS = 4;

    private final LoopEngine loop;
    private final long limit;
    private final LoopSettings settings;

    /** When to ring. Set by who lays the turn down, taken by the warden. */
    @SuppressWarnings("UnusedVariable") // it is written through its handle as well
    private volatile long alarm = NEVER;

    /** Whether it must be told when the turn is picked up. Written by the warden. */
    private volatile boolean resting = true;

    private volatile boolean stopped;

    /** {@code null}: at home. Guarded by this. */
    private @Nullable Thread thread;

    /** Whether there was news since the last look. Guarded by this. */
    private boolean news;

    /** The turn that was seen last, since when, and whether it was reported. The warden's own. */
    private long seen = -1;

    private long seenAt;
    private boolean reported;

    private static final VarHandle ALARM;

    static {
        try {
            ALARM = MethodHandles.lookup().findVarHandle(Warden.class, "alarm", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    Warden(LoopEngine loop, LoopSettings settings) {
        this.loop = loop;
        this.settings = settings;
        this.limit = settings.warnNanos();
    }

    /** By who lays the turn down, before that. */
    void ringAt(long moment) {
        long before = (long) ALARM.getAndSet(this, moment);
        if (moment < before) signal();
    }

    /** The turn was picked up. */
    void attention() {
        if (resting) signal();
    }

    void stop() {
        stopped = true;
        synchronized (this) {
            LockSupport.unpark(thread);
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
        } catch (Throwable noThreadLeft) { // better one that may come late than none: deadlines depend on it
            thread = Thread.startVirtualThread(this);
        }
    }

    private synchronized boolean takeNews() {
        boolean there = news;
        news = false;
        return there;
    }

    private synchronized boolean goesHome() {
        if (news || loop.alive() > 0 || !loop.turn.isLying()) return false;
        thread = null;
        return true;
    }

    @Override
    public void run() {
        resting = false;
        while (!stopped) {
            long now = System.nanoTime();
            long due = alarm;
            if (due - now <= 0) {
                if (ALARM.compareAndSet(this, due, NEVER)) loop.turn.alarm();
            } else if (looksOn(now)) {
                LockSupport.parkNanos(this, Math.min(limit / LOOKS, due - now));
            } else if (rest(due, now)) {
                return;
            }
        }
    }

    /** {@code false}: there is nothing to look at. */
    private boolean looksOn(long now) {
        Turn turn = loop.turn;
        long taken = turn.taken();
        if (turn.isLying() || limit == NEVER) {
            seen = -1;
            return false;
        }
        if (taken != seen) {
            seen = taken;
            seenAt = now;
            reported = false;
        } else if (!reported && now - seenAt >= limit) {
            reported = true;
            try {
                report(now - seenAt);
            } catch (Throwable t) { // a report that fails must not cost the loop its alarms
                LOG.log(System.Logger.Level.WARNING, "a report about " + loop.name + " failed", t);
            }
        }
        return true;
    }

    /** {@code true}: it went home. */
    private boolean rest(long due, long now) {
        resting = true;
        takeNews();
        boolean still = (loop.turn.isLying() || limit == NEVER) && alarm == due && !stopped;
        if (still) {
            if (due != NEVER) LockSupport.parkNanos(this, due - now);
            else if (loop.alive() > 0) LockSupport.park(this);
            else LockSupport.parkNanos(this, KEEP_NANOS);
        }
        if (still && due == NEVER && loop.alive() == 0 && System.nanoTime() - now >= KEEP_NANOS && goesHome()) return true;
        resting = false;
        return false;
    }

    private void report(long nanos) {
        Coroutine holds = loop.turn.current;
        Thread where = holds == null ? null : loop.turn.holder();
        if (holds == null || where == null) return; // it is being handed over
        StackTraceElement[] stack = where.getStackTrace();
        if (loop.turn.taken() != seen) return; // it has moved while we looked
        StringBuilder text = new StringBuilder(holds.name() + " has held " + loop.name + " for " + nanos / 1_000_000
                + " ms, and nobody else can run; a blocking call belongs into Loop.await. It is here:");
        for (StackTraceElement frame : stack) text.append("\n    at ").append(frame);
        settings.report(text.toString());
    }
}
