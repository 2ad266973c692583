package dev.pando.loop;

import dev.pando.Action;
import dev.pando.internal.loop.Coroutine;
import dev.pando.internal.loop.LoopBound;
import dev.pando.internal.loop.LoopVerbs;
import dev.pando.internal.loop.WaitQueue;
import dev.pando.internal.util.Checks;
import java.util.concurrent.Callable;
import kotlin.internal.LowPriorityInOverloadResolution;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of permits between coroutines of one loop. Coroutines that wait get one in the order of asking.
 */
public final class Semaphore {
    private final LoopBound loop = new LoopBound();
    private final WaitQueue<Semaphore> line = new WaitQueue<>();
    private final int most;
    private int available;

    private Semaphore(int permits, int most) {
        this.available = permits;
        this.most = most;
    }

    /**
     * Makes a semaphore with this number of permits.
     *
     * @throws IllegalArgumentException the number is negative
     */
    public static Semaphore of(int permits) {
        return new Semaphore(Checks.notNegative(permits, "permits"), Integer.MAX_VALUE);
    }

    /**
     * Makes a semaphore that never has more permits than at first, so that a release too many is found.
     *
     * @throws IllegalArgumentException the number is negative
     */
    public static Semaphore bounded(int permits) {
        return new Semaphore(Checks.notNegative(permits, "permits"), permits);
    }

    /** Takes a permit, or waits for one. */
    public void acquire() {
        Coroutine me = loop.atVerb("Semaphore.acquire");
        if (available > 0) {
            available--;
        } else {
            line.stand(me, null, this);
        }
    }

    /** Takes a permit if there is one. Returns false if there is none. */
    public boolean tryAcquire() {
        loop.caller("Semaphore.tryAcquire");
        if (available == 0) {
            return false;
        }
        available--;
        return true;
    }

    /**
     * Gives a permit back: to the coroutine that has waited longest, if one waits.
     *
     * @throws IllegalStateException there are as many permits as there may be: this was called more often than
     *     {@link #acquire}
     */
    public void release() {
        loop.caller("Semaphore.release");
        if (!line.isEmpty()) {
            line.serve();
        } else if (available < most) {
            available++;
        } else {
            throw new IllegalStateException("all " + most + " permits of this semaphore are there: release once for"
                    + " each acquire, or use Semaphore.with");
        }
    }

    /**
     * Takes a permit, or waits for one, runs the body, and gives the permit back, however the body ends. What the body
     * throws is thrown, a checked exception inside a {@link dev.pando.TaskFailedException}.
     *
     * @throws java.util.concurrent.CancellationException the caller was cancelled while it waited: the body was not run
     */
    @SuppressWarnings("NamedLikeContextualKeyword") // the name that a shared semaphore has as well
    public <T extends @Nullable Object> T with(Callable<T> body) {
        Checks.present(body, "body");
        acquire();
        try {
            return LoopVerbs.unchecked("what ran with a permit of a semaphore", body);
        } finally {
            release();
        }
    }

    /**
     * As {@link #with(Callable)}, for a body without a value.
     *
     * @throws java.util.concurrent.CancellationException the caller was cancelled while it waited: the body was not run
     */
    @SuppressWarnings("NamedLikeContextualKeyword")
    @LowPriorityInOverloadResolution
    public void with(Action body) {
        with(ActionBody.of(body, "body"));
    }

    /** Returns how many permits can be taken now. */
    public int available() {
        return available;
    }

    @Override
    public String toString() {
        return "Semaphore[" + available + " available]";
    }
}
