package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import dev.pando.shared.OwnerDiedException;
import dev.pando.shared.SharedBarrier;
import dev.pando.shared.SharedCounter;
import dev.pando.shared.SharedEvent;
import dev.pando.shared.SharedLock;
import dev.pando.shared.SharedMap;
import dev.pando.shared.SharedPipe;
import dev.pando.shared.SharedQueue;
import dev.pando.shared.SharedSemaphore;
import dev.pando.shared.SharedSpace;
import dev.pando.shared.SharedValue;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A worker dies in the middle of each use of a shared construct, in each way: nothing is lost but what was its own, and
 * no other caller waits in vain. Each method is a row of {@code docs/failures.md}, each way to die a cell.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedDeathTest {
    private final Pools pools = new Pools();
    private Pool pool;
    private SharedSpace space;

    /** Where a worker that is to be frozen says its process number. */
    private SharedQueue<Long> frozen;

    /**
     * A way to die.
     *
     * @param chaos what the worker does; {@code null}: it says its number, is stopped by SIGSTOP, and killed
     */
    record Death(String name, @Nullable Chaos chaos) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Death> deaths() {
        return Stream.of(
                new Death("SIGKILL", Chaos.kill()),
                new Death("exit", Chaos.exit(3)),
                new Death("halt", Chaos.halt(9)),
                new Death("crash", Chaos.segfault()),
                new Death("freeze, then SIGKILL", null));
    }

    /** How a task dies: travels. */
    record Doom(@Nullable Chaos chaos, SharedQueue<Long> frozen) implements Serializable {
        void strike() throws Exception {
            if (chaos == null) {
                frozen.put(ProcessHandle.current().pid());
            } else {
                chaos.inCall().call();
            }
            new CountDownLatch(1).await(); // until it is killed
        }

        /** Strikes as soon as the calling thread waits. All that the wait needs is loaded. */
        void strikeWhenThisThreadWaits() {
            Thread waiting = Thread.currentThread();
            Thread.ofPlatform().daemon().start(() -> {
                while (waiting.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                try {
                    strike();
                } catch (Exception e) {
                    Runtime.getRuntime().halt(77);
                }
            });
        }
    }

    @BeforeAll
    void open() {
        pools.beforeEach(null);
        pool = pools.open(Pool.with(Processes.of(2)
                        .heap("48m")
                        .jvmArgs("--enable-native-access=ALL-UNNAMED", WorkerFixture.BRIEF)
                        .output(Output.discard()))
                .named(pools.name()));
        space = pool.shared();
        frozen = space.queue(1);
    }

    @BeforeEach
    void bothWorkersWork() throws Exception {
        FailureMatrix.strength(pool, 2);
    }

    @AfterAll
    void close() throws Exception {
        pools.afterEach(null);
    }

    private Doom doom(Death death) {
        return new Doom(death.chaos, frozen);
    }

    /** Submits the task, and waits until its worker is dead and the task is told. */
    private void lose(Death death, Task<?> doomed) throws Exception {
        TaskFuture<?> future = pool.named("doomed").submit(doomed);
        if (death.chaos == null) {
            long pid = frozen.take();
            ProcessCensus.freeze(pid);
            WorkerFixture.signal("KILL", pid);
        }
        assertThat(future.exception()).isInstanceOf(WorkerLostException.class);
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void whatWaitsToBePutInIsNotInTheQueue(Death death) throws Exception {
        SharedQueue<String> queue = space.queue(1);
        Doom doom = doom(death);
        queue.put("first");
        lose(death, () -> {
            assertThat(queue.offer("no room")).isFalse();
            doom.strikeWhenThisThreadWaits();
            queue.put("never");
            return 0;
        });
        assertThat(queue.take()).isEqualTo("first");
        assertThat(queue.size()).isZero();
        assertThat(pool.submit(() -> queue.offer("next")).result()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void whatWasPutInIsInTheQueueWhole(Death death) throws Exception {
        SharedQueue<List<Integer>> queue = space.queue(2);
        Doom doom = doom(death);
        lose(death, () -> {
            queue.put(List.of(1, 2, 3));
            doom.strike();
            return 0;
        });
        assertThat(pool.submit(() -> queue.take()).result()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aTakerThatWaitsTakesNothingAlong(Death death) throws Exception {
        SharedQueue<String> queue = space.queue(2);
        Doom doom = doom(death);
        lose(death, () -> {
            assertThat(queue.poll()).isNull();
            doom.strikeWhenThisThreadWaits();
            return queue.take();
        });
        queue.put("a");
        assertThat(queue.size()).isEqualTo(1);
        assertThat(pool.submit(() -> queue.take()).result()).isEqualTo("a");
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void whatWasTakenGoesWithItsTaskAndNothingElseDoes(Death death) throws Exception {
        SharedQueue<String> queue = space.queue(3);
        Doom doom = doom(death);
        for (String each : List.of("a", "b", "c")) {
            queue.put(each);
        }
        lose(death, () -> {
            String taken = queue.take();
            doom.strike();
            return taken;
        });
        queue.close();
        assertThat(queue).containsExactly("b", "c");
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void whatWasOnLoanComesBackToTheHead(Death death) throws Exception {
        SharedQueue<String> queue = space.queue(3);
        Doom doom = doom(death);
        for (String each : List.of("a", "b", "c")) {
            queue.put(each);
        }
        lose(death, () -> {
            assertThat(queue.takeAcknowledged().done()).isTrue();
            var loan = queue.takeAcknowledged();
            doom.strike();
            return loan.item();
        });
        queue.close();
        assertThat(queue).containsExactly("b", "c");
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aLockerThatWaitsLeavesTheLine(Death death) throws Exception {
        SharedLock lock = space.lock();
        Doom doom = doom(death);
        lock.lock();
        lose(death, () -> {
            assertThat(lock.tryLock()).isFalse();
            doom.strikeWhenThisThreadWaits();
            lock.lock();
            return 0;
        });
        lock.unlock();
        assertThat(pool.submit(() -> lock.withLock(() -> 1)).result()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void theNextHolderOfALockHearsOfTheDeathOnce(Death death) throws Exception {
        SharedLock lock = space.lock();
        Doom doom = doom(death);
        BackgroundCall<?>[] next = new BackgroundCall<?>[1];
        SharedEvent held = space.event();
        SharedEvent others = space.event();
        Thread asking = Thread.ofPlatform().start(() -> {
            try {
                held.await();
                next[0] = BackgroundCall.run(lock::lock).awaitParked();
                others.set();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        lose(
                death,
                () -> lock.withLock(() -> {
                    held.set();
                    others.await();
                    doom.strike();
                    return 0;
                }));
        asking.join();
        assertThatThrownBy(next[0]::join)
                .isInstanceOf(OwnerDiedException.class)
                .hasMessageContaining("doomed")
                .hasMessageContaining("died: ");
        assertThat(pool.submit(() -> lock.withLock(() -> 1)).result()).isEqualTo(1);
        assertThat(lock.withLock(() -> 2)).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aPermitIsNotLostToOneThatWaits(Death death) throws Exception {
        SharedSemaphore permits = space.semaphore(0);
        Doom doom = doom(death);
        lose(death, () -> {
            assertThat(permits.tryAcquire()).isFalse();
            doom.strikeWhenThisThreadWaits();
            permits.acquire();
            return 0;
        });
        permits.release();
        assertThat(pool.submit(() -> permits.tryAcquire()).result()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void permitsReturn(Death death) throws Exception {
        SharedSemaphore permits = space.semaphore(3);
        Doom doom = doom(death);
        lose(death, () -> {
            permits.acquire();
            permits.acquire();
            doom.strike();
            return 0;
        });
        assertThat(permits.available()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aBarrierBreaksForTheOthers(Death death) throws Exception {
        SharedBarrier barrier = space.barrier(3);
        Doom doom = doom(death);
        BackgroundCall<Integer> other =
                BackgroundCall.ask(() -> barrier.await()).awaitParked();
        lose(death, () -> {
            assertThat(barrier.isBroken()).isFalse();
            doom.strikeWhenThisThreadWaits();
            return barrier.await();
        });
        assertThatThrownBy(other::join)
                .isInstanceOf(BrokenBarrierException.class)
                .hasMessageContaining("doomed");
        assertThat(barrier.isBroken()).isTrue();
        barrier.reset();
        assertThat(pool.submit(() -> barrier.isBroken()).result()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void anEventForgetsOneThatWaits(Death death) throws Exception {
        SharedEvent event = space.event();
        Doom doom = doom(death);
        BackgroundCall<?> other = BackgroundCall.run(event::await).awaitParked();
        lose(death, () -> {
            assertThat(event.isSet()).isFalse();
            doom.strikeWhenThisThreadWaits();
            event.await();
            return 0;
        });
        event.set();
        other.join();
        assertThat(pool.submit(() -> event.isSet()).result()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void anUpdateIsDoneOrWasNever(Death death) throws Exception {
        SharedValue<Integer> value = space.value(1);
        SharedMap<String, Integer> map = space.map();
        SharedCounter counter = space.counter();
        Doom doom = doom(death);
        lose(death, () -> {
            counter.add(5);
            value.update(before -> before + 1);
            map.merge("a", 1, Integer::sum);
            value.update(before -> {
                try {
                    doom.strike();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                return 99;
            });
            return 0;
        });
        assertThat(value.get()).isEqualTo(2);
        assertThat(map.snapshot()).hasSize(1).containsEntry("a", 1);
        assertThat(pool.submit(() -> counter.increment()).result()).isEqualTo(6);
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void theReceiverOfAPipeHearsOfTheDeathOnceAfterTheLastItem(Death death) throws Exception {
        SharedPipe<String, String> pipe = space.pipe();
        SharedPipe.PipeEnd<String, String> theirs = pipe.right();
        Doom doom = doom(death);
        lose(death, () -> {
            theirs.send("a");
            theirs.send("b");
            doom.strike();
            return 0;
        });
        assertThat(List.of(pipe.left().receive(), pipe.left().receive())).containsExactly("a", "b");
        assertThatThrownBy(() -> pipe.left().receive())
                .isInstanceOf(OwnerDiedException.class)
                .hasMessageContaining("doomed");
        assertThat(pool.submit(() -> {
                            theirs.send("c");
                            return 0;
                        })
                        .result())
                .isZero();
        assertThat(pipe.left().receive()).isEqualTo("c");
    }
}
