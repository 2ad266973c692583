package dev.pando.loop;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.TaskFuture;
import dev.pando.internal.loop.LoopLeakCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Channels whose smallest, or newest, item is received first, and what is known of items that were received. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class OrderedChannelTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    record Order(int priority, String name) {}

    private static final Comparator<Order> BY_PRIORITY = comparing(Order::priority);

    private final List<Object> notes = new ArrayList<>();

    private <T> void receiveAll(Channel<T> channel) {
        for (T item = channel.tryReceive(); item != null; item = channel.tryReceive()) {
            notes.add(item);
        }
    }

    @Test
    void theSmallestIsReceivedFirst() {
        Loop.run(() -> {
            Channel<Integer> channel = Channel.priority(10);
            for (int number : new int[] {5, 1, 9, 3, 7}) {
                channel.send(number);
            }
            assertThat(channel.receive()).isEqualTo(1);
            channel.send(2);
            receiveAll(channel);
            assertThat(channel).hasToString("Channel[0 of 10]");
        });
        assertThat(notes).containsExactly(2, 3, 5, 7, 9);
    }

    @Test
    void ofEqualOnesTheOldestIsReceivedFirst() {
        Loop.run(() -> {
            Channel<Order> channel = Channel.priority(1_000, BY_PRIORITY);
            Random random = new Random(7);
            List<Order> sent = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                Order order = new Order(random.nextInt(5), "order-" + i);
                sent.add(order);
                channel.send(order);
            }
            receiveAll(channel);
            sent.sort(BY_PRIORITY); // a stable sort
            assertThat(notes).isEqualTo(sent);
        });
    }

    @Test
    void theNewestIsReceivedFirstFromAStack() {
        Loop.run(() -> {
            Channel<Integer> channel = Channel.lifo(3);
            channel.send(1);
            channel.send(2);
            assertThat(channel.receive()).isEqualTo(2);
            channel.send(3);
            channel.send(4);
            assertThat(channel.trySend(5)).isFalse();
            receiveAll(channel);
        });
        assertThat(notes).containsExactly(4, 3, 1);
    }

    /** As asyncio does: what waits for room is not in the queue. */
    @Test
    void anItemWhoseSenderWaitsIsNotInTheChannelYet() {
        Loop.run(() -> {
            Channel<Integer> channel = Channel.priority(1);
            channel.send(5);
            Loop.spawn(() -> channel.send(1));
            Loop.yield();
            assertThat(channel.receive()).isEqualTo(5);
            assertThat(channel.size()).isEqualTo(1);
            assertThat(channel.receive()).isEqualTo(1);
        });
    }

    /** As asyncio does: a receiver that was woken takes what is best when it goes on. */
    @Test
    void aReceiverThatWaitedGetsTheBestOfWhatCameUntilItGoesOn() {
        Loop.run(() -> {
            Channel<Integer> smallest = Channel.priority(10);
            Channel<Integer> newest = Channel.lifo(10);
            TaskFuture<Integer> small = Loop.spawn(() -> smallest.receive());
            TaskFuture<Integer> fresh = Loop.spawn(() -> newest.receive());
            Loop.yield();
            for (int number : new int[] {5, 1, 3}) {
                smallest.send(number);
                newest.send(number);
            }
            assertThat(Loop.gather(small, fresh)).containsExactly(1, 3);
        });
    }

    @Test
    void anItemThatIsPromisedToAReceiverIsTakenByNoOther() {
        Loop.run(() -> {
            Channel<Integer> channel = Channel.priority(1);
            TaskFuture<Integer> waiting = Loop.spawn(() -> channel.receive());
            Loop.yield();
            channel.send(5);
            assertThat(channel.size()).isZero();
            assertThat(channel.tryReceive()).isNull();
            assertThat(channel.trySend(1)).isTrue();
            assertThat(channel.trySend(0)).isFalse();
            assertThat(channel.tryReceive()).isEqualTo(1);
            channel.close();
            waiting.cancel(true); // too late: it has its item
            assertThat(channel.tryReceive()).isNull();
            Loop.yield();
            assertThat(channel).hasToString("Channel[0 of 1, closed]");
        });
    }

    @Test
    void anOrderThatThrowsRefusesTheItemAndNothingElse() {
        Comparator<Order> strict = (one, other) -> {
            if (one.name().equals("odd") || other.name().equals("odd")) {
                throw new ArithmeticException("odd");
            }
            return BY_PRIORITY.compare(one, other);
        };
        Loop.run(() -> {
            Channel<Order> channel = Channel.priority(2, strict);
            Order second = new Order(2, "second");
            Order first = new Order(1, "first");
            Order third = new Order(3, "third");
            Order odd = new Order(0, "odd");
            channel.send(second);
            assertThatThrownBy(() -> channel.send(odd)).isInstanceOf(ArithmeticException.class);
            channel.send(third);
            TaskFuture<Void> oddSender = Loop.spawn(() -> channel.send(odd));
            TaskFuture<Void> sender = Loop.spawn(() -> channel.send(first));
            Loop.yield();
            assertThat(channel.receive()).isSameAs(second); // lets the next sender in, and that order throws
            assertThatThrownBy(() -> Loop.await(oddSender)).hasCauseInstanceOf(ArithmeticException.class);
            Loop.await(sender);
            receiveAll(channel);
            assertThat(notes).containsExactly(first, third);
            for (int i = 0; i < 3; i++) {
                channel.taskDone(); // what was refused was not sent
            }
            assertThatThrownBy(channel::taskDone).isInstanceOf(IllegalStateException.class);
        });
    }

    static Stream<Supplier<Channel<Integer>>> kinds() {
        return Stream.of(() -> Channel.of(2), () -> Channel.priority(2), () -> Channel.lifo(2));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void cancelledReceiversAndSendersLoseNoItem(Supplier<Channel<Integer>> kind) {
        for (long seed = 1; seed <= 10; seed++) {
            notes.clear();
            Random random = new Random(seed);
            Loop.run(Loop.create().virtualTime().shuffled(seed), () -> loseNoItem(kind.get(), random));
        }
    }

    private void loseNoItem(Channel<Integer> channel, Random random) {
        List<Integer> sent = new ArrayList<>();
        List<TaskFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int number = i;
            if (random.nextBoolean()) {
                all.add(Loop.spawn(() -> {
                    channel.send(number);
                    sent.add(number);
                }));
            } else {
                all.add(Loop.spawn(() -> {
                    notes.add(channel.receive());
                    channel.taskDone();
                }));
            }
            if (random.nextInt(3) == 0) {
                all.get(random.nextInt(all.size())).cancel(true);
            }
            if (random.nextInt(3) == 0) {
                Loop.yield();
            }
        }
        Loop.sleep(SECOND);
        for (TaskFuture<?> one : all) {
            one.cancel(true);
        }
        Loop.sleep(SECOND);
        while (channel.size() > 0) {
            notes.add(channel.receive());
            channel.taskDone();
        }
        channel.join();
        assertThatThrownBy(channel::taskDone).isInstanceOf(IllegalStateException.class);
        assertThat(notes).containsExactlyInAnyOrderElementsOf(List.<Object>copyOf(sent));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void joinWaitsUntilEveryItemIsDealtWith(Supplier<Channel<Integer>> kind) {
        Loop.run(Loop.create().virtualTime(), () -> {
            Channel<Integer> channel = kind.get();
            channel.join(); // nothing was sent
            for (int i = 0; i < 3; i++) {
                Loop.spawn(() -> {
                    for (int _ : channel) {
                        Loop.sleep(SECOND);
                        channel.taskDone();
                    }
                });
            }
            for (int i = 0; i < 9; i++) {
                channel.send(i);
            }
            TaskFuture<Void> impatient = Loop.spawn(() -> channel.join());
            Loop.yield();
            impatient.cancel(true);
            channel.join();
            assertThat(Loop.time()).isEqualTo(SECOND.multipliedBy(3));
            channel.close();
            channel.join();
        });
    }

    @Test
    void taskDoneTooOftenIsRefused() {
        Loop.run(() -> {
            Channel<String> channel = Channel.of(2);
            assertThatThrownBy(channel::taskDone)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("taskDone was called more often than items were sent through Channel[0 of 2]")
                    .hasMessageContaining("once for each item");
            channel.send("sent");
            channel.taskDone();
            assertThatThrownBy(channel::taskDone).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> Channel.<Integer>priority(0)).hasMessage("capacity must be greater than 0, not 0");
        assertThatThrownBy(() -> Channel.lifo(-1)).hasMessage("capacity must be greater than 0, not -1");
        assertThatThrownBy(() -> Channel.priority(1, null)).hasMessage("order must not be null");
    }
}
