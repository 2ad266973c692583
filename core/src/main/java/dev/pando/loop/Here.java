package dev.pando.loop;

import dev.pando.spi.Waiters;
import org.jspecify.annotations.Nullable;

/** Which coroutine is calling. */
final class Here {

    private Here() {}

    /** The calling coroutine; {@code null} outside of one, and in its blocking calls. */
    static @Nullable Coroutine coroutine() {
        return Waiters.own() instanceof Coroutine coroutine ? coroutine : null;
    }

    static Coroutine coroutine(String verb) {
        Coroutine caller = coroutine();
        if (caller != null) return caller;
        throw new IllegalStateException(verb + " was called by " + Thread.currentThread() + ", which runs no coroutine."
                + " Call it inside of Loop.run, or of what Loop.spawn started, and not inside of a blocking call of"
                + " Loop.await");
    }

    /** At a verb that may wait: ends the caller there, if it is to end. */
    static Coroutine atVerb(String verb) {
        Coroutine caller = coroutine(verb);
        caller.check();
        return caller;
    }
}
