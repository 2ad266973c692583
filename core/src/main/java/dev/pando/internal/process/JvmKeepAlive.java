package dev.pando.internal.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM alive while workers work, so that work which was accepted is done before the program ends, although all
 * threads that serve workers are daemons. One thread, which comes when there is work and goes a second after the last.
 */
final class JvmKeepAlive {
    private static final long LINGER_MILLIS = 1000;

    private final String name;

    @GuardedBy("this")
    private boolean atWork;

    @GuardedBy("this")
    private long restsSince;

    /** The thread is told when work ends. Not while it lingers: it looks then, and is not woken for each small task. */
    @GuardedBy("this")
    private boolean toBeTold;

    @GuardedBy("this")
    private @Nullable Thread thread;

    JvmKeepAlive(String name) {
        this.name = name;
    }

    synchronized void atWork(boolean now) {
        if (atWork == now) {
            return;
        }
        atWork = now;
        if (!now) {
            restsSince = System.nanoTime();
            if (toBeTold) {
                notifyAll();
            }
        } else if (thread == null) {
            thread = Thread.ofPlatform().daemon(false).name(name + "-keeper").start(this::keep);
        }
    }

    /** The pool has terminated. */
    synchronized void leave() {
        atWork = false;
        Thread there = thread;
        if (there != null) {
            there.interrupt();
        }
    }

    private synchronized void keep() {
        try {
            while (true) {
                toBeTold = atWork;
                while (atWork) {
                    wait();
                }
                toBeTold = false;
                long left = LINGER_MILLIS - (System.nanoTime() - restsSince) / 1_000_000;
                if (left <= 0) {
                    break;
                }
                wait(left);
            }
        } catch (InterruptedException over) {
            // the pool has terminated
        }
        thread = null;
    }
}
