package dev.pando.internal.loop;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.pando.internal.util.FieldHandles;
import dev.pando.internal.util.MemoryPause;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The baton of a loop: the coroutine that holds it runs, and no other does. A holder that must wait, or has ended,
 * picks the next coroutine, hands the baton over, and only then parks. There is no scheduler in between.
 *
 * <p>When no coroutine is ready, the baton lies there. A thread from outside that brings news, or the
 * {@link LoopWatchdog} with an alarm, picks it up just to hand it to the coroutine that the news is for. News that
 * comes while the baton is held is pushed on a Treiber stack, which the holder reads before it picks the next
 * coroutine. A holder that lays the baton down looks at the stack once more after that (Dekker's handshake,
 * {@link #laidDown}), so that no news is left lying beside it.
 */
final class Turn {
    private static final int LYING = 0;
    private static final int HELD = 1;

    /**
     * How rarely the clock is read while no deadline is set: only a dump shows the time then, so that most turns need
     * not pay for a read. A power of two, so that the remainder is a mask.
     */
    private static final int TURNS_PER_CLOCK_READ = 64;

    final TimerHeap timers = new TimerHeap();
    final LoopClock clock;
    private final LoopRuntime loop;
    private final ReadyQueue ready;
    private final LoopWatchdog watchdog;

    /** Any thread, by one atomic step from lying to held. */
    private volatile int state = LYING;

    /** A Treiber stack of the coroutines that threads without the turn have news for, linked by {@code nextPosted}. */
    private volatile @Nullable Coroutine posted;

    /** Whether an alarm rang. Set by the watchdog, cleared by the holder. */
    private volatile boolean rang;

    /**
     * The thread that runs. Other threads only compare it with themselves, which needs no fence: they see what they
     * wrote.
     */
    private @Nullable Thread holder;

    /** The coroutine that runs; null while the turn lies. Read by dumps and the watchdog. */
    @Nullable
    Coroutine current;

    /** How often a coroutine got the turn. Written by the holder, read by the watchdog. */
    @SuppressWarnings("UnusedVariable") // written through its handle
    private long turns;

    private long now;

    /** Blocking calls under way, for which a virtual clock stands still. */
    int outside;

    private static final VarHandle STATE = FieldHandles.find(MethodHandles.lookup(), "state", int.class);
    private static final VarHandle STACK = FieldHandles.find(MethodHandles.lookup(), "posted", Coroutine.class);
    private static final VarHandle TURNS = FieldHandles.find(MethodHandles.lookup(), "turns", long.class);

    Turn(LoopRuntime loop, ReadyQueue ready, LoopClock clock, LoopWatchdog watchdog) {
        this.loop = loop;
        this.ready = ready;
        this.clock = clock;
        this.watchdog = watchdog;
        this.now = clock.now();
    }

    /** Returns whether the calling thread holds the turn. */
    boolean isMine() {
        return holder == Thread.currentThread();
    }

    /** Returns the thread that runs, for reports. Returns null while the turn is handed over. */
    @Nullable
    Thread holder() {
        return holder;
    }

    boolean isLying() {
        return state == LYING;
    }

    long turnCount() {
        return (long) TURNS.getOpaque(this);
    }

    /** Returns the time, not much older than this turn. */
    long now() {
        return now;
    }

    /** Makes room for so many coroutines that are ready at once. */
    void expect(int coroutines) {
        ready.reserve(coroutines);
    }

    void ready(Coroutine coroutine) {
        ready.add(coroutine);
    }

    /** Lets every coroutine that is ready go first. */
    void pass(Coroutine me) {
        if (ready.isEmpty() && posted == null && timers.isEmpty()) {
            return;
        }
        ready.add(me);
        give(me);
    }

    /** Hands the turn to the next coroutine, and returns when the turn has come back to this one. */
    void give(Coroutine me) {
        Coroutine to = next();
        while (to != me) {
            if (to == null || handed(to, true)) {
                me.awaitTurn();
                break;
            }
            to = next();
        }
        take(me);
    }

    /** Hands the turn to the next coroutine, and goes on without it. */
    void leave() {
        Coroutine to = next();
        while (to != null && !handed(to, true)) {
            to = next();
        }
    }

    /** Waits for the turn again, after {@link #leave}. */
    void rejoin(Coroutine me) {
        post(me, Coroutine.BACK);
        me.awaitTurn();
        take(me);
    }

    private void take(Coroutine me) {
        holder = Thread.currentThread();
        current = me;
        TURNS.setOpaque(this, turns + 1);
    }

    /**
     * Runs one coroutine on the calling thread, and then others that have no thread yet, as long as one of those is
     * next.
     */
    void live(Coroutine first) {
        for (Coroutine me = first; me != null; me = successor()) {
            take(me);
            try {
                me.perform();
            } catch (Throwable t) { // the turn must go on, or else all others would wait for ever
                LoopRuntime.tellFault(me, t);
            }
            loop.ended(me);
        }
    }

    /**
     * Returns the coroutine that goes on on this thread. Returns null if the turn has left this thread, which must end.
     */
    @CheckReturnValue
    private @Nullable Coroutine successor() {
        for (Coroutine to = next(); to != null; to = next()) {
            if (to.thread == null) {
                to.thread = Thread.currentThread();
                return to;
            }
            if (handed(to, false)) {
                return null; // that coroutine has a thread of its own
            }
        }
        return null;
    }

    /**
     * Hands the turn over. Returns false if the coroutine could not begin: then the caller still holds the turn and
     * picks another.
     */
    @CheckReturnValue
    private boolean handed(Coroutine to, boolean newcomersToo) {
        holder = null;
        if (to.rouse()) {
            ready.rouseNext(newcomersToo); // after it, and before the turn is not ours any more
            to.grant();
            return true;
        }
        loop.endUnbegun(to, to.unbegun == null ? new IllegalStateException("no thread") : to.unbegun);
        return false;
    }

    /**
     * Returns the next coroutine. Returns null if none is ready: then the turn was laid down and the caller must not
     * run on.
     */
    @CheckReturnValue
    private @Nullable Coroutine next() {
        while (true) {
            if (posted != null) {
                read();
            }
            if (!timers.isEmpty()) {
                now = clock.now();
                timers.ring(now);
            } else if (turns % TURNS_PER_CLOCK_READ == 0) {
                now = clock.now();
            }
            Coroutine to = ready.poll();
            if (to != null) {
                return to;
            }
            if (clock.isVirtual() && outside == 0 && !timers.isEmpty()) {
                clock.jumpTo(timers.firstDue());
            } else if (laidDown()) {
                return null;
            }
        }
    }

    /**
     * Lays the turn down, unless there is news. Returns false if the caller holds it still, and must look again.
     *
     * <p>Dekker's handshake: this writes {@code state} and then reads {@code posted} and {@code rang}; {@link #post}
     * and {@link #alarm} write those and then read {@code state}, in {@link #pickUp}. All four are volatile, so that
     * one of the two threads always sees the other.
     */
    @CheckReturnValue
    private boolean laidDown() {
        holder = null;
        current = null;
        rang = false;
        now = clock.now();
        if (!clock.isVirtual() && !timers.isEmpty()) {
            if (timers.firstDue() <= now) {
                return false;
            }
            if (!watchdog.ringAt(timers.firstDue())) {
                MemoryPause.rest(); // no thread would ring, so that this one must look at the clock itself
                return false;
            }
        }
        state = LYING;
        return (posted == null && !rang) || !STATE.compareAndSet(this, LYING, HELD);
    }

    /** Posts news for a coroutine, without the turn. Any thread. */
    void post(Coroutine about, int what) {
        if (!about.post(what)) {
            return; // its first poster pushes it, and this bit goes along
        }
        Coroutine top;
        do {
            top = posted;
            about.nextPosted = top;
        } while (!STACK.weakCompareAndSet(this, top, about));
        pickUp();
    }

    /** Called by the watchdog when a deadline has come. */
    void alarm() {
        rang = true;
        pickUp();
    }

    private void pickUp() {
        if (state != LYING || !STATE.compareAndSet(this, LYING, HELD)) {
            return;
        }
        watchdog.attention();
        leave();
    }

    /** Acts on what was posted, oldest first. */
    private void read() {
        Coroutine next = reversed((Coroutine) STACK.getAndSet(this, null));
        while (next != null) {
            Coroutine about = next;
            next = about.nextPosted;
            about.nextPosted = null; // before the bits are taken: after that it may be posted again
            try {
                act(about, about.takePosted());
            } catch (Throwable t) { // the news for the others is in no other hands
                LoopRuntime.tellFault(about, t);
            }
        }
    }

    /** Turns the links of the stack round, so that the coroutine posted first is read first. Allocates nothing. */
    private static @Nullable Coroutine reversed(@Nullable Coroutine newest) {
        Coroutine oldest = null;
        Coroutine next = newest;
        while (next != null) {
            Coroutine before = next.nextPosted;
            next.nextPosted = oldest;
            oldest = next;
            next = before;
        }
        return oldest;
    }

    private void act(Coroutine about, int what) {
        if ((what & Coroutine.NEW) != 0) {
            loop.admitPosted(about);
        }
        if ((what & Coroutine.BACK) != 0) {
            ready.add(about);
        }
        if ((what & Coroutine.CANCELLED) != 0) {
            about.cancelNow();
        }
        if ((what & Coroutine.WOKEN) != 0) {
            about.wakeNow();
        }
    }
}
