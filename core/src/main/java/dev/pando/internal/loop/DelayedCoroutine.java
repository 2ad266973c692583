package dev.pando.internal.loop;

import dev.pando.TaskFuture;
import dev.pando.internal.util.Checks;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that begins at a moment of the loop's clock. It counts as one of the loop from the start, so that the
 * loop's end cancels it as it does others.
 */
final class DelayedCoroutine<T extends @Nullable Object> extends SpawnedCoroutine<T> {

    private DelayedCoroutine(LoopRuntime loop, Callable<T> body) {
        super(loop, null, body);
    }

    static <T extends @Nullable Object> TaskFuture<T> by(Coroutine caller, long moment, Callable<T> body) {
        Checks.present(body, "body");
        DelayedCoroutine<T> made = new DelayedCoroutine<>(unended(caller.loop, caller.name()), body);
        caller.loop.admitAt(made, moment);
        return made.future();
    }

    @Override
    void perform() {
        callOff();
        super.perform();
    }

    @Override
    void cannotBegin(Throwable why) {
        callOff();
        super.cannotBegin(why);
    }

    /** Removes the alarm of a coroutine that was cancelled before its time, or else a virtual clock would go there. */
    private void callOff() {
        turn.timers.remove(this);
    }
}
