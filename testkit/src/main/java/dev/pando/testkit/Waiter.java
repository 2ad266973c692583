package dev.pando.testkit;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** A thread of the test's own, outside every pool, that asks something and may have to wait for the answer. */
final class Waiter<T extends @Nullable Object> {
    private final FutureTask<T> question;
    private final Thread thread;

    private Waiter(Callable<T> question) {
        this.question = new FutureTask<>(question);
        thread = Thread.ofPlatform().name(Pools.PREFIX + "-waiter").start(this.question); // so that Pools looks for it
    }

    static <T extends @Nullable Object> Waiter<T> asks(Callable<T> question) {
        return new Waiter<>(question);
    }

    /** Returns when it is parked, because the answer was not there yet. */
    Waiter<T> awaitParked() {
        while (true) {
            switch (thread.getState()) {
                case WAITING, TIMED_WAITING -> {
                    return this;
                }
                case TERMINATED -> throw new AssertionError("it did not wait");
                default -> Thread.onSpinWait();
            }
        }
    }

    void interrupt() {
        thread.interrupt();
    }

    /** The answer, or what it threw. */
    T answer() throws Exception {
        try {
            return question.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception thrown) throw thrown;
            throw e;
        }
    }
}
