package dev.pando.testkit;

import dev.pando.Pool;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Code that a test runs on another thread while it goes on; {@link #join} says how that code ended. */
final class BackgroundCall<T extends @Nullable Object> {
    private final FutureTask<T> doing;
    private final Thread thread;

    private BackgroundCall(Callable<T> body) {
        doing = new FutureTask<>(body);
        // so that Pools looks for it
        thread = Thread.ofPlatform().daemon().name(Pools.PREFIX + "-meanwhile").start(doing);
    }

    /** Code that may throw any exception. */
    interface Deed {
        void perform() throws Exception;
    }

    static <T extends @Nullable Object> BackgroundCall<T> ask(Callable<T> body) {
        return new BackgroundCall<>(body);
    }

    static BackgroundCall<@Nullable Void> run(Deed deed) {
        return new BackgroundCall<>(() -> {
            deed.perform();
            return null;
        });
    }

    /** Waits until the thread is parked. Fails if the thread is done, because it then had nothing to wait for. */
    BackgroundCall<T> awaitParked() {
        awaitParkedOrDone();
        if (doing.isDone()) {
            throw new AssertionError("it did not wait");
        }
        return this;
    }

    /** Waits until the thread is parked or done. */
    BackgroundCall<T> awaitParkedOrDone() {
        while (true) {
            switch (thread.getState()) {
                case WAITING, TIMED_WAITING, TERMINATED -> {
                    return this;
                }
                default -> Thread.onSpinWait();
            }
        }
    }

    /** Waits until no worker of this pool runs a task, which a worker may report a moment after the result. */
    static void untilIdle(Pool pool) {
        while (pool.stats().running() > 0) {
            Thread.onSpinWait();
        }
    }

    boolean isDone() {
        return doing.isDone();
    }

    BackgroundCall<T> interrupt() {
        thread.interrupt();
        return this;
    }

    /** Waits for the end, and throws what the code threw, unwrapped. */
    T join() throws Exception {
        try {
            return doing.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception thrown) {
                throw thrown;
            }
            if (e.getCause() instanceof Error thrown) {
                throw thrown;
            }
            throw e;
        }
    }
}
