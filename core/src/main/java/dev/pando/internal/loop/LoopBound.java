package dev.pando.internal.loop;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The tie of a channel, mutex, semaphore, event or barrier to one loop, the first that uses it. Those have no lock, so
 * that a second loop, which runs at the same time, must be refused.
 */
public final class LoopBound {
    private final AtomicReference<@Nullable LoopRuntime> home = new AtomicReference<>();

    /**
     * Returns the calling coroutine at a verb that may wait. Throws if it belongs to another loop, or was cancelled.
     */
    public Coroutine atVerb(String verb) {
        Coroutine caller = caller(verb);
        caller.check();
        return caller;
    }

    /** Returns the calling coroutine. Throws if there is none, or if it belongs to another loop. */
    public Coroutine caller(String verb) {
        Coroutine caller = CurrentCoroutine.coroutine(verb);
        LoopRuntime first = home.get();
        if (first == null && home.compareAndSet(null, caller.loop)) {
            return caller;
        }
        if (first != caller.loop && home.get() != caller.loop) {
            LoopRuntime other = home.get();
            throw new IllegalStateException(verb + " was called by " + caller.name() + " of " + caller.loop.name
                    + ", but this one belongs to " + (other == null ? "another loop" : other.name)
                    + ". Make one for each loop; between loops, use a queue of java.util.concurrent inside of"
                    + " Loop.await");
        }
        return caller;
    }
}
