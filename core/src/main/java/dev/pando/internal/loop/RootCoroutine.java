package dev.pando.internal.loop;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The first coroutine of a loop. When it ends the loop ends, and all other coroutines are cancelled. */
final class RootCoroutine<T extends @Nullable Object> extends SpawnedCoroutine<T> {

    RootCoroutine(LoopRuntime loop, Callable<T> body) {
        super(loop, null, body);
    }

    @Override
    void perform() {
        try {
            super.perform();
        } finally {
            loop.end(this);
        }
    }

    @Override
    void cannotBegin(Throwable why) {
        try {
            super.cannotBegin(why);
        } finally {
            loop.end(this); // or else the caller of Loop.run would wait for ever
        }
    }
}
