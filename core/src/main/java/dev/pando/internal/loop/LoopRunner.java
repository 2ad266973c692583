package dev.pando.internal.loop;

import dev.pando.spi.Waiter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs a loop of its own for one body, on behalf of a caller that waits for its end. */
final class LoopRunner implements Runnable {
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
        while (!runner.loopEnded) {
            try {
                caller.await(loop.name, () -> runner.loopEnded, Waiter.NEVER);
            } catch (InterruptedException e) {
                interrupted = true;
                rootCoroutine.future().cancel(true);
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

    /** The loop has ended: wakes the caller. */
    @Override
    public void run() {
        loopEnded = true;
        caller.wake();
    }
}
