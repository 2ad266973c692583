package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * A pool holds no object that is over: neither the arguments of a task that is done, nor its value once its future is
 * gone, nor a future that was given out. The workers stay busy or idle meanwhile; the pool stays open.
 */
public interface ReleaseContract extends Subject {

    /** An argument, from which a task makes a new object. */
    final class Target {
        Object work() {
            return new Object();
        }
    }

    @Test
    @Scenario(59)
    default void argumentsOfADoneTaskAreReleasedThoughItsFutureIsKept() throws Exception {
        assumeTrue(sharesMemory(), "arguments are sent");
        Pool pool = open(1);
        List<TaskFuture<Object>> futures = new ArrayList<>();
        List<ReachabilityProbe> traces = List.of(
                boundMethod(pool, futures), capture(pool, futures), argument(pool, futures), failure(pool, futures));
        assertThat(Futures.wait(futures).notDone()).isEmpty();

        for (ReachabilityProbe reachabilityProbe : traces) {
            assertThat(reachabilityProbe.isGone()).isTrue();
        }
        assertThat(futures).allMatch(TaskFuture::isDone);
    }

    private static ReachabilityProbe boundMethod(Pool pool, List<TaskFuture<Object>> futures) {
        Target target = new Target();
        futures.add(pool.submit(target::work));
        return new ReachabilityProbe(target);
    }

    private static ReachabilityProbe capture(Pool pool, List<TaskFuture<Object>> futures) {
        Target target = new Target();
        futures.add(pool.submit(() -> target.work()));
        return new ReachabilityProbe(target);
    }

    private static ReachabilityProbe argument(Pool pool, List<TaskFuture<Object>> futures) {
        Target target = new Target();
        futures.add(pool.submit(Target::work, target));
        return new ReachabilityProbe(target);
    }

    private static ReachabilityProbe failure(Pool pool, List<TaskFuture<Object>> futures) {
        Target target = new Target();
        futures.add(pool.submit(
                it -> {
                    throw new IllegalStateException(it.getClass().getName());
                },
                target));
        return new ReachabilityProbe(target);
    }

    @Test
    @Scenario(59)
    default void valueIsReleasedWithItsFuture() throws Exception {
        Pool pool = open(1);

        assertThat(value(pool).isGone()).isTrue();
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }

    private static ReachabilityProbe value(Pool pool) {
        return new ReachabilityProbe(pool.submit(() -> new byte[10]).result());
    }

    @Test
    default void argumentsOfACancelledTaskAreReleasedWhileThePoolIsBusy() throws Exception {
        assumeTrue(sharesMemory(), "arguments are sent");
        assumeTrue(runsElsewhere() && isBounded(), "no task waits in line");
        Gate gate = pools().gate();
        Pool pool = open(1);
        TaskFuture<Integer> busy = pool.submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        List<TaskFuture<Object>> futures = new ArrayList<>();
        ReachabilityProbe reachabilityProbe = argument(pool, futures);
        assertThat(futures.getFirst().cancel(false)).isTrue();

        assertThat(reachabilityProbe.isGone()).isTrue();
        assertThat(futures.getFirst().isCancelled()).isTrue();
        assertThat(busy.isDone()).isFalse();
    }

    @Test
    default void argumentsOfATaskThatWasCancelledWhileItRanAreReleased() throws Exception {
        assumeTrue(sharesMemory(), "arguments are sent");
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Pool pool = open(1);
        List<TaskFuture<Object>> futures = new ArrayList<>();
        ReachabilityProbe reachabilityProbe = cancelledInside(pool, gate, futures);

        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
        assertThat(reachabilityProbe.isGone()).isTrue();
        assertThat(futures.getFirst().isCancelled()).isTrue();
    }

    private static ReachabilityProbe cancelledInside(Pool pool, Gate gate, List<TaskFuture<Object>> futures)
            throws InterruptedException {
        Target target = new Target();
        Gate.Handle here = gate.handle();
        TaskFuture<Object> task = pool.submit(
                it -> {
                    here.await();
                    return it.work();
                },
                target);
        gate.awaitArrivals(1);
        assertThat(task.cancel(true)).isTrue();
        futures.add(task);
        return new ReachabilityProbe(target);
    }

    @Test
    default void callbackIsReleasedWhenItHasRun() throws Exception {
        Pool pool = open(1);
        List<TaskFuture<Object>> futures = new ArrayList<>();
        ReachabilityProbe reachabilityProbe = callback(pool, futures);

        assertThat(reachabilityProbe.isGone()).isTrue();
        assertThat(futures.getFirst().isDone()).isTrue();
    }

    private static ReachabilityProbe callback(Pool pool, List<TaskFuture<Object>> futures) throws InterruptedException {
        Target target = new Target();
        CountDownLatch called = new CountDownLatch(1);
        TaskFuture<Object> task = pool.submit(() -> "value");
        futures.add(task.onDone(done -> {
            target.work();
            called.countDown();
        }));
        called.await();
        return new ReachabilityProbe(target);
    }

    @Test
    @Scenario(92)
    default void futureThatWasGivenOutIsReleasedWhileTheOthersGoOn() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Pool pool = open(3);
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        futures.add(pool.submit(() -> 0));
        futures.add(pool.submit(gate.handle()::pass, 1));
        futures.add(pool.submit(gate.handle()::pass, 2));
        Iterator<TaskFuture<Integer>> arriving = Futures.asCompleted(futures).iterator();
        futures.clear();

        assertThat(next(arriving).isGone()).isTrue();
        gate.openForOne();
        assertThat(next(arriving).isGone()).isTrue();
        gate.openForOne();
        assertThat(next(arriving).isGone()).isTrue();
        assertThat(arriving.hasNext()).isFalse();
    }

    private static ReachabilityProbe next(Iterator<TaskFuture<Integer>> arriving) {
        return new ReachabilityProbe(arriving.next());
    }
}
