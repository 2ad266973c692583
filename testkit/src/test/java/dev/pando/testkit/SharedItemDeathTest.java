package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.shared.OwnerDiedException;
import dev.pando.shared.SharedCounter;
import dev.pando.shared.SharedMap;
import dev.pando.shared.SharedPipe;
import dev.pando.shared.SharedQueue;
import dev.pando.shared.SharedValue;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker dies while it puts in, takes or changes what others see. */
class SharedItemDeathTest extends SharedDeaths {
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
}
