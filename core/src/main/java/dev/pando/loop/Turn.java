package dev.pando.loop;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.pando.internal.util.FieldHandles;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The baton of a loop: whoever holds it runs, and all others do not. The holder, when it has to wait or is at its end,
 * says who is next, hands the baton over, and only then parks. Nobody is in between: there is no scheduler.
 *
 * <p>When nobody can go on the baton lies there, and whoever brings news (a thread of somebody else's, the {@link Warden}
 * with an alarm) picks it up just to hand it to whom the news is for. News that comes while it is held is posted on a
 * stack, which the holder reads before it says who is next; the one who lays the baton down looks at the stack once more
 * after that, so that one of the two always sees the other.
 */
final class Turn {
    private static final int LYING = 0;
    private static final int HELD = 1;

    /**
     * How rarely the clock is read while no deadline is set: only a dump shows the time then, so that most turns need not
     * pay for a read. A power of two, so that the remainder is a mask.
     */
    private static final int TURNS_PER_CLOCK_READ = 64;

    final Sleepers sleepers = new Sleepers();
    final LoopClock clock;
    private final LoopEngine loop;
    private final Ring ring;
    private final Warden warden;

    /** Any thread, by one atomic step from lying to held. */
    private volatile int state = LYING;

    /** A Treiber stack of the coroutines that threads without the turn have news for, linked by {@code nextPosted}. */
    private volatile @Nullable Coroutine posted;

    /** An alarm rang. Written by the warden, taken back by the holder. */
    private volatile boolean rang;

    /** Whose stack runs. Others compare it with themselves only, and so need no fence. */
    private @Nullable Thread holder;

    /** Who runs; stays when the turn is laid down. Read by those who look. */
    @Nullable Coroutine current;

    /** How often the turn was taken. Written by the holder, read by the warden. */
    @SuppressWarnings("UnusedVariable") // it is written through its handle
    private long turns;

    private long now;

    /** Blocking calls under way, for which a virtual clock stands still. */
    int outside;

    private static final VarHandle STATE = FieldHandles.find(MethodHandles.lookup(), "state", int.class);
    private static final VarHandle STACK = FieldHandles.find(MethodHandles.lookup(), "posted", Coroutine.class);
    private static final VarHandle TURNS = FieldHandles.find(MethodHandles.lookup(), "turns", long.class);

    Turn(LoopEngine loop, Ring ring, LoopClock clock, Warden warden) {
        this.loop = loop;
        this.ring = ring;
        this.clock = clock;
        this.warden = warden;
        this.now = clock.now();
    }

    /** Whether the calling thread holds it. */
    boolean isMine() {
        return holder == Thread.currentThread();
    }

    /** Whose stack runs, for people who look; {@code null} while it is handed over. */
    @Nullable Thread holder() {
        return holder;
    }

    boolean isLying() {
        return state == LYING;
    }

    long turnCount() {
        return (long) TURNS.getOpaque(this);
    }

    /** The time, not much older than this turn. */
    long now() {
        return now;
    }

    void ready(Coroutine coroutine) {
        ring.add(coroutine);
    }

    /** Lets everybody else who is ready go first. */
    void pass(Coroutine me) {
        if (ring.isEmpty() && posted == null && sleepers.isEmpty()) return;
        ring.add(me);
        give(me);
    }

    /** Hands it to whoever is next, and returns when it has come back to this one. */
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

    /** Hands it to whoever is next, and goes on without it. */
    void leave() {
        Coroutine to = next();
        while (to != null && !handed(to, true)) to = next();
    }

    /** Takes part again, after {@link #leave}. */
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

    /** What a thread of the loop does: one coroutine, and then those that have none yet, as long as it is their turn. */
    void live(Coroutine first) {
        for (Coroutine me = first; me != null; me = successor()) {
            take(me);
            me.perform();
            loop.ended(me);
        }
    }

    /** Returns the coroutine that goes on on this thread. Returns null if the turn has left this thread, which must end. */
    @CheckReturnValue
    private @Nullable Coroutine successor() {
        for (Coroutine to = next(); to != null; to = next()) {
            if (to.thread == null) {
                to.thread = Thread.currentThread();
                return to;
            }
            if (handed(to, false)) return null; // this thread will take the first that has none
        }
        return null;
    }

    /** Hands the turn over. Returns false if the coroutine could not begin: then the caller still holds the turn and picks another. */
    @CheckReturnValue
    private boolean handed(Coroutine to, boolean newcomersToo) {
        holder = null;
        if (to.rouse()) {
            ring.rouseNext(newcomersToo); // after it, and before the turn is not ours any more
            to.grant();
            return true;
        }
        to.cannotBegin(to.unbegun == null ? new IllegalStateException("no thread") : to.unbegun);
        loop.ended(to);
        return false;
    }

    /** Returns the next coroutine. Returns null if none is ready: then the turn was laid down and the caller must not run on. */
    @CheckReturnValue
    private @Nullable Coroutine next() {
        while (true) {
            if (posted != null) read();
            if (!sleepers.isEmpty()) {
                now = clock.now();
                sleepers.ring(now);
            } else if (turns % TURNS_PER_CLOCK_READ == 0) {
                now = clock.now();
            }
            Coroutine to = ring.poll();
            if (to != null) return to;
            if (clock.isVirtual() && outside == 0 && !sleepers.isEmpty()) clock.jumpTo(sleepers.firstDue());
            else if (laidDown()) return null;
        }
    }

    /**
     * Lays the turn down, unless there is news. Returns false if the caller holds it still, and must look again.
     *
     * <p>Dekker's handshake: this writes {@code state} and then reads {@code posted} and {@code rang}; {@link #post} and
     * {@link #alarm} write those and then read {@code state}, in {@link #pickUp}. All four are volatile, so that one of the
     * two threads always sees the other.
     */
    @CheckReturnValue
    private boolean laidDown() {
        holder = null;
        current = null;
        rang = false;
        now = clock.now();
        if (!clock.isVirtual() && !sleepers.isEmpty()) {
            if (sleepers.firstDue() <= now) return false;
            warden.ringAt(sleepers.firstDue());
        }
        state = LYING;
        return (posted == null && !rang) || !STATE.compareAndSet(this, LYING, HELD);
    }

    /** Says something about a coroutine, without the turn. */
    void post(Coroutine about, int what) {
        if (!about.post(what)) return; // whoever posted it first brings this along
        Coroutine top;
        do {
            top = posted;
            about.nextPosted = top;
        } while (!STACK.weakCompareAndSet(this, top, about));
        pickUp();
    }

    /** The warden's alarm. */
    void alarm() {
        rang = true;
        pickUp();
    }

    private void pickUp() {
        if (state != LYING || !STATE.compareAndSet(this, LYING, HELD)) return;
        warden.attention();
        leave();
    }

    /** Reads what was posted, oldest first. */
    private void read() {
        Coroutine next = reversed((Coroutine) STACK.getAndSet(this, null));
        while (next != null) {
            Coroutine about = next;
            next = about.nextPosted;
            about.nextPosted = null; // before the bits are taken: after that it may be posted again
            act(about, about.takePosted());
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
        if ((what & Coroutine.NEW) != 0) loop.admit(about);
        if ((what & Coroutine.BACK) != 0) ring.add(about);
        if ((what & Coroutine.CANCELLED) != 0) about.cancelNow();
        if ((what & Coroutine.WOKEN) != 0) about.wakeNow();
    }
}
