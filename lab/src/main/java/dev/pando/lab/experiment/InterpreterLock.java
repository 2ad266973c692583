package dev.pando.lab.experiment;

import dev.pando.lab.result.TimeSpan;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An interpreter lock like CPython's GIL: one thread interprets at a time. A thread that has waited five milliseconds
 * for the lock requests it; the holder sees the request between two instructions, releases the lock, and waits until
 * another thread has taken it. Shared by the threads of one interpreter.
 */
final class InterpreterLock {
    private static final long SWITCH_NANOS = 5_000_000;

    private final TimelineRecorder timelineRecorder;
    private final String group;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition dropped = lock.newCondition();
    private final Condition taken = lock.newCondition();
    private @Nullable Thread holder; // under the lock
    private long switches; // under the lock
    private long since; // under the lock: when the holder took it
    private volatile boolean wanted; // written under the lock, read between instructions

    InterpreterLock(TimelineRecorder timelineRecorder, String group) {
        this.timelineRecorder = timelineRecorder;
        this.group = group;
    }

    void take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (holder != null) {
                long seen = switches;
                dropped.await(SWITCH_NANOS, TimeUnit.NANOSECONDS);
                // Only if the holder did not change meanwhile: a lock that changes hands needs no request.
                if (holder != null && seen == switches) {
                    wanted = true;
                }
            }
            holder = Thread.currentThread();
            switches++;
            since = timelineRecorder.now();
            wanted = false;
            taken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Does nothing if the thread does not hold the lock, because an interrupt ended its wait. */
    void drop() {
        lock.lock();
        try {
            if (holder != Thread.currentThread()) {
                return;
            }
            timelineRecorder.span(
                    group,
                    Thread.currentThread().getName(),
                    "computes",
                    TimeSpan.Kind.RUN,
                    since,
                    timelineRecorder.now());
            holder = null;
            dropped.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Sleeps without the lock, as an interpreter waits for a socket. */
    void sleep(long millis) throws InterruptedException {
        drop();
        long start = timelineRecorder.now();
        Thread.sleep(millis);
        timelineRecorder.span(
                group, Thread.currentThread().getName(), "waits", TimeSpan.Kind.WAIT, start, timelineRecorder.now());
        take();
    }

    /** Called between two instructions: releases the lock if another thread has requested it. */
    void check() throws InterruptedException {
        if (!wanted) {
            return;
        }
        lock.lock();
        try {
            long mine = switches;
            drop();
            while (wanted && switches == mine) {
                taken.await();
            }
        } finally {
            lock.unlock();
        }
        take();
    }

    /** Returns how often the lock was taken. */
    long switches() {
        lock.lock();
        try {
            return switches;
        } finally {
            lock.unlock();
        }
    }
}
