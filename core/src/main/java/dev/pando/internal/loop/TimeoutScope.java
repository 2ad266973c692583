package dev.pando.internal.loop;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.pando.DeadlineExceededException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A timeout under way, as Trio's cancel scope: a part of a coroutine that ends by itself. Scopes nest as calls do; if
 * several are due, the outermost ends first and takes those inside with it. Belongs to the thread that holds the turn.
 */
final class TimeoutScope extends TimerEntry {
    private final Coroutine of;
    private final @Nullable TimeoutScope outer;
    private boolean isDue;

    /** Whether its end was thrown already: that happens once, so that clean-up on the way out may use verbs. */
    private boolean thrown;

    private TimeoutScope(Coroutine of) {
        this.of = of;
        this.outer = of.scope;
    }

    @Override
    void ring() {
        isDue = true;
        of.stir();
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

    /** Returns what ends the code inside of this scope. The caller must throw it. */
    @CheckReturnValue
    CancellationException ending() {
        thrown = true;
        return new TimeUp(this);
    }

    /** Runs the body in a scope of the calling coroutine. */
    static <T extends @Nullable Object> T within(Coroutine me, long nanos, Callable<T> body) throws Exception {
        TimeoutScope scope = new TimeoutScope(me);
        me.scope = scope;
        me.turn.timers.add(scope, LoopClock.later(me.now(), nanos));
        try {
            return body.call();
        } catch (TimeUp up) {
            if (up.scope != scope) {
                throw up;
            }
            throw new DeadlineExceededException(
                    "what " + me.name() + " did within a timeout was not done within " + nanos / 1_000_000 + " ms");
        } finally {
            me.turn.timers.remove(scope);
            me.scope = scope.outer;
        }
    }

    /** Ends the code inside of a scope. For all code but that scope's it is a cancellation. */
    private static final class TimeUp extends CancellationException {
        private static final long serialVersionUID = 1L;
        private final transient TimeoutScope scope;

        TimeUp(TimeoutScope scope) {
            super("the time was up for what " + scope.of.name() + " did within a timeout");
            this.scope = scope;
        }
    }
}
