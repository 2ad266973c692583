package dev.pando.internal.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * A call of what the program offers, on a thread of the program that makes other such calls before and after. A
 * withdrawal may come before the thread does, and then the call is not made; one that comes late interrupts nothing.
 */
final class OfferedRun implements Runnable {
    private final Runnable body;
    private final Runnable whenWithdrawn;

    @GuardedBy("this")
    private @Nullable Thread runner;

    @GuardedBy("this")
    private boolean withdrawn;

    /** @param whenWithdrawn replies to the caller, which waits for that */
    OfferedRun(Runnable body, Runnable whenWithdrawn) {
        this.body = body;
        this.whenWithdrawn = whenWithdrawn;
    }

    @Override
    public void run() {
        synchronized (this) {
            if (withdrawn) {
                return;
            }
            runner = Thread.currentThread();
        }
        try {
            body.run();
        } finally {
            synchronized (this) {
                runner = null;
            }
            Thread.interrupted(); // it was meant for this call
        }
    }

    /**
     * The caller waits no longer. It is replied to before the call is interrupted, or else what the call makes of the
     * interrupt could be its reply.
     */
    void withdraw() {
        synchronized (this) {
            withdrawn = true;
        }
        try {
            whenWithdrawn.run();
        } finally {
            interrupt();
        }
    }

    private synchronized void interrupt() {
        if (runner != null) {
            runner.interrupt();
        }
    }
}
