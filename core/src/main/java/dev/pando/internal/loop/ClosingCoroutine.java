package dev.pando.internal.loop;

import dev.pando.TaskFuture;
import org.jspecify.annotations.Nullable;

/** Ends a loop whose pool has done its work. */
final class ClosingCoroutine extends Coroutine {

    ClosingCoroutine(LoopRuntime loop) {
        super(loop, loop.number());
    }

    @Override
    public String name() {
        return "closing-" + number;
    }

    @Override
    @Nullable
    TaskFuture<?> future() {
        return null;
    }

    @Override
    void perform() {
        loop.end(this);
    }

    @Override
    void cannotBegin(Throwable why) {
        perform(); // ending the loop needs no stack of its own
    }

    @Override
    void abandon() {}
}
