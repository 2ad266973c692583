package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.TaskFuture;
import dev.pando.internal.loop.LoopLeakCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where coroutines meet: first come, first served, and a cancelled waiter takes no permit or item along. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class MeetingTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private final List<Object> notes = new ArrayList<>();

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#all")
    void aChannelGivesEachItemOnceAndEndsWhenItIsClosed(Loop loop) {
        Loop.run(loop, () -> {
            Channel<Integer> channel = Channel.of(3);
            List<TaskFuture<Void>> senders = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int base = i * 100;
                senders.add(Loop.spawn(() -> {
                    for (int k = 0; k < 100; k++) {
                        channel.send(base + k);
                    }
                }));
            }
            List<TaskFuture<Void>> readers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                readers.add(Loop.spawn(() -> {
                    for (int item : channel) {
                        notes.add(item);
                    }
                }));
            }
            Loop.gather(senders);
            channel.close();
            Loop.gather(readers);
        });
        assertThat(notes).hasSize(10_000).doesNotHaveDuplicates();
    }

    @Test
    void aChannelKeepsTheOrderOfSendersAndReceivers() {
        Loop.run(() -> {
            Channel<Integer> channel = Channel.of(1);
            for (int i = 0; i < 5; i++) {
                int number = i;
                Loop.spawn(() -> channel.send(number));
            }
            for (int i = 0; i < 5; i++) {
                Loop.yield();
            }
            for (int i = 0; i < 5; i++) {
                notes.add(channel.receive());
            }
        });
        assertThat(notes).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aClosedChannelGivesWhatIsInItAndRefusesMore() {
        Loop.run(() -> {
            Channel<String> channel = Channel.of(1);
            channel.send("in");
            assertThat(channel.trySend("too many")).isFalse();
            TaskFuture<Void> waiting = Loop.spawn(() -> channel.send("late"));
            Loop.yield();
            channel.close();
            assertThatThrownBy(() -> Loop.await(waiting)).hasRootCauseInstanceOf(IllegalStateException.class);
            assertThat(channel.receive()).isEqualTo("in");
            assertThat(channel.tryReceive()).isNull();
            assertThatThrownBy(channel::receive).isInstanceOf(NoSuchElementException.class);
            assertThatThrownBy(() -> channel.send("more")).isInstanceOf(IllegalStateException.class);
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#all")
    void cancelledReceiversAndSendersLoseNoItem(Loop loop) {
        Random random = new Random(4);
        Loop.run(loop, () -> {
            Channel<Integer> channel = Channel.of(2);
            List<Integer> sent = new ArrayList<>();
            List<TaskFuture<?>> all = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                int number = i;
                if (random.nextBoolean()) {
                    all.add(Loop.spawn(() -> {
                        channel.send(number);
                        sent.add(number);
                    }));
                } else {
                    all.add(Loop.spawn(() -> {
                        notes.add(channel.receive());
                    }));
                }
                if (random.nextInt(3) == 0) {
                    all.get(random.nextInt(all.size())).cancel(true);
                }
                if (random.nextInt(3) == 0) {
                    Loop.yield();
                }
            }
            for (int i = 0; i < 50; i++) {
                Loop.yield();
            }
            for (TaskFuture<?> one : all) {
                one.cancel(true);
            }
            for (int i = 0; i < 50; i++) {
                Loop.yield();
            }
            for (Integer item = channel.tryReceive(); item != null; item = channel.tryReceive()) {
                notes.add(item);
            }
            assertThat(notes).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(List.<Object>copyOf(sent));
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#all")
    void aMutexKeepsOthersOutAcrossVerbs(Loop loop) {
        Loop.run(loop, () -> {
            Mutex mutex = new Mutex();
            int[] inside = {0};
            List<TaskFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(Loop.spawn(() -> {
                    mutex.lock();
                    try {
                        assertThat(++inside[0]).isEqualTo(1);
                        Loop.yield();
                        inside[0]--;
                    } finally {
                        mutex.unlock();
                    }
                }));
            }
            Loop.gather(all);
            assertThat(mutex.isLocked()).isFalse();
        });
    }

    @Test
    void aMutexIsNotReentrantAndOnlyItsOwnerUnlocksIt() {
        Loop.run(() -> {
            Mutex mutex = new Mutex();
            assertThatThrownBy(mutex::unlock)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("nobody");
            mutex.lock();
            assertThatThrownBy(mutex::lock)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("itself");
            TaskFuture<Void> other = Loop.spawn(() -> {
                assertThat(mutex.tryLock()).isFalse();
                assertThatThrownBy(mutex::unlock)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("coroutine-1");
            });
            Loop.await(other);
            mutex.unlock();
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#all")
    void cancelledWaitersLeakNoPermitAndNoLock(Loop loop) {
        Random random = new Random(5);
        Loop.run(loop, () -> {
            Semaphore semaphore = Semaphore.of(3);
            Mutex mutex = new Mutex();
            List<TaskFuture<?>> all = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                all.add(Loop.spawn(() -> {
                    semaphore.acquire();
                    try {
                        Loop.yield();
                        mutex.lock();
                        try {
                            Loop.yield();
                        } finally {
                            mutex.unlock();
                        }
                    } finally {
                        semaphore.release();
                    }
                }));
                if (random.nextInt(2) == 0) {
                    all.get(random.nextInt(all.size())).cancel(true);
                }
                if (random.nextInt(2) == 0) {
                    Loop.yield();
                }
            }
            for (TaskFuture<?> one : all) {
                if (!one.isDone()) {
                    one.result();
                }
            }
            for (int i = 0; i < 50; i++) {
                Loop.yield();
            }
            assertThat(semaphore.available()).isEqualTo(3);
            assertThat(mutex.isLocked()).isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void anEventLetsEverybodyGo(Loop loop) {
        Loop.run(loop, () -> {
            Event event = new Event();
            List<TaskFuture<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                all.add(Loop.spawn(() -> {
                    event.await();
                    return event.isSet();
                }));
            }
            Loop.sleep(SECOND);
            event.set();
            assertThat(Loop.gather(all)).containsOnly(true);
            event.await();
            event.clear();
            assertThatThrownBy(() -> Loop.timeout(SECOND, () -> event.await()))
                    .isInstanceOf(dev.pando.DeadlineExceededException.class);
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aBarrierOpensWhenAllAreThereAndForgetsWhoWasCancelled(Loop loop) {
        Loop.run(loop, () -> {
            Barrier barrier = Barrier.of(3);
            TaskFuture<Void> gone = Loop.spawn(() -> barrier.await());
            Loop.sleep(SECOND);
            gone.cancel(true);
            Loop.sleep(SECOND);
            assertThat(barrier.waiting()).isZero();
            for (int round = 0; round < 3; round++) {
                List<TaskFuture<Void>> all = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    all.add(Loop.spawn(() -> barrier.await()));
                }
                Loop.gather(all);
            }
        });
    }

    @Test
    void whatCannotBeIsRefused() {
        for (int wrong : IntStream.of(0, -1).toArray()) {
            assertThatThrownBy(() -> Channel.of(wrong)).hasMessage("capacity must be greater than 0, not " + wrong);
            assertThatThrownBy(() -> Barrier.of(wrong)).hasMessage("parties must be greater than 0, not " + wrong);
        }
        assertThatThrownBy(() -> Semaphore.of(-1)).hasMessage("permits must not be negative, but is -1");
    }
}
