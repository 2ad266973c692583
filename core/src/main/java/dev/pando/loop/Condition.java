package dev.pando.loop;

import dev.pando.internal.loop.Coroutine;
import dev.pando.internal.loop.WaitQueue;
import dev.pando.internal.util.Checks;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Where coroutines that have a {@link Mutex} wait until another one has changed what the mutex guards. They let go of
 * the mutex while they wait, and have it again when they go on.
 *
 * {@snippet :
 * Mutex mutex = new Mutex();
 * Condition filled = Condition.of(mutex);
 * String next = mutex.withLock(() -> { filled.awaitUntil(() -> !lines.isEmpty()); return lines.remove(); });
 * mutex.withLock(() -> { lines.add(line); filled.signal(); });    // another coroutine
 * }
 *
 * <p>A coroutine that is cancelled while it waits has the mutex as well when the cancellation is thrown, so that a
 * {@code finally} may unlock it. If it was woken by {@link #signal} before, the wake goes to another that waits: none
 * is lost. A wait without a predicate may therefore end although what was signalled is no longer so.
 */
public final class Condition {
    private final Mutex mutex;

    /** The item of a place is this condition if the wake was meant for one coroutine, and null if it was for all. */
    private final WaitQueue<Condition> line = new WaitQueue<>();

    private Condition(Mutex mutex) {
        this.mutex = mutex;
    }

    /** Returns a condition of what this mutex guards. A mutex may have several. */
    public static Condition of(Mutex mutex) {
        return new Condition(Checks.present(mutex, "mutex"));
    }

    /**
     * Unlocks the mutex, waits until the condition is signalled, and locks the mutex again.
     *
     * @throws IllegalStateException the caller has not locked the mutex
     * @throws CancellationException the caller was cancelled; it has the mutex again
     */
    public void await() {
        Coroutine me = mutex.holder("Condition.await", true);
        boolean wokenAlone = false;
        mutex.handOver();
        try {
            wokenAlone = line.stand(me, null, this).item != null;
        } finally {
            mutex.lockAgain(me);
        }
        try {
            mutex.holder("Condition.await", true);
        } catch (CancellationException cancelledOnceWoken) {
            if (wokenAlone) {
                serve(1);
            }
            throw cancelledOnceWoken;
        }
    }

    /**
     * Waits until the predicate holds, which is asked with the mutex locked: now, and whenever the condition is
     * signalled. It must not wait for anything itself.
     *
     * @throws IllegalStateException the caller has not locked the mutex
     * @throws CancellationException the caller was cancelled; it has the mutex again
     */
    public void awaitUntil(BooleanSupplier isSo) {
        Checks.present(isSo, "isSo");
        mutex.holder("Condition.awaitUntil", true);
        while (!isSo.getAsBoolean()) {
            await();
        }
    }

    /**
     * Wakes the coroutine that has waited longest, if one waits. It goes on when the caller has unlocked the mutex.
     *
     * @throws IllegalStateException the caller has not locked the mutex
     */
    public void signal() {
        mutex.holder("Condition.signal", false);
        serve(1);
    }

    /**
     * As {@link #signal()}, for so many coroutines, or as many as wait.
     *
     * @throws IllegalStateException the caller has not locked the mutex
     * @throws IllegalArgumentException the number is negative
     */
    public void signal(int coroutines) {
        Checks.notNegative(coroutines, "coroutines");
        mutex.holder("Condition.signal", false);
        serve(coroutines);
    }

    /**
     * Wakes all coroutines that wait. They go on one after the other, as each unlocks the mutex.
     *
     * @throws IllegalStateException the caller has not locked the mutex
     */
    public void signalAll() {
        mutex.holder("Condition.signalAll", false);
        line.serveAll();
    }

    private void serve(int coroutines) {
        for (int i = 0; i < coroutines && !line.isEmpty(); i++) {
            line.serve().item = this;
        }
    }

    /** Returns how many wait here now. */
    public int waiting() {
        return line.size();
    }

    @Override
    public String toString() {
        return "Condition[" + line.size() + " wait, " + mutex + "]";
    }
}
