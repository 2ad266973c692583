package dev.pando.internal.deadlock;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A wait-for graph drawn by hand: workers of a pool that is one worker wide, tasks on them, and their waits. */
abstract class DrawnGraph {
    final Place pool = new Place("here");
    final List<Work> rescued = new ArrayList<>();

    /** A pool of width 1, in which the test puts the workers. */
    record Place(String name, List<Worker> workers) implements WaitingPool {
        Place(String name) {
            this(name, new ArrayList<>());
        }

        @Override
        public boolean canWait() {
            return true;
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public Collection<Worker> seats() {
            return workers;
        }
    }

    final class Worker implements WaitingWorker {
        final String name;

        @Nullable
        WaitEdge waits;

        /** Each look finds the next wait, for a task of the same kind: the worker takes one after the other. */
        boolean movesOn;

        @Nullable
        Work running;

        DeadlockDetector.@Nullable Verdict verdict;

        Worker(Place pool) {
            name = pool.name + "-" + pool.workers.size();
            pool.workers.add(this);
        }

        @Override
        public @Nullable WaitEdge waits() {
            return movesOn && waits instanceof WaitEdge.For(var tasks, var all, var timed)
                    ? new WaitEdge.For(tasks, all, timed)
                    : waits;
        }

        @Override
        public boolean isTimed() {
            return false;
        }

        @Override
        public void waitFor(@Nullable WaitEdge wait) {
            waits = wait;
        }

        @Override
        public boolean serves() {
            return true;
        }

        @Override
        public String worker() {
            return name;
        }

        @Override
        public String taskName() {
            return running == null ? "?" : running.name;
        }

        @Override
        public DeadlockDetector.@Nullable Verdict verdict() {
            return verdict;
        }

        @Override
        public void judged(DeadlockDetector.Verdict verdict) {
            this.verdict = verdict;
        }
    }

    final class Work implements AwaitedTask {
        final String name;
        final @Nullable Place pool;

        @Nullable
        Worker seat;

        @Nullable
        WaitEdge parts;

        boolean done;

        Work(String name, @Nullable Place pool) {
            this.name = name;
            this.pool = pool;
        }

        @Override
        public boolean isDone() {
            return done;
        }

        @Override
        public boolean isPending() {
            return !done && pool != null && seat == null;
        }

        @Override
        public @Nullable WaitEdge dependsOn() {
            return parts;
        }

        @Override
        public @Nullable WaitingPool pool() {
            return pool;
        }

        @Override
        public @Nullable WaitingWorker runner() {
            return seat;
        }

        @Override
        public void rescue(WaitingWorker asking) {
            rescued.add(this);
        }
    }

    Worker worker() {
        return new Worker(pool);
    }

    Work queued() {
        return new Work("queued", pool);
    }

    Work running(Worker worker) {
        Work task = new Work("task of " + worker.name, pool);
        task.seat = worker;
        worker.running = task;
        return task;
    }

    Work madeOf(Work part) {
        Work whole = new Work("made of others", null);
        whole.parts = forAll(part);
        return whole;
    }

    static WaitEdge forAll(AwaitedTask... tasks) {
        return new WaitEdge.For(List.of(tasks), true, false);
    }

    static WaitEdge forAny(AwaitedTask... tasks) {
        return new WaitEdge.For(List.of(tasks), false, false);
    }
}
