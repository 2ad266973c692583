package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Pool;
import dev.pando.PoolListener;
import dev.pando.PoolStats;
import dev.pando.TaskFuture;
import dev.pando.TaskInfo;
import dev.pando.WhenFull;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What a pool tells about itself, to its listeners and in its counts. */
interface ListenerContract extends Subject {

    /** A listener that writes down what it hears. */
    final class Diary implements PoolListener {
        final List<String> notes = new CopyOnWriteArrayList<>();

        @Override
        public void queued(TaskInfo task) {
            notes.add("queued " + task.name());
        }

        @Override
        public void started(TaskInfo task) {
            notes.add("started " + task.name() + " " + task.attempts()
                    + (task.worker().isPresent() ? "" : " nowhere"));
        }

        @Override
        public void finished(TaskInfo task, TaskFuture<?> future) {
            notes.add("finished " + task.name() + " " + future.state());
        }

        @Override
        public void rejected(String pool, String reason) {
            notes.add("rejected by " + pool);
        }
    }

    @Test
    default void aListenerHearsTheLifeOfEachTaskInOrder() {
        Diary diary = new Diary();
        Pool pool = open(with(1).listener(diary));
        TaskFuture<Integer> good = pool.named("good").submit(() -> 1);
        good.result();
        TaskFuture<?> bad = pool.named("bad").submit(() -> {
            throw new IllegalStateException();
        });
        assertThat(bad.exception()).isInstanceOf(IllegalStateException.class);
        pool.close();
        assertThatThrownBy(() -> pool.submit(() -> 2)).isInstanceOf(RejectedExecutionException.class);
        String first = good.info().name();
        String second = bad.info().name();
        assertThat(first).startsWith("good");
        // A waiting thread may see a task done, and submit the next, before the listener hears of the end.
        assertThat(diary.notes)
                .filteredOn(note -> note.contains(first))
                .containsExactly("queued " + first, "started " + first + " 1", "finished " + first + " SUCCESS");
        assertThat(diary.notes)
                .filteredOn(note -> note.contains(second))
                .containsExactly("queued " + second, "started " + second + " 1", "finished " + second + " FAILED");
        assertThat(diary.notes)
                .hasSize(7)
                .endsWith("rejected by " + pool.stats().name());
    }

    @Test
    default void aTaskThatIsCancelledInLineFinishesWithoutStarting() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "needs a task in line");
        Diary diary = new Diary();
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Pool pool = open(with(1).listener(diary));
        var _ = pool.submit(handle::await);
        gate.awaitArrivals(1);
        TaskFuture<Integer> queued = pool.named("queued").submit(() -> 1);
        assertThat(queued.cancel(false)).isTrue();
        assertThat(diary.notes).contains("finished " + queued.info().name() + " CANCELLED");
        assertThat(diary.notes)
                .noneMatch(note -> note.startsWith("started " + queued.info().name()));
    }

    @Test
    default void aListenerThatThrowsHurtsNobody() {
        Diary diary = new Diary();
        PoolListener broken = new PoolListener() {
            @Override
            public void queued(TaskInfo task) {
                throw new IllegalStateException("queued");
            }

            @Override
            public void started(TaskInfo task) {
                throw new LinkageError("started");
            }

            @Override
            public void finished(TaskInfo task, TaskFuture<?> future) {
                throw new StackOverflowError("finished");
            }

            @Override
            public void rejected(String pool, String reason) {
                throw new IllegalStateException("rejected");
            }

            @Override
            public void workerStarted(String worker) {
                throw new LinkageError("worker");
            }
        };
        Pool pool = open(with(1).listener(broken).listener(diary));
        assertThat(pool.submit(() -> 7).result()).isEqualTo(7);
        assertThat(pool.submit(() -> 8).result()).isEqualTo(8);
        pool.close();
        assertThatThrownBy(() -> pool.submit(() -> 9)).isInstanceOf(RejectedExecutionException.class);
        assertThat(diary.notes).hasSize(7);
    }

    @Test
    default void aListenerMaySubmit() {
        assumeTrue(sharesMemory(), "one inner task that counts is enough");
        var held = new Object() {
            Pool pool = open(1);
        };
        List<TaskFuture<Integer>> second = new CopyOnWriteArrayList<>();
        Pool pool = open(with(1).listener(new PoolListener() {
            @Override
            public void finished(TaskInfo task, TaskFuture<?> future) {
                second.add(held.pool.submit(() -> 2));
            }
        }));
        pool.submit(() -> 1).result();
        pool.close();
        assertThat(second).hasSize(1);
        assertThat(second.getFirst().result()).isEqualTo(2);
    }

    @Test
    default void theCountsAddUp() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "needs tasks in line");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Pool pool = open(with(2).queue(6).whenFull(WhenFull.REJECT));
        var running = pool.submit(handle::await);
        var _ = pool.submit(handle::await);
        gate.awaitArrivals(2);
        for (int i = 0; i < 3; i++) {
            var _ = pool.submit(() -> 1);
            var _ = pool.submit(() -> {
                throw new IllegalStateException();
            });
        }
        assertThatThrownBy(() -> pool.submit(() -> 2)).isInstanceOf(RejectedExecutionException.class);
        PoolStats busy = pool.stats();
        assertThat(busy.state()).isEqualTo("open");
        assertThat(busy.workers()).isEqualTo(2);
        assertThat(busy.running()).isEqualTo(2);
        assertThat(busy.queued()).isEqualTo(6);
        assertThat(busy.submitted()).isEqualTo(8);
        assertThat(busy.rejected()).isEqualTo(1);
        assertThat(running.cancel(true)).isTrue();
        gate.open();
        pool.close();
        PoolStats over = pool.stats();
        assertThat(over.state()).isEqualTo("closed");
        assertThat(over.submitted()).isEqualTo(8);
        assertThat(over.succeeded()).isEqualTo(4);
        assertThat(over.failed()).isEqualTo(3);
        assertThat(over.cancelled()).isEqualTo(1);
        assertThat(over.workers() + over.running() + over.queued()).isZero();
        assertThat(over.retried() + over.workersLost()).isZero();
        assertThat(busy.submitted()).as("a snapshot stays as it is").isEqualTo(8);
    }
}
