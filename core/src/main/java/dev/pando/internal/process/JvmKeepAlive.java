package dev.pando.internal.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM alive while workers work, so that work which was accepted is done before the program ends, although all
 * threads that serve workers are daemons. One thread, which comes when there is work and goes a second after the last.
 */
final class JvmKeepAlive {
    private static final long LINGER_MILLIS = 1000;

    private final String name;
    private final Consumer<Thread> threadStarter;

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
        this(name, Thread::start);
    }

    JvmKeepAlive(String name, Consumer<Thread> threadStarter) {
        this.name = name;
        this.threadStarter = threadStarter;
    }

    /**
     * Never throws, or else the commands of the scheduler that called this would be lost. If no thread can be started
     * the workers count as resting still, so that the next call tries again.
     */
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
            atWork = startKeeper();
        }
    }

    @GuardedBy("this")
    private boolean startKeeper() {
        try {
            Thread made =
                    Thread.ofPlatform().daemon(false).name(name + "-keeper").unstarted(this::keep);
            threadStarter.accept(made);
            thread = made; // before it can look: it needs the lock
            return true;
        } catch (Throwable noThreadLeft) {
            return false;
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
