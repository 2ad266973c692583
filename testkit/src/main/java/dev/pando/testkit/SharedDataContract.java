package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.shared.SharedBarrier;
import dev.pando.shared.SharedClosedException;
import dev.pando.shared.SharedCounter;
import dev.pando.shared.SharedEvent;
import dev.pando.shared.SharedMap;
import dev.pando.shared.SharedPipe;
import dev.pando.shared.SharedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Counters, values, maps, pipes, barriers and events between tasks. */
interface SharedDataContract extends Subject {
    int DRAWS = 2_000;

    /** Runs the body three times at once, as far as the workers do. */
    private static void thrice(Pool pool, Task<Integer> body) {
        List<TaskFuture<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tasks.add(pool.submit(body));
        }
        for (TaskFuture<Integer> each : tasks) {
            assertThat(each.result()).isZero();
        }
    }

    @Test
    default void aCounterLosesNothing() {
        Pool pool = open(3);
        SharedCounter counter = shared(pool).counter();
        Task<Integer> adding = () -> {
            for (int i = 0; i < 100; i++) {
                counter.add(2);
                counter.increment();
            }
            return 0;
        };
        thrice(pool, adding);
        assertThat(counter.get()).isEqualTo(900);
        assertThat(pool.submit(() -> counter.compareAndSet(900, 5) && !counter.compareAndSet(900, 6))
                        .result())
                .isTrue();
        assertThat(counter.add(-5)).isZero();
    }

    /** Each sum is some caller's alone, also while a counter moves from messages to memory. */
    @Test
    default void noTwoCallersGetTheSameSum() {
        Pool pool = open(2);
        SharedCounter counter = shared(pool).counter();
        Task<long[]> drawing =
                () -> LongStream.generate(counter::increment).limit(DRAWS).toArray();
        TaskFuture<long[]> first = pool.submit(drawing);
        TaskFuture<long[]> second = pool.submit(drawing);
        long[] mine = LongStream.generate(counter::increment).limit(DRAWS).toArray();
        long[] all = Stream.of(first.result(), second.result(), mine)
                .flatMapToLong(LongStream::of)
                .sorted()
                .toArray();
        assertThat(all).isEqualTo(LongStream.rangeClosed(1, 3L * DRAWS).toArray());
        assertThat(counter.get()).isEqualTo(all.length);
    }

    @Test
    default void aValueIsUpdatedAtOnce() {
        Pool pool = open(3);
        SharedValue<List<Integer>> value = shared(pool).value(List.of());
        Task<Integer> growing = () -> {
            for (int i = 0; i < 20; i++) {
                value.update(before -> {
                    List<Integer> after = new ArrayList<>(before);
                    after.add(before.size());
                    return after;
                });
            }
            return 0;
        };
        thrice(pool, growing);
        assertThat(value.get()).hasSize(60).isSorted();
        value.set(List.of(7));
        assertThat(pool.submit(() -> value.get().getFirst()).result()).isEqualTo(7);
    }

    @Test
    default void aMapCountsTogether() {
        Pool pool = open(3);
        SharedMap<String, Integer> map = shared(pool).map();
        Task<Integer> counting = () -> {
            for (int i = 0; i < 40; i++) {
                map.merge("n" + i % 4, 1, Integer::sum);
            }
            return 0;
        };
        thrice(pool, counting);
        assertThat(map.snapshot()).isEqualTo(Map.of("n0", 30, "n1", 30, "n2", 30, "n3", 30));
        assertThat(pool.submit(() -> map.remove("n0")).result()).isEqualTo(30);
        assertThat(map.get("n0")).isNull();
        assertThat(map.put("n0", 1)).isNull();
        assertThat(pool.submit(() -> map.put("n0", 2)).result()).isEqualTo(1);
        assertThat(pool.submit(() -> map.computeIfAbsent("new", String::length)).result())
                .isEqualTo(3);
        assertThat(map.computeIfAbsent("new", key -> 99)).isEqualTo(3);
        assertThat(map.size()).isEqualTo(5);
    }

    @Test
    default void aPipeGoesBothWaysAndEndsAfterTheLastItem() throws Exception {
        Pool pool = open(1);
        SharedPipe<Integer, String> pipe = shared(pool).pipe();
        SharedPipe.PipeEnd<Integer, String> mine = pipe.left();
        SharedPipe.PipeEnd<String, Integer> theirs = pipe.right();
        for (int i = 0; i < 5; i++) {
            mine.send(i);
        }
        mine.close();
        assertThatThrownBy(() -> mine.send(5)).isInstanceOf(SharedClosedException.class);
        assertThat(mine.receive(SharedQueueContract.MOMENT)).isNull();
        TaskFuture<Integer> answering = pool.submit(() -> {
            int count = 0;
            while (true) {
                Integer received = theirs.receive(java.time.Duration.ofDays(1));
                if (received == null) {
                    theirs.close();
                    return count;
                }
                theirs.send("got " + received);
                count++;
            }
        });
        for (int i = 0; i < 5; i++) {
            assertThat(mine.receive()).isEqualTo("got " + i);
        }
        assertThatThrownBy(mine::receive).isInstanceOf(SharedClosedException.class);
        assertThat(answering.result()).isEqualTo(5);
    }

    @Test
    default void partiesMeetAtABarrierAgainAndAgain() throws Exception {
        Pool pool = open(1);
        SharedBarrier barrier = shared(pool).barrier(2);
        BackgroundCall<Integer> other = BackgroundCall.ask(() -> barrier.await() + barrier.await());
        int mine = pool.submit(() -> barrier.await() + barrier.await()).result();
        assertThat(mine + other.join()).isEqualTo(2);
        assertThat(barrier.isBroken()).isFalse();
    }

    @Test
    default void aPartyThatLeavesBreaksTheBarrierForTheOthers() throws Exception {
        Pool pool = open(1);
        SharedBarrier barrier = shared(pool).barrier(3);
        BackgroundCall<Integer> waiting =
                BackgroundCall.ask(() -> barrier.await()).awaitParked();
        TaskFuture<Integer> hasty = pool.submit(() -> barrier.await(SharedQueueContract.MOMENT));
        assertThat(hasty.exception()).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(waiting::join).isInstanceOf(BrokenBarrierException.class);
        assertThat(barrier.isBroken()).isTrue();
        assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
        assertThat(pool.submit(() -> barrier.await()).exception()).isInstanceOf(BrokenBarrierException.class);
        barrier.reset();
        BackgroundCall<Integer> again =
                BackgroundCall.ask(() -> barrier.await()).awaitParked();
        barrier.reset();
        assertThatThrownBy(again::join).isInstanceOf(BrokenBarrierException.class);
        assertThat(barrier.isBroken()).isFalse();
    }

    @Test
    default void anEventLetsAllGoOn() throws Exception {
        Pool pool = open(1);
        SharedEvent event = shared(pool).event();
        assertThat(event.await(SharedQueueContract.MOMENT)).isFalse();
        BackgroundCall<?> one = BackgroundCall.run(event::await).awaitParked();
        BackgroundCall<?> other = BackgroundCall.run(event::await).awaitParked();
        assertThat(pool.submit(() -> {
                            event.set();
                            event.await();
                            return event.isSet();
                        })
                        .result())
                .isTrue();
        one.join();
        other.join();
        event.clear();
        assertThat(pool.submit(() -> event.isSet() || event.await(SharedQueueContract.MOMENT))
                        .result())
                .isFalse();
    }
}
