package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Pool;
import dev.pando.PoolView;
import dev.pando.PoolWatcher;
import dev.pando.Promise;
import dev.pando.TaskFuture;
import dev.pando.TaskInfo;
import dev.pando.WorkerInfo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a tool sees of a pool: its tasks, its workers, their stacks, and their ends. */
interface ViewContract extends Subject {
    Duration PATIENCE = Duration.ofSeconds(30);

    /** Returns the stack of a task, once the task is there: a gate tells of its arrival before it waits. */
    private static List<StackTraceElement> stack(PoolView view, TaskFuture<?> task, String where) {
        while (true) {
            List<StackTraceElement> frames = view.stack(task.info().id(), PATIENCE);
            if (frames.stream().anyMatch(frame -> frame.toString().contains(where))) {
                return frames;
            }
            assertThat(task.isDone()).as(frames.toString()).isFalse();
            Thread.onSpinWait();
        }
    }

    @Test
    default void aRunningTaskIsSeenOnItsWorker() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Pool pool = open(2);
        TaskFuture<Integer> task = pool.named("render").submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        task.info(); // tells the pool that a worker has begun it, where it lay at a worker
        assertThat(pool.view().running(10))
                .extracting(TaskInfo::id)
                .containsExactly(task.info().id());
        assertThat(pool.view().running(0)).isEmpty();
        assertThat(pool.view().workers(10))
                .filteredOn(worker -> worker.activity() == WorkerInfo.Activity.RUNNING)
                .singleElement()
                .satisfies(worker -> {
                    assertThat(worker.name()).isEqualTo(task.info().worker().orElseThrow());
                    assertThat(worker.task().orElseThrow().name())
                            .isEqualTo(task.info().name());
                });
        gate.open();
        assertThat(task.result()).isEqualTo(1);
        assertThat(pool.view().stack(task.info().id(), PATIENCE))
                .as("it is over")
                .isEmpty();
    }

    @Test
    default void whereATaskIsCanBeSeenAndItGoesOn() throws Exception {
        assumeTrue(runsElsewhere() && showsStacks(), "these workers cannot be looked at");
        Gate gate = pools().gate();
        Pool pool = open(1);
        TaskFuture<Integer> task = pool.submit(gate.handle()::pass, 7);
        gate.awaitArrivals(1);
        for (int look = 0; look < 3; look++) {
            List<StackTraceElement> frames = stack(pool.view(), task, "Gate");
            assertThat(frames)
                    .as("nothing of ours below the task")
                    .noneMatch(frame -> frame.getClassName()
                            .matches("dev\\.pando\\.(internal\\.(task|process)|cluster\\.internal|shipping)\\..*"));
        }
        gate.open();
        assertThat(task.result()).isEqualTo(7);
    }

    @Test
    default void aTaskThatWaitsForAFutureIsSeenWhereItWaits() {
        assumeTrue(runsElsewhere() && sharesMemory(), "a task of another JVM waits for no future of this one");
        Promise<Integer> promise = new Promise<>();
        TaskFuture<Integer> future = promise.future();
        Pool pool = open(1);
        TaskFuture<Integer> task = pool.submit(() -> future.result());
        assertThat(stack(pool.view(), task, "ViewContract")).isNotEmpty();
        promise.complete(3);
        assertThat(task.result()).isEqualTo(3);
    }

    @Test
    default void tasksInLineAreSeenInTheirOrder() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "no task waits in line");
        Gate gate = pools().gate();
        Pool pool = open(1);
        var _ = pool.submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        pool.stats(); // what lay at a worker has begun
        TaskFuture<Integer> low = pool.priority(-1).submit(() -> 1);
        TaskFuture<Integer> first = pool.submit(() -> 2);
        TaskFuture<Integer> second = pool.submit(() -> 3);
        TaskFuture<Integer> high = pool.priority(1).submit(() -> 4);
        TaskFuture<Integer> gone = pool.submit(() -> 5);
        gone.cancel(false);
        List<Long> order = List.of(high, first, second, low).stream()
                .map(task -> task.info().id())
                .toList();
        assertThat(pool.view().waiting(10)).extracting(TaskInfo::id).containsExactlyElementsOf(order);
        assertThat(pool.view().waiting(2)).extracting(TaskInfo::id).containsExactlyElementsOf(order.subList(0, 2));
        assertThat(pool.view().queueBound()).isEqualTo(10_000);
        gate.open();
    }

    @Test
    default void aTaskIsCancelledByItsNumber() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "no task waits in line");
        Gate gate = pools().gate();
        Pool pool = open(1);
        TaskFuture<Integer> running = pool.submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        pool.stats();
        TaskFuture<Integer> waiting = pool.submit(() -> 2);
        assertThat(pool.view().cancel(4711)).isFalse();
        assertThat(pool.view().cancel(waiting.info().id())).isTrue();
        assertThat(waiting.isCancelled()).isTrue();
        assertThat(pool.view().cancel(running.info().id())).isTrue();
        assertThat(running.isCancelled()).isTrue();
        assertThat(pool.view().cancel(running.info().id())).isFalse();
        assertThat(pool.submit(() -> 3).result()).isEqualTo(3);
    }

    @Test
    default void aWatcherHearsOfEndsAsLongAsItWatches() {
        Pool pool = open(1);
        pool.submit(() -> 0).result();
        List<TaskFuture<?>> ended = new CopyOnWriteArrayList<>();
        PoolWatcher broken = new PoolWatcher() {
            @Override
            public void ended(TaskFuture<?> task) {
                throw new IllegalStateException("a watcher that throws changes nothing");
            }
        };
        PoolWatcher watcher = new PoolWatcher() {
            @Override
            public void ended(TaskFuture<?> task) {
                ended.add(task);
            }
        };
        TaskFuture<Integer> good;
        TaskFuture<Integer> bad;
        try (PoolView.Watch _ = pool.view().watch(broken);
                PoolView.Watch _ = pool.view().watch(watcher)) {
            good = pool.submit(() -> 1);
            assertThat(good.result()).isEqualTo(1);
            bad = pool.submit(() -> {
                throw new IllegalStateException();
            });
            assertThat(bad.exception()).isInstanceOf(IllegalStateException.class);
            while (ended.size() < 2) { // a waiting thread may see the end before the watcher hears of it
                Thread.onSpinWait();
            }
        }
        assertThat(pool.submit(() -> 2).result()).isEqualTo(2);
        pool.close();
        assertThat(ended).containsExactly(good, bad);
    }

    @Test
    default void impossibleQuestionsToAViewAreRefused() {
        PoolView view = open(1).view();
        assertThatThrownBy(() -> view.watch(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> view.running(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> view.waiting(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> view.workers(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> view.stack(1, Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}
