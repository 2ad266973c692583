package dev.pando.internal.loop;

import dev.pando.internal.util.MemoryPause;
import dev.pando.spi.Waiter;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs a loop of its own for one body, on behalf of a caller that waits for its end. */
final class LoopRunner implements Runnable, BooleanSupplier {
    private final Waiter caller;

    /** Set once, by the last coroutine. */
    private volatile boolean loopEnded;

    private LoopRunner(Waiter caller) {
        this.caller = caller;
    }

    /** Runs the body and what it starts, and returns when all of that has ended. An interrupt cancels the body. */
    static <T extends @Nullable Object> T run(LoopSettings settings, Callable<T> body) {
        Waiter caller = Waiter.current();
        LoopRunner runner = new LoopRunner(caller);
        LoopRuntime loop = new LoopRuntime(LoopRuntime.nextName(), settings, runner);
        RootCoroutine<T> rootCoroutine = new RootCoroutine<>(loop, body);
        loop.start(rootCoroutine);
        boolean interrupted = false;
        boolean cancels = false;
        while (!runner.loopEnded) {
            try {
                if (cancels) {
                    rootCoroutine.future().cancel(true);
                    cancels = false;
                }
                caller.await(loop.name, runner, Waiter.NEVER);
            } catch (InterruptedException e) {
                interrupted = true;
                cancels = true;
            } catch (OutOfMemoryError noMemory) { // the loop goes on, and so must the wait for its end
                MemoryPause.rest();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            return rootCoroutine.future().result();
        } finally {
            loop.unobserved.report();
        }
    }

    @Override
    public boolean getAsBoolean() {
        return loopEnded;
    }

    /** The loop has ended: wakes the caller. */
    @Override
    public void run() {
        loopEnded = true;
        caller.wake();
    }
}
