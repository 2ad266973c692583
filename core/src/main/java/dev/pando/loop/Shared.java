package dev.pando.loop;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Something that coroutines of one loop share. It belongs to the loop that uses it first: two loops run at the same time, and
 * it has no lock.
 */
final class Shared {
    private final AtomicReference<@Nullable LoopEngine> home = new AtomicReference<>();

    /** At a verb that may wait: the calling coroutine, if it is of the right loop and is not to end here. */
    public Coroutine atVerb(String verb) {
        Coroutine caller = caller(verb);
        caller.check();
        return caller;
    }

    public Coroutine caller(String verb) {
        Coroutine caller = Here.coroutine(verb);
        LoopEngine first = home.get();
        if (first == null && home.compareAndSet(null, caller.loop)) return caller;
        if (first != caller.loop && home.get() != caller.loop) {
            LoopEngine other = home.get();
            throw new IllegalStateException(verb + " was called by " + caller.name() + " of " + caller.loop.name
                    + ", but this one belongs to " + (other == null ? "another loop" : other.name)
                    + ". Make one for each loop; between loops, use a queue of java.util.concurrent inside of Loop.await");
        }
        return caller;
    }
}
