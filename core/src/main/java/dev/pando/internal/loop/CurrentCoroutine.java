package dev.pando.internal.loop;

import dev.pando.spi.Waiters;
import org.jspecify.annotations.Nullable;

/** Finds the coroutine that calls. */
final class CurrentCoroutine {

    private CurrentCoroutine() {}

    /** Returns the calling coroutine. Returns null outside of coroutines, and in their blocking calls. */
    static @Nullable Coroutine coroutine() {
        return Waiters.own() instanceof Coroutine coroutine ? coroutine : null;
    }

    /** Returns the calling coroutine, or else throws and names the verb that needs one. */
    static Coroutine coroutine(String verb) {
        Coroutine caller = coroutine();
        if (caller != null) {
            return caller;
        }
        throw new IllegalStateException(verb + " was called by " + Thread.currentThread() + ", which runs no coroutine."
                + " Call it inside of Loop.run, or of what Loop.spawn started, and not inside of a blocking call of"
                + " Loop.await");
    }

    /** Returns the calling coroutine at a verb that may wait. Throws if it was cancelled. */
    static Coroutine atVerb(String verb) {
        Coroutine caller = coroutine(verb);
        caller.check();
        return caller;
    }
}
