package dev.pando.internal.util;

/**
 * Waits that an interrupt does not end: the thread waits again, and its interrupt flag is set when the wait is over, so
 * that the caller's next wait sees it.
 */
public final class Uninterruptibly {

    /** A wait that may be repeated from its start. */
    @FunctionalInterface
    public interface InterruptibleWait {
        void await() throws InterruptedException;
    }

    private Uninterruptibly() {}

    public static void await(InterruptibleWait wait) {
        await(wait, () -> {});
    }

    /** The same, and runs {@code onInterrupt} after each interrupt, before the thread waits again. */
    public static void await(InterruptibleWait wait, Runnable onInterrupt) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    wait.await();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                    onInterrupt.run();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
