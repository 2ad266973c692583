package dev.pando.internal.loop;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.pando.DeadlineExceededException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A timeout, as Trio's cancel scope: a part of a coroutine that ends by itself. Scopes nest as calls do; if several are
 * due, the outermost ends first and takes those inside with it. Belongs to the thread that holds the turn.
 */
public final class TimeoutScope extends TimerEntry {
    /** The limit that is no limit. */
    public static final long NEVER = Long.MAX_VALUE;

    private final long limit;

    /** Whether the limit is a moment of the loop's time, and not a duration. */
    private final boolean isMoment;

    /** The coroutine that runs the body; null until it begins. */
    private @Nullable Coroutine of;

    private @Nullable TimeoutScope outer;
    private long begun;
    private boolean isOver;
    private boolean isDue;

    /** Whether its end was thrown already: that happens once, so that clean-up on the way out may use verbs. */
    private boolean thrown;

    private TimeoutScope(long limit, boolean isMoment) {
        this.limit = limit;
        this.isMoment = isMoment;
    }

    /** Returns a scope that ends so many nanoseconds after its body has begun. */
    public static TimeoutScope lasting(long nanos) {
        return new TimeoutScope(nanos, false);
    }

    /** Returns a scope that ends when so many nanoseconds have passed since the loop was made. */
    public static TimeoutScope until(long elapsed) {
        return new TimeoutScope(elapsed, true);
    }

    /** Returns whether the time was up before the body had ended. */
    public boolean isExpired() {
        return isDue;
    }

    /** Returns when the time is up, in nanoseconds since the loop was made. Returns {@link #NEVER} if it is not set. */
    public long when() {
        Coroutine mine = of;
        return mine == null || due == NEVER ? NEVER : mine.turn.clock.elapsedAt(due);
    }

    /** Sets the time anew, to so many nanoseconds from now. */
    public void reschedule(String verb, long nanos) {
        Coroutine mine = changeable(verb);
        set(mine, nanos == NEVER ? NEVER : LoopClock.later(mine.now(), nanos));
    }

    /** Sets the time anew, to when so many nanoseconds have passed since the loop was made. */
    public void rescheduleAt(String verb, long elapsed) {
        Coroutine mine = changeable(verb);
        set(mine, mine.turn.clock.moment(elapsed));
    }

    private Coroutine changeable(String verb) {
        Coroutine caller = CurrentCoroutine.coroutine(verb);
        Coroutine mine = of;
        if (mine == null) {
            throw new IllegalStateException(verb + " was called before Loop.timeout(timeout, body) has begun: make the"
                    + " timeout with another limit instead");
        }
        if (caller.loop != mine.loop) {
            throw new IllegalStateException(verb + " was called by " + caller.name() + " of " + caller.loop.name
                    + ", but this is a timeout of " + mine.name() + " of " + mine.loop.name
                    + ", and only coroutines of that loop may change it");
        }
        if (isOver || isDue) {
            throw new IllegalStateException(verb + " comes too late: "
                    + (isDue ? "the time was up" : "what " + mine.name() + " did within the timeout has ended"));
        }
        return mine;
    }

    private void set(Coroutine mine, long moment) {
        mine.turn.timers.reserve(); // first, or else the time that was set would be lost
        mine.turn.timers.remove(this);
        due = moment;
        if (moment != NEVER) {
            mine.turn.timers.add(this, moment);
        }
    }

    @Override
    void ring() {
        isDue = true;
        if (of != null) {
            of.stir();
        }
    }

    /**
     * Returns the outermost scope, of this and those around it, that is due and has not thrown yet. Returns null if
     * none is.
     */
    @Nullable
    TimeoutScope outermostDue() {
        TimeoutScope found = null;
        for (TimeoutScope scope = this; scope != null; scope = scope.outer) {
            if (scope.isDue && !scope.thrown) {
                found = scope;
            }
        }
        return found;
    }

    /** Returns whether this scope, or one around it, will yet end the code inside. */
    boolean willEnd() {
        for (TimeoutScope scope = this; scope != null; scope = scope.outer) {
            if (!scope.thrown) {
                return true;
            }
        }
        return false;
    }

    /** Returns what ends the code inside of this scope. The caller must throw it. */
    @CheckReturnValue
    CancellationException ending() {
        thrown = true;
        return new TimeUp(this);
    }

    /** Runs the body of the calling coroutine in this scope. */
    <T extends @Nullable Object> T around(Coroutine me, Callable<T> body) throws Exception {
        begin(me);
        try {
            return body.call();
        } catch (TimeUp up) {
            if (up.scope != this) {
                throw up;
            }
            throw new DeadlineExceededException("what " + me.name() + " did within a timeout was not done within "
                    + Math.max(0, due - begun) / 1_000_000 + " ms");
        } finally {
            isOver = true;
            me.turn.timers.remove(this);
            me.scope = outer;
        }
    }

    private void begin(Coroutine me) {
        if (of != null) {
            throw new IllegalStateException(
                    "this timeout was used before, by " + of.name() + ": make one for each body");
        }
        begun = me.now();
        set(me, limit == NEVER ? NEVER : isMoment ? me.turn.clock.moment(limit) : LoopClock.later(begun, limit));
        of = me;
        outer = me.scope;
        me.scope = this;
    }

    /** Ends the code inside of a scope. For all code but that scope's it is a cancellation. */
    private static final class TimeUp extends CancellationException {
        private static final long serialVersionUID = 1L;
        private final transient TimeoutScope scope;

        TimeUp(TimeoutScope scope) {
            super("the time was up for what " + (scope.of == null ? "a coroutine" : scope.of.name())
                    + " did within a timeout");
            this.scope = scope;
        }
    }
}
