package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.shared.SharedClosedException;
import dev.pando.shared.SharedEvent;
import dev.pando.shared.SharedLease;
import dev.pando.shared.SharedQueue;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Queues between tasks: nothing is lost, doubled or out of order, and each wait ends. */
interface SharedQueueContract extends Subject {
    Duration MOMENT = Duration.ofMillis(1);

    @Test
    default void itemsComeInTheOrderInWhichTheyWerePut() throws Exception {
        Pool pool = open(1);
        SharedQueue<Integer> queue = shared(pool).queue(100);
        TaskFuture<Integer> putting = pool.submit(() -> {
            for (int i = 0; i < 50; i++) {
                queue.put(i);
            }
            return queue.size();
        });
        assertThat(putting.result()).isEqualTo(50);
        for (int i = 50; i < 100; i++) {
            queue.put(i);
        }
        List<Integer> taken = pool.submit(() -> {
                    List<Integer> all = new ArrayList<>();
                    for (int i = 0; i < 100; i++) {
                        all.add(queue.take());
                    }
                    return all;
                })
                .result();
        assertThat(taken)
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    default void aFullQueueRefusesAnOfferAndLetsAPutWait() throws Exception {
        Pool pool = open(1);
        SharedQueue<String> queue = shared(pool).queue(2);
        assertThat(pool.submit(() -> queue.offer("a") && queue.offer("b") && !queue.offer("c"))
                        .result())
                .isTrue();
        assertThat(pool.submit(() -> queue.offer("c", MOMENT)).result()).isFalse();
        assertThat(queue.offer("c")).isFalse();
        BackgroundCall<?> putting = BackgroundCall.run(() -> queue.put("c")).awaitParked();
        assertThat(queue.size()).isEqualTo(2);
        assertThat(pool.submit(() -> queue.take()).result()).isEqualTo("a");
        putting.join();
        assertThat(List.of(queue.take(), queue.take())).containsExactly("b", "c");
    }

    @Test
    default void manyItemsGoInAtOnceOrNotAtAll() throws Exception {
        Pool pool = open(1);
        SharedQueue<Integer> queue = shared(pool).queue(4);
        assertThat(pool.submit(() -> {
                            queue.putAll(List.of());
                            queue.putAll(List.of(1, 2, 3));
                            return queue.size();
                        })
                        .result())
                .isEqualTo(3);
        BackgroundCall<?> putting =
                BackgroundCall.run(() -> queue.putAll(List.of(4, 5))).awaitParked();
        assertThat(queue.size()).isEqualTo(3);
        assertThat(pool.submit(() -> queue.takeSome(2)).result()).containsExactly(1, 2);
        putting.join();
        assertThat(queue.takeSome(100)).containsExactly(3, 4, 5);
        assertThatThrownBy(() -> queue.putAll(List.of(1, 2, 3, 4, 5)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("5 of 4");
        assertThatThrownBy(() -> queue.takeSome(0)).isInstanceOf(IllegalArgumentException.class);
        queue.close();
        assertThatThrownBy(() -> queue.takeSome(1)).isInstanceOf(SharedClosedException.class);
    }

    @Test
    default void anEmptyQueueGivesNothingToAPoll() throws Exception {
        Pool pool = open(1);
        SharedQueue<String> queue = shared(pool).queue(2);
        assertThat(pool.submit(() -> queue.poll() == null && queue.poll(MOMENT) == null)
                        .result())
                .isTrue();
        assertThat(queue.poll(MOMENT)).isNull();
        BackgroundCall<String> taking = BackgroundCall.ask(queue::take).awaitParked();
        assertThat(pool.submit(() -> queue.offer("a")).result()).isTrue();
        assertThat(taking.join()).isEqualTo("a");
    }

    @Test
    default void closeEndsConsumersAfterTheLastItem() throws Exception {
        Pool pool = open(1);
        SharedQueue<Integer> queue = shared(pool).queue(10);
        for (int i = 1; i <= 4; i++) {
            queue.put(i);
        }
        queue.close();
        assertThatThrownBy(() -> queue.put(5)).isInstanceOf(SharedClosedException.class);
        assertThatThrownBy(() -> queue.offer(5)).isInstanceOf(SharedClosedException.class);
        TaskFuture<Integer> summing = pool.submit(() -> {
            int sum = 0;
            for (int each : queue) {
                sum += each;
            }
            return sum;
        });
        assertThat(summing.result()).isEqualTo(10);
        assertThat(queue.poll()).isNull();
        assertThatThrownBy(queue::take).isInstanceOf(SharedClosedException.class);
        assertThat(pool.submit(() -> queue.take()).exception()).isInstanceOf(SharedClosedException.class);
        queue.close();
    }

    @Test
    default void closeEndsThoseThatWait() throws Exception {
        Pool pool = open(1);
        SharedQueue<Integer> empty = shared(pool).queue(1);
        SharedQueue<Integer> full = shared(pool).queue(1);
        full.put(1);
        BackgroundCall<Integer> taking = BackgroundCall.ask(empty::take).awaitParked();
        BackgroundCall<?> putting = BackgroundCall.run(() -> full.put(2)).awaitParked();
        assertThat(pool.submit(() -> {
                            empty.close();
                            full.close();
                            return 1;
                        })
                        .result())
                .isEqualTo(1);
        assertThatThrownBy(taking::join).isInstanceOf(SharedClosedException.class);
        assertThatThrownBy(putting::join).isInstanceOf(SharedClosedException.class);
        assertThat(full.take()).isEqualTo(1);
    }

    @Test
    default void anInterruptedTakerHasTakenNothing() throws Exception {
        Pool pool = open(1);
        SharedQueue<String> queue = shared(pool).queue(1);
        BackgroundCall<String> taking = BackgroundCall.ask(queue::take).awaitParked();
        taking.interrupt();
        assertThatThrownBy(taking::join).isInstanceOf(InterruptedException.class);
        queue.put("a");
        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.take()).isEqualTo("a");
    }

    @Test
    default void aCancelledTaskStopsWaitingAndHasTakenNothing() throws Exception {
        assumeTrue(runsElsewhere(), "needs a task that can be cancelled while it waits");
        Pool pool = open(2);
        SharedQueue<String> queue = shared(pool).queue(1);
        SharedEvent begun = shared(pool).event();
        SharedEvent stopped = shared(pool).event();
        TaskFuture<String> taking = pool.submit(() -> {
            begun.set();
            try {
                return queue.take();
            } catch (InterruptedException e) {
                stopped.set();
                throw e;
            }
        });
        begun.await();
        assertThat(taking.cancel(true)).isTrue();
        stopped.await();
        queue.put("a");
        assertThat(queue.take()).isEqualTo("a");
        assertThat(pool.submit(() -> queue.offer("b")).result()).isTrue();
    }

    @Test
    default void consumersShareTheItemsAndNoneComesTwice() throws Exception {
        assumeTrue(runsElsewhere(), "needs tasks that run beside each other");
        Pool pool = open(4);
        SharedQueue<Integer> queue = shared(pool).queue(7);
        List<TaskFuture<List<Integer>>> consumers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            consumers.add(pool.submit(() -> {
                List<Integer> all = new ArrayList<>();
                queue.forEach(all::add);
                return all;
            }));
        }
        List<TaskFuture<Integer>> producers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int first = 100 * i;
            producers.add(pool.submit(() -> {
                for (int n = first; n < first + 100; n++) {
                    queue.put(n);
                }
                return 0;
            }));
        }
        for (TaskFuture<Integer> each : producers) {
            assertThat(each.result()).isZero();
        }
        queue.close();
        List<Integer> all = new ArrayList<>(consumers.get(0).result());
        all.addAll(consumers.get(1).result());
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 200).boxed().toList());
        for (TaskFuture<List<Integer>> each : consumers) {
            assertThat(each.result().stream().filter(n -> n < 100)).isSorted();
            assertThat(each.result().stream().filter(n -> n >= 100)).isSorted();
        }
    }

    @Test
    default void anItemOnLoanComesBackToTheHeadUnlessItIsDone() throws Exception {
        Pool pool = open(1);
        SharedQueue<Integer> queue = shared(pool).queue(10);
        for (int i = 1; i <= 3; i++) {
            queue.put(i);
        }
        assertThat(pool.submit(() -> queue.takeAcknowledged().item()).result()).isEqualTo(1);
        SharedLease<Integer> again = queue.takeAcknowledged();
        assertThat(again.item()).isEqualTo(1);
        assertThat(again.done()).isTrue();
        assertThat(again.done()).isFalse();
        again.close();
        assertThat(pool.submit(() -> {
                            try (SharedLease<Integer> second = queue.takeAcknowledged()) {
                                return second.item();
                            }
                        })
                        .result())
                .isEqualTo(2);
        assertThat(List.of(queue.take(), queue.take())).containsExactly(2, 3);
    }

    @Test
    default void aClosedQueueWaitsForWhatIsOnLoan() throws Exception {
        Pool pool = open(1);
        SharedQueue<String> queue = shared(pool).queue(1);
        queue.put("a");
        SharedLease<String> loan = queue.takeAcknowledged();
        queue.close();
        BackgroundCall<String> taking = BackgroundCall.ask(queue::take).awaitParked();
        loan.close();
        assertThat(taking.join()).isEqualTo("a");
        assertThatThrownBy(queue::take).isInstanceOf(SharedClosedException.class);
    }

    /** A handle in something that travels. */
    record Order(String what, SharedQueue<String> answers) implements Serializable {}

    @Test
    default void aHandleTravelsInAnyWay() throws Exception {
        Pool pool = open(1);
        SharedQueue<String> queue = shared(pool).queue(10);
        SharedQueue<SharedQueue<String>> queues = shared(pool).queue(1);
        assertThat(pool.submit(() -> queue.offer("captured")).result()).isTrue();
        assertThat(pool.submit(SharedQueue<String>::offer, queue, "passed").result())
                .isTrue();
        assertThat(pool.submit(order -> order.answers.offer(order.what), new Order("in a record", queue))
                        .result())
                .isTrue();
        SharedQueue<String> returned = pool.submit(() -> queue).result();
        assertThat(returned.offer("returned")).isTrue();
        queues.put(queue);
        assertThat(pool.submit(() -> queues.take().offer("in each other")).result())
                .isTrue();
        assertThat(returned).isEqualTo(queue);
        queue.close();
        assertThat(queue).containsExactly("captured", "passed", "in a record", "returned", "in each other");
    }
}
