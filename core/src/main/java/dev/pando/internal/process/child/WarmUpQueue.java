package dev.pando.internal.process.child;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.codec.Codec;
import dev.pando.internal.process.os.OperatingSystem;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The lambdas of other workers that a new worker may get to know, until its first task. The thread that reads from the
 * parent adds them; the warm-up thread takes them, and stops when the queue ends.
 */
final class WarmUpQueue {
    /** A pool that has work for a new worker has sent it by then. */
    private static final long FIRST_TASK_MILLIS = 5;

    /** The parent sends the templates when it has read that the worker is ready, and on a busy machine late. */
    static final long PARENT_MILLIS = 10_000;

    private final long parentMillis;

    @GuardedBy("this")
    private final ArrayDeque<byte[]> templates = new ArrayDeque<>();

    /** A task has come, or the worker leaves. */
    @GuardedBy("this")
    private boolean ended;

    WarmUpQueue(long parentMillis) {
        this.parentMillis = parentMillis;
    }

    /**
     * Called when the worker is ready. A daemon thread of its own, because the main thread is reading and must begin a
     * task the moment it is there. Only this thread loads the class of the warm-up, or else the start would pay for it.
     */
    Thread startThread(OperatingSystem os, Codec codec, RemoteClasses foreign) {
        Thread thread = new Thread(null, null, "pando-warm-up", 0, false) {
            @Override
            public void run() {
                try {
                    if (goesOn(FIRST_TASK_MILLIS)) {
                        new WarmUp(os, codec, foreign, WarmUpQueue.this).run();
                    }
                } catch (Throwable cold) {
                    // then the first task pays
                }
            }
        };
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    synchronized void add(byte[] template) {
        templates.add(template);
        notifyAll();
    }

    /** Waits for the next template. Returns null when there is none to be expected any more. */
    synchronized byte @Nullable [] take() {
        long end = System.nanoTime() + parentMillis * 1_000_000;
        for (long left = parentMillis; left > 0 && !ended && templates.isEmpty(); left = millisUntil(end)) {
            pause(left);
        }
        return ended ? null : templates.poll();
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits so long for the end, and returns whether the queue goes on. */
    synchronized boolean goesOn(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; left > 0 && !ended; left = millisUntil(end)) {
            pause(left);
        }
        return !ended;
    }

    private static long millisUntil(long end) {
        return (end - System.nanoTime()) / 1_000_000;
    }

    @GuardedBy("this")
    @SuppressWarnings("WaitNotInLoop") // all callers look again
    private void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException strange) {
            // a thread that an earlier task left behind may do that
        }
    }
}
