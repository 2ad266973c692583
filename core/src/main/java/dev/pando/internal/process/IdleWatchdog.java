package dev.pando.internal.process;

import dev.pando.internal.process.handle.WorkerHandle;
import dev.pando.spi.Timer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Tells of threads that a task left computing in its worker: the task counts as done, and its worker as at rest. Looks
 * at workers that have rested for a while since their last task, mostly once. A thread that is at work, or waits for a
 * processor, at each of several looks in a row is named in the log, once for each worker. Nothing is stopped.
 */
final class IdleWatchdog {
    private static final long EVERY_NANOS = 500_000_000L;

    /** Fewer, a thread that works now and then could be taken for one that computes. */
    private static final int LOOKS = 4;

    private final Timer timer;
    private final Supplier<WorkerHandle[]> workers;
    private final AtomicBoolean watching = new AtomicBoolean();

    /** By number of the worker, those that rest. Used by one alarm at a time. */
    private Map<Integer, Rest> rests = new HashMap<>();

    /** By number, the workers whose threads the log has named. Used by one alarm at a time. */
    private final Set<Integer> told = new HashSet<>();

    /** A worker at rest since a run: its threads that have been at work at each look. */
    private static final class Rest {
        final int lastRun;
        int looks;
        Map<Long, String> threads = Map.of();

        Rest(int lastRun) {
            this.lastRun = lastRun;
        }

        boolean isOver() {
            return looks > 0 && (threads.isEmpty() || looks >= LOOKS);
        }
    }

    IdleWatchdog(Timer timer, Supplier<WorkerHandle[]> workers) {
        this.timer = timer;
        this.workers = workers;
    }

    /** A worker began to work. */
    void watch() {
        if (!watching.get() && watching.compareAndSet(false, true)) {
            again();
        }
    }

    /** If no alarm can be set, or a look finds no memory, nothing looks until the next task begins. */
    private void again() {
        try {
            var _ = timer.after(EVERY_NANOS, new RestLook());
        } catch (Throwable noThread) {
            watching.set(false);
        }
    }

    /** A class, not a lambda: the first lambdas of a program cost milliseconds, and its first task sets this alarm. */
    private final class RestLook implements Runnable {
        @Override
        public void run() {
            lookOnce();
        }
    }

    private void lookOnce() {
        boolean goOn = false;
        try {
            goOn = lookAtAll();
        } finally {
            if (!goOn) {
                watching.set(false); // a worker that began just now is watched from its next task on
            }
        }
        if (goOn) {
            again();
        }
    }

    /** Returns whether a worker works, or rests and has not been looked at often enough. */
    boolean lookAtAll() {
        boolean goOn = false;
        Map<Integer, Rest> now = new HashMap<>();
        for (WorkerHandle worker : workers.get()) {
            int lastRun = worker.inFlight.lastRun();
            if (worker.currentRun() != 0) {
                goOn = true;
                continue;
            }
            Rest rest = rests.get(worker.id);
            if (rest == null || rest.lastRun != lastRun) {
                rest = new Rest(lastRun);
                goOn |= lastRun > 0; // it may have begun to rest just now
            } else if (lastRun > 0 && !rest.isOver()) {
                look(worker, rest);
                goOn |= !rest.isOver();
            }
            now.put(worker.id, rest);
        }
        rests = now;
        return goOn;
    }

    private void look(WorkerHandle worker, Rest rest) {
        Map<Long, String> running = worker.runningThreads();
        if (rest.looks++ > 0) {
            Set<Long> still = new HashSet<>(rest.threads.keySet());
            running = new HashMap<>(running);
            running.keySet().retainAll(still);
        }
        rest.threads = running;
        if (rest.looks >= LOOKS && !running.isEmpty()) {
            tell(worker, running.values());
        }
    }

    private void tell(WorkerHandle worker, Collection<String> threads) {
        if (!told.add(worker.id)) {
            return;
        }
        boolean isLast = worker.inFlight.lastRun() == worker.tookRun;
        System.getLogger("dev.pando")
                .log(
                        System.Logger.Level.WARNING,
                        "worker " + worker.name + " is at rest, but computes in threads that a task left behind, "
                                + threads + ": " + worker.lastTask + ", or one " + (isLast ? "" : "after it, or ")
                                + "before it. They take a processor from the tasks that follow: a task should end or"
                                + " join the threads that it starts");
    }
}
