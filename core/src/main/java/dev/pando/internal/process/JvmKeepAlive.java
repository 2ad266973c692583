package dev.pando.internal.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.spi.Host;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM alive while workers work, so that work which was accepted is done before the program ends, although all
 * threads that serve workers are daemons. One thread, which comes when there is work. After the last work it goes as
 * soon as it is the last that keeps the JVM alive, and no callback runs; otherwise after a second, since more work may
 * come.
 */
final class JvmKeepAlive {
    private static final long LINGER_MILLIS = 1000;

    /** How often a keeper that is the last of its kind looks whether callbacks still run: no event tells. */
    private static final long CALLBACK_MILLIS = 10;

    /** The thread of the JVM's launcher, which waits for all others once main has returned. */
    private static final String LAUNCHER = "DestroyJavaVM";

    private final String name;
    private final long lingerMillis;
    private final BooleanSupplier callbacksRun;
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

    /** For the pool of this host. Classes, not lambdas: the first lambdas of a program cost milliseconds. */
    JvmKeepAlive(Host host) {
        this(
                host.name(),
                LINGER_MILLIS,
                new BooleanSupplier() {
                    @Override
                    public boolean getAsBoolean() {
                        return host.callbacksRun();
                    }
                },
                new Consumer<>() {
                    @Override
                    public void accept(Thread thread) {
                        host.leaving(thread); // before the thread starts
                        thread.start();
                    }
                });
    }

    /** @param callbacksRun whether callbacks of tasks run, or are about to */
    JvmKeepAlive(String name, long lingerMillis, BooleanSupplier callbacksRun, Consumer<Thread> threadStarter) {
        this.name = name;
        this.lingerMillis = lingerMillis;
        this.callbacksRun = callbacksRun;
        this.threadStarter = threadStarter;
    }

    /** Known by its class, so that the keepers of two pools do not wait for each other. */
    private static final class Keeper extends Thread {
        private final JvmKeepAlive owner;

        Keeper(JvmKeepAlive owner) {
            super(null, null, owner.name + "-keeper", 0, false);
            this.owner = owner;
            setDaemon(false);
        }

        @Override
        public void run() {
            owner.keep();
        }
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
            Thread made = new Keeper(this);
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

    private void keep() {
        try {
            boolean last = false;
            for (long left = awaitRest(false); left > 0; left = awaitRest(last)) {
                Thread other = other();
                last = other == null && !callbacksRun.getAsBoolean();
                if (other != null) {
                    other.join(left);
                } else if (!last) {
                    awaitMoment(Math.min(left, CALLBACK_MILLIS));
                }
            }
        } catch (InterruptedException over) {
            end(); // the pool has terminated
        }
    }

    /** Waits for a moment, since no event tells that the last callback has returned. */
    @SuppressWarnings("WaitNotInLoop") // the caller looks again
    private synchronized void awaitMoment(long millis) throws InterruptedException {
        if (!atWork) {
            wait(millis);
        }
    }

    /**
     * Waits while workers work. Returns the milliseconds that are left to linger; 0 if the keeper has to go, which then
     * counts as gone.
     *
     * @param last whether nothing but the keeper kept the JVM alive a moment ago
     */
    private synchronized long awaitRest(boolean last) throws InterruptedException {
        boolean worked = atWork;
        toBeTold = atWork;
        while (atWork) {
            wait();
        }
        toBeTold = false;
        long left = lingerMillis - (System.nanoTime() - restsSince) / 1_000_000;
        if (left > 0 && (worked || !last)) {
            return left;
        }
        end();
        return 0;
    }

    private synchronized void end() {
        thread = null;
    }

    /** Returns another thread that keeps the JVM alive, null if there is none. */
    private static @Nullable Thread other() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all != null && all.getParent() != null) {
            all = all.getParent();
        }
        if (all == null) {
            return null;
        }
        Thread[] threads = new Thread[all.activeCount() + 16]; // and those that start meanwhile
        int count = all.enumerate(threads);
        for (int i = 0; i < count; i++) {
            Thread one = threads[i];
            if (!one.isDaemon() && !(one instanceof Keeper) && !one.getName().equals(LAUNCHER)) {
                return one;
            }
        }
        return null;
    }
}
