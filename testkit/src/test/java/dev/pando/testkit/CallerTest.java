package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.local.Caller;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is true only if the caller runs the task: the task is done when submit returns, on the caller's own stack. */
@Timeout(60)
class CallerTest {
    @RegisterExtension
    final Pools pools = new Pools();

    private Pool open() {
        return pools.open(Pool.with(Caller.inline()).named(pools.name()));
    }

    @Test
    void theTaskIsDoneOnTheCallersStackWhenSubmitReturns() {
        StackTraceElement[] stack = {};
        TaskFuture<StackTraceElement[]> future = open().submit(() -> new Throwable().getStackTrace());
        assertThat(future.isDone()).isTrue();
        stack = future.result();
        assertThat(stack)
                .extracting(StackTraceElement::getMethodName)
                .contains("theTaskIsDoneOnTheCallersStackWhenSubmitReturns");
    }

    @Test
    void anyNumberOfThreadsMaySubmitAtOnce() throws Exception {
        Pool pool = open();
        List<Thread> seen = new CopyOnWriteArrayList<>();
        java.util.concurrent.CyclicBarrier both = new java.util.concurrent.CyclicBarrier(2);
        List<BackgroundCall<?>> callers = List.of(
                BackgroundCall.run(() -> meet(pool, both, seen)), BackgroundCall.run(() -> meet(pool, both, seen)));
        for (BackgroundCall<?> caller : callers) {
            caller.join();
        }
        assertThat(seen).hasSize(2).doesNotHaveDuplicates();
    }

    private static void meet(Pool pool, java.util.concurrent.CyclicBarrier both, List<Thread> seen) {
        pool.submit(() -> {
                    both.await();
                    seen.add(Thread.currentThread());
                })
                .result();
    }

    @Test
    void anInterruptOfTheCallerStaysTheCallers() {
        Pool pool = open();
        Thread.currentThread().interrupt();
        assertThat(pool.submit(() -> 7).result()).isEqualTo(7);
        assertThat(Thread.interrupted()).isTrue();
    }
}
