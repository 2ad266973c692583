package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.DeadlineExceededException;
import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.PoolListener;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import dev.pando.TaskInfo;
import dev.pando.TaskProgress;
import dev.pando.Worker;
import dev.pando.shared.SharedEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a task asks of the worker that runs it. */
interface WorkerContract extends Subject {

    private Pool asked(int workers) {
        Assumptions.assumeTrue(canShare(), "these workers have no way to ask this program");
        return open(workers);
    }

    private Pool calling(int workers) {
        Assumptions.assumeTrue(canCall(), "these workers have no way to call this program");
        return open(workers);
    }

    private Pool telling(int workers) {
        Assumptions.assumeTrue(canTell(), "these workers have no way to tell this program");
        return open(workers);
    }

    @Test
    default void progressArrivesAndTheLastAlwaysDoes() {
        Pool pool = telling(1);
        TaskFuture<Integer> task = pool.submit(() -> {
            for (int step = 0; step <= 20_000; step++) {
                Worker.progress(step / 20_000.0, "step " + step);
            }
            return 1;
        });
        List<Double> seen = new CopyOnWriteArrayList<>();
        var _ = task.onProgress(now -> seen.add(now.fraction()));
        assertThat(task.result()).isEqualTo(1);
        assertThat(task.info().progress()).contains(new TaskProgress(1, "step 20000"));
        assertThat(seen).isSorted().last().isEqualTo(1.0);
    }

    @Test
    default void progressIsSeenWhileTheTaskRuns() throws Exception {
        Assumptions.assumeTrue(runsElsewhere(), "the caller runs the task");
        CountDownLatch told = new CountDownLatch(1);
        List<TaskInfo> heard = new CopyOnWriteArrayList<>();
        Assumptions.assumeTrue(canShare(), "these workers have no way to ask this program");
        Pool pool = open(with(1).listener(new PoolListener() {
            @Override
            public void progressed(TaskInfo task) {
                heard.add(task);
            }
        }));
        SharedEvent go = shared(pool).event();
        TaskFuture<Boolean> task = pool.submit(() -> {
            Worker.progress(0.5, "half");
            go.await();
            return true;
        });
        var _ = task.onProgress(now -> {
            told.countDown();
            throw new IllegalStateException("a listener that throws hurts nothing");
        });
        told.await();
        assertThat(task.isDone()).isFalse();
        assertThat(task.info().progress()).contains(new TaskProgress(0.5, "half"));
        go.set();
        assertThat(task.result()).isTrue();
        assertThat(pools().takeErrors())
                .singleElement()
                .satisfies(logged -> assertThat(logged.getThrown()).hasMessageContaining("hurts nothing"));
        assertThat(heard)
                .extracting(TaskInfo::progress)
                .containsExactly(task.info().progress());
    }

    @Test
    default void anImpossibleProgressIsRefused() {
        Pool pool = telling(1);
        for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
            TaskFuture<?> task = pool.submit(() -> Worker.progress(wrong));
            assertThat(task.exception())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("fraction");
        }
    }

    @Test
    default void outsideATaskThereIsNoWorker() {
        assertThatThrownBy(Worker::name)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Worker.name")
                .hasMessageContaining(Thread.currentThread().getName());
        assertThatThrownBy(() -> Worker.progress(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(Worker::pool).isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void aTaskKnowsItsWorkerAndItsAttempt() {
        Pool pool = telling(1);
        TaskFuture<String> task = pool.submit(() -> Worker.name() + " " + Worker.attempt());
        assertThat(task.result()).isEqualTo(task.info().worker().orElseThrow() + " 1");
    }

    @Test
    default void aTaskThatLooksWhetherItIsWantedEndsItself() throws Exception {
        Assumptions.assumeTrue(runsElsewhere(), "the caller runs the task");
        Pool pool = asked(1);
        long worker = pool.submit(() -> ProcessHandle.current().pid()).result();
        SharedEvent begun = shared(pool).event();
        TaskFuture<Boolean> task = pool.submit(() -> {
            boolean before = Worker.isStopping();
            begun.set();
            while (!Worker.isStopping()) {
                Thread.onSpinWait();
            }
            return before;
        });
        begun.await();
        assertThat(task.cancel(true)).isTrue();
        assertThat(pool.submit(() -> ProcessHandle.current().pid()).result()).isEqualTo(worker);
    }

    @Test
    default void aTaskCallsWhatTheProgramOffers() {
        Pool pool = calling(1);
        long program = ProcessHandle.current().pid();
        pool.offer("twice", (Integer n) -> 2 * n);
        pool.offer("who", Integer.class, n -> ProcessHandle.current().pid());
        pool.offer("nothing", n -> null);
        assertThat(pool.submit(() -> Worker.<Integer>call("twice", 21)).result())
                .isEqualTo(42);
        assertThat(pool.submit(() -> Worker.<Long>call("who", 1)).result()).isEqualTo(program);
        assertThat(pool.submit(() -> Worker.call("nothing", null) == null).result())
                .isTrue();
        pool.offer("twice", (Integer n) -> 3 * n);
        assertThat(pool.submit(() -> Worker.<Integer>call("twice", 21)).result())
                .isEqualTo(63);
    }

    @Test
    default void aCallThatFailsSaysWhy() {
        Pool pool = calling(1);
        pool.offer("bad", (String s) -> {
            throw new IllegalStateException("no " + s);
        });
        pool.offer("number", Integer.class, n -> n);
        assertThat(pool.submit(() -> Worker.call("bad", "way")).exception())
                .isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("bad")
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("no way");
        assertThat(pool.submit(() -> Worker.call("unknown", "way")).exception())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown")
                .hasMessageContaining("[bad, number]");
        assertThat(pool.submit(() -> Worker.call("number", "one")).exception())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Integer")
                .hasMessageContaining("java.lang.String");
    }

    @Test
    default void aResultThatCannotTravelIsRefused() {
        Assumptions.assumeFalse(sharesMemory() || !runsElsewhere(), "the result does not travel");
        Pool pool = calling(1);
        pool.offer("thread", n -> Thread.currentThread());
        assertThat(pool.submit(() -> Worker.call("thread", 1) == null).exception())
                .isInstanceOf(NotSendableException.class)
                .hasMessageContaining("the result of what the program offers as thread");
    }

    @Test
    default void aCallHasATimeout() throws Exception {
        Pool pool = calling(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        pool.offer("sleep", n -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
            return n;
        });
        // on a busy machine the time of a call may be over before the call has begun
        for (int millis = 20; begun.getCount() > 0; millis *= 2) {
            Duration limit = Duration.ofMillis(millis);
            TaskFuture<?> task = pool.submit(() -> Worker.call("sleep", 1, limit));
            assertThat(task.exception())
                    .isInstanceOf(DeadlineExceededException.class)
                    .hasMessageContaining("sleep");
        }
        interrupted.await();
    }
}
