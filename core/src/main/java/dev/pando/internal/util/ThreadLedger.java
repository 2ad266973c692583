package dev.pando.internal.util;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The platform threads that end with a pool, so that closing the pool can wait for them. A thread that runs code of the
 * program enters as its last act, because that code may never return.
 */
public final class ThreadLedger implements Consumer<Thread> {
    /** A thread at its end needs a moment of a processor. A machine that has none for so long is past any promise. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    @GuardedBy("this")
    private final List<Thread> threads = new ArrayList<>();

    /** Returns a factory of daemon threads that are reported before they start. */
    public static ThreadFactory factory(String name, Consumer<Thread> report) {
        ThreadFactory plain = Thread.ofPlatform().daemon().name(name).factory();
        return new ThreadFactory() { // not a lambda: the first ones of a program cost milliseconds
            @Override
            public Thread newThread(Runnable body) {
                Thread made = plain.newThread(body);
                report.accept(made);
                return made;
            }
        };
    }

    @Override
    public void accept(Thread thread) {
        add(thread);
    }

    /** Never throws: without memory for the entry, no caller waits for this thread. */
    public synchronized void add(Thread thread) {
        try {
            for (int i = threads.size() - 1; i >= 0; i--) {
                if (threads.get(i).getState() == Thread.State.TERMINATED) {
                    threads.remove(i);
                }
            }
            threads.add(thread);
        } catch (OutOfMemoryError noMemory) {
            // the thread ends by itself
        }
    }

    /** Waits until all have ended but the calling thread. An interrupt is kept for later. */
    public void awaitEnd() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        try {
            for (Thread one : entries()) {
                if (one != Thread.currentThread()) {
                    Uninterruptibly.await(
                            () -> one.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()))));
                }
            }
        } catch (OutOfMemoryError noMemory) {
            // the pool is closed, and its threads end by themselves
        }
    }

    private synchronized List<Thread> entries() {
        return List.copyOf(threads);
    }
}
