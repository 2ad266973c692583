package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.internal.loop.LoopLeakCheck;
import dev.pando.local.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A loop as other threads see it, and a coroutine as others see it. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class RunningLoopTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void anotherThreadStartsACoroutineAndWaitsForIt() throws Exception {
        AtomicReference<RunningLoop> loop = new AtomicReference<>();
        CountDownLatch running = new CountDownLatch(1);
        Event enough = new Event();
        try (Pool pool = Pool.open(Threads.of(1))) {
            TaskFuture<Void> main = pool.submit(() -> Loop.run(() -> {
                loop.set(Loop.running());
                running.countDown();
                enough.await(); // no coroutine is ready
            }));
            running.await();
            RunningLoop handle = loop.get();
            TaskFuture<String> answer = handle.spawn(() -> {
                Loop.sleep(Duration.ofMillis(1));
                return Loop.running().equals(handle) ? "same loop" : "other loop";
            });
            assertThat(answer.result(LONG)).isEqualTo("same loop");
            assertThat(handle.<String>spawn("named", () -> {
                                throw new IOException("broken");
                            })
                            .exception(LONG))
                    .hasMessage("broken");
            TaskFuture<Void> sleeping = handle.spawn("sleeper", () -> Loop.sleep(HOUR));
            while (!handle.coroutines().contains(sleeping)) {
                Thread.onSpinWait(); // the loop may still be at the end of the coroutine before
            }
            assertThat(handle.coroutines()).hasSize(2);
            assertThat(sleeping.cancel(true)).isTrue();
            handle.spawn(() -> enough.set()).result(LONG);
            main.result(LONG);
            assertThatThrownBy(() -> handle.spawn(() -> "late"))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("its first coroutine has ended");
            assertThat(handle.coroutines()).isEmpty();
            assertThat(handle.toString()).startsWith("loop").endsWith("(ended)");
        }
    }

    /** Every future that a thread got is done, whether or not its loop ended meanwhile; none runs afterwards. */
    @RepeatedTest(20)
    void aLoopThatEndsMeanwhileLosesNoFuture() throws Exception {
        Queue<TaskFuture<Integer>> started = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(2);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger late = new AtomicInteger();
        Loop.run(() -> {
            RunningLoop loop = Loop.running();
            for (int i = 0; i < 2; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        for (int k = 0; k < 2_000; k++) {
                            int number = k;
                            started.add(loop.spawn(() -> over.get() ? late.incrementAndGet() : number));
                            begun.countDown();
                        }
                    } catch (RejectedExecutionException ended) {
                        // what was to be seen
                    }
                }));
            }
            Loop.await(() -> begun.await());
        });
        over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        for (TaskFuture<Integer> future : started) {
            try {
                assertThat(future.result(LONG)).isNotNegative();
            } catch (CancellationException ended) {
                // the loop ended before it, perhaps just now
            }
        }
        assertThat(late).as("coroutines that began after the end").hasValue(0);
    }

    @Test
    void aPoolOfCoroutinesHasARunningLoopAsWell() {
        RunningLoop loop;
        TaskFuture<Void> left;
        try (Pool pool = Pool.open(Loop.create())) {
            loop = pool.submit(() -> Loop.running()).result();
            assertThat(loop.spawn(() -> 7).result(LONG)).isEqualTo(7);
            assertThat(pool.submit(() -> Loop.running()).result())
                    .isEqualTo(loop)
                    .hasSameHashCodeAs(loop);
            left = loop.spawn(() -> Loop.sleep(HOUR));
        }
        assertThat(left.isCancelled()).isTrue();
        assertThatThrownBy(() -> loop.spawn(() -> 8)).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aCoroutineKnowsItsFuture() {
        Loop.run(() -> {
            TaskFuture<Object> named = Loop.spawn("worker", () -> Loop.current());
            TaskFuture<?> seen = (TaskFuture<?>) Loop.await(named);
            assertThat(seen).isSameAs(named);
            assertThat(seen.info().name()).isEqualTo("worker-2");
            assertThat(seen.info().id()).isEqualTo(2);
            assertThat(Loop.current().info().id()).isEqualTo(1);
            assertThat(Loop.current().isRunning()).isTrue();
        });
    }

    @Test
    void aCoroutineIsCancelledThroughTheFutureThatItGaveAway() {
        Loop.run(() -> {
            Channel<TaskFuture<?>> channel = Channel.of(1);
            TaskFuture<String> victim = Loop.spawn(() -> {
                channel.send(Loop.current());
                Loop.sleep(HOUR);
                return "slept";
            });
            assertThat(channel.receive().cancel(true)).isTrue();
            assertThat(victim.isCancelled()).isTrue();
            TaskFuture<String> suicidal = Loop.spawn(() -> {
                Loop.current().cancel(true);
                Loop.sleep(HOUR);
                return "slept";
            });
            assertThat(Futures.isCancelledSoon(suicidal)).isTrue();
        });
    }

    @Test
    void aTaskOfAPoolOfCoroutinesKnowsItsFuture() {
        try (Pool pool = Pool.open(Loop.create())) {
            TaskFuture<Object> task = pool.submit(() -> Loop.current());
            assertThat(task.result()).isSameAs(task);
            TaskFuture<Object> listed =
                    pool.submit(() -> Loop.running().coroutines().contains(Loop.current()));
            assertThat(listed.result()).isEqualTo(true);
        }
    }

    @Test
    void allCoroutinesAreListedInTheOrderOfTheirStart() {
        Loop.run(() -> {
            TaskFuture<Void> one = Loop.spawn(() -> Loop.sleep(HOUR));
            TaskFuture<Void> two = Loop.callLater(HOUR, () -> {});
            RunningLoop loop = Loop.running();
            List<TaskFuture<?>> all = loop.coroutines();
            assertThat(all).hasSize(3);
            assertThat(all.get(0)).isSameAs(Loop.current());
            assertThat(all.get(1)).isSameAs(one);
            assertThat(all.get(2)).isSameAs(two);
            List<TaskFuture<?>> seenOutside = Loop.await(() -> loop.coroutines());
            assertThat(seenOutside).hasSize(3);
        });
    }

    @Test
    void outsideOfACoroutineThereIsNone() {
        assertThatThrownBy(Loop::running).hasMessageContaining("Loop.running").hasMessageContaining("no coroutine");
        assertThatThrownBy(Loop::current).hasMessageContaining("Loop.current").hasMessageContaining("no coroutine");
        Loop.run(() -> {
            RunningLoop loop = Loop.running();
            assertThatThrownBy(() -> loop.spawn(null, () -> 1)).hasMessage("name must not be null");
        });
    }

    /** What a test waits for, with a bound. */
    private static final class Futures {
        static boolean isCancelledSoon(TaskFuture<?> future) {
            dev.pando.Futures.wait(List.of(future), dev.pando.When.ALL_COMPLETED, LONG);
            return future.isCancelled();
        }
    }
}
