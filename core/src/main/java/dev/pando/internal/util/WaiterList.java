package dev.pando.internal.util;

import dev.pando.spi.Waiter;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Threads that wait for one thing, in the order of their arrival. A waiter is in the list before its first look at the
 * condition, and the thread that changes the condition wakes afterwards, so that no wake-up is lost.
 */
public final class WaiterList {
    /**
     * Made beforehand, because a wake-up must need no memory. A class, not a lambda: the first lambdas of a program
     * cost milliseconds, and each pool has such a list.
     */
    private static final Consumer<Waiter> WAKE = new Consumer<>() {
        @Override
        public void accept(Waiter waiter) {
            waiter.wake();
        }
    };

    private final ConcurrentLinkedQueue<Waiter> waiters = new ConcurrentLinkedQueue<>();

    /** A wait of the thread whose waiter was added. */
    @FunctionalInterface
    public interface WaitMethod {
        boolean await() throws InterruptedException;
    }

    /** Returns what {@code wait} returns. The waiter is in the list from before the wait until after its end. */
    public boolean await(Waiter waiter, WaitMethod wait) throws InterruptedException {
        waiters.add(waiter);
        try {
            return wait.await();
        } finally {
            waiters.remove(waiter);
        }
    }

    public void wakeFirst() {
        Waiter first = waiters.peek();
        if (first != null) {
            first.wake();
        }
    }

    public void wakeAll() {
        waiters.forEach(WAKE); // an iterator would need memory
    }
}
