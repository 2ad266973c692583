package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.TaskFuture;
import dev.pando.shared.OwnerDiedException;
import dev.pando.shared.SharedClosedException;
import dev.pando.shared.SharedCounter;
import dev.pando.shared.SharedMap;
import dev.pando.shared.SharedPipe;
import dev.pando.shared.SharedQueue;
import dev.pando.shared.SharedValue;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker dies while it puts in, takes or changes what others see. */
class SharedItemDeathTest extends SharedDeaths {
    /** So often that what two tasks share has moved to memory. */
    private static final int OFTEN = 4_000;

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

    /** The counter has moved to memory by then, so that no message says how far the worker came. */
    @ParameterizedTest
    @MethodSource("deaths")
    void anAdditionIsWholeOrWasNever(Death death) throws Exception {
        SharedCounter counter = space.counter();
        Doom doom = doom(death);
        lose(death, () -> {
            while (counter.add(4) < 4_000) {
                counter.add(-2);
            }
            Thread.ofPlatform().daemon().start(() -> {
                while (true) {
                    counter.add(2);
                }
            });
            doom.strike();
            return 0;
        });
        long after = counter.get();
        assertThat(after).isGreaterThanOrEqualTo(4_000).isEven();
        assertThat(counter.get()).isEqualTo(after);
        assertThat(pool.submit(() -> counter.increment()).result()).isEqualTo(after + 1);
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

    /** The pipe has moved to memory by then: what was sent last is there whole, or was never sent. */
    @ParameterizedTest
    @MethodSource("deaths")
    void theReceiverOfAPipeThatLiesInMemoryHearsOfTheDeathAfterTheLastItem(Death death) throws Exception {
        SharedPipe<Integer, Integer> pipe = space.pipe();
        SharedPipe.PipeEnd<Integer, Integer> theirs = pipe.left();
        TaskFuture<Integer> receiving = pool.submit(() -> {
            int next = 0;
            try {
                while (pipe.right().receive() == next) {
                    next++;
                }
                return -1;
            } catch (OwnerDiedException told) {
                assertThat(told).hasMessageContaining("doomed");
                return next;
            }
        });
        Doom doom = doom(death);
        lose(death, () -> {
            CountDownLatch often = new CountDownLatch(OFTEN);
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    for (int i = 0; true; i++) {
                        theirs.send(i);
                        often.countDown();
                    }
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            often.await();
            doom.strike();
            return 0;
        });
        assertThat(receiving.result()).isGreaterThanOrEqualTo(OFTEN);
    }

    /** The queue has moved to memory by then: an item was taken whole, and is gone with its task, or it is there. */
    @ParameterizedTest
    @MethodSource("deaths")
    void aTakerOfAQueueThatLiesInMemoryTakesNothingAlongButWhatItHad(Death death) throws Exception {
        SharedQueue<Integer> queue = space.queue(100);
        SharedCounter had = space.counter();
        TaskFuture<Integer> putting = pool.submit(() -> {
            for (int i = 0; true; i++) {
                try {
                    queue.put(i);
                } catch (SharedClosedException enough) {
                    return i;
                }
            }
        });
        Doom doom = doom(death);
        lose(death, () -> {
            CountDownLatch often = new CountDownLatch(OFTEN);
            Thread.ofPlatform().daemon().start(() -> {
                for (int _ : queue) {
                    had.add(1);
                    often.countDown();
                }
            });
            often.await();
            doom.strike();
            return 0;
        });
        int first = queue.take();
        assertThat(first).isGreaterThanOrEqualTo(OFTEN).isBetween((int) had.get(), (int) had.get() + 1);
        assertThat(pool.submit(() -> List.of(queue.take(), queue.take())).result())
                .containsExactly(first + 1, first + 2);
        queue.close();
        assertThat(queue).last().isEqualTo(putting.result() - 1);
    }
}
