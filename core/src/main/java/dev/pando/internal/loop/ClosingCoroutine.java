package dev.pando.internal.loop;

import dev.pando.TaskFuture;
import org.jspecify.annotations.Nullable;

/**
 * Ends a loop whose pool has done its work. If the loop has other coroutines by then, they are cancelled by this one,
 * on a thread of its own, because callbacks of the program run meanwhile.
 */
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
    boolean endsIdleLoop() {
        return true;
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
