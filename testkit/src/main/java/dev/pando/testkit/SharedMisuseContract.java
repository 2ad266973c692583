package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.shared.SharedClosedException;
import dev.pando.shared.SharedConstruct;
import dev.pando.shared.SharedCounter;
import dev.pando.shared.SharedEvent;
import dev.pando.shared.SharedLock;
import dev.pando.shared.SharedMap;
import dev.pando.shared.SharedQueue;
import dev.pando.shared.SharedSemaphore;
import dev.pando.shared.SharedSpace;
import dev.pando.shared.SharedValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What cannot be is refused, by name and at once, and has a bound. */
interface SharedMisuseContract extends Subject {

    @Test
    @SuppressWarnings("NullAway") // that is what is tested
    default void nullAndImpossibleNumbersAreRefused() {
        SharedSpace space = shared(open(1));
        SharedQueue<String> queue = space.queue(1);
        SharedMap<String, String> map = space.map();
        SharedValue<String> value = space.value("a");
        assertThatThrownBy(() -> queue.put(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("item");
        assertThatThrownBy(() -> queue.offer(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.poll(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> map.put("a", null)).hasMessageContaining("value");
        assertThatThrownBy(() -> map.get(null)).hasMessageContaining("key");
        assertThatThrownBy(() -> map.merge("a", "b", null)).hasMessageContaining("function");
        assertThatThrownBy(() -> value.set(null)).hasMessageContaining("value");
        assertThatThrownBy(() -> value.update(before -> null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> space.value(null)).hasMessageContaining("initial");
        assertThatThrownBy(() -> space.queue(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> space.semaphore(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> space.barrier(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(value.get()).isEqualTo("a");
    }

    @Test
    default void aFunctionThatThrowsChangesNothing() {
        SharedSpace space = shared(open(1));
        SharedMap<String, Integer> map = space.map();
        SharedValue<Integer> value = space.value(1);
        map.put("a", 1);
        assertThatThrownBy(() -> value.update(before -> Math.divideExact(before, 0)))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> map.merge("a", 1, (before, one) -> Math.divideExact(before, 0)))
                .isInstanceOf(ArithmeticException.class);
        assertThat(value.get()).isEqualTo(1);
        assertThat(map.snapshot()).hasSize(1).containsEntry("a", 1);
    }

    /** A thread that is left holding a lock would be told of by none, as long as its task runs on. */
    @Test
    default void aCallbackThatThrowsInATaskLeavesNothingHeld() {
        Pool pool = open(1);
        SharedSpace space = shared(pool);
        SharedMap<String, Integer> map = space.map();
        SharedValue<Integer> value = space.value(1);
        SharedLock lock = space.lock();
        SharedSemaphore permit = space.semaphore(1);
        map.put("b", 1);
        Task<Integer> throwing = () -> {
            List<Callable<?>> calls = List.of(
                    () -> value.update(before -> Math.divideExact(before, 0)),
                    () -> map.computeIfAbsent("a", key -> Math.divideExact(1, 0)),
                    () -> map.merge("b", 1, (before, one) -> Math.divideExact(before, 0)),
                    () -> lock.withLock(() -> Math.divideExact(1, 0)),
                    () -> permit.with(() -> Math.divideExact(1, 0)));
            int thrown = 0;
            for (Callable<?> call : calls) {
                try {
                    call.call();
                } catch (ArithmeticException e) {
                    thrown++;
                }
            }
            try {
                lock.unlock();
            } catch (IllegalMonitorStateException notHeld) {
                thrown++;
            }
            return thrown * 10 + permit.available();
        };
        assertThat(pool.submit(throwing).result()).isEqualTo(61);
        assertThat(value.get()).isEqualTo(1);
        assertThat(map.snapshot()).hasSize(1).containsEntry("b", 1);
        assertThat(lock.tryLock()).isTrue();
    }

    @Test
    default void aHandleOfAClosedPoolSaysSoInATaskOfAnother() {
        Pool closed = open(1);
        SharedSpace space = shared(closed);
        SharedCounter counter = space.counter();
        SharedLock lock = space.lock();
        SharedQueue<String> queue = space.queue(1);
        assertThat(queue.offer("a")).isTrue();
        closed.close();
        Pool other = open(1);
        assertThat(other.submit(() -> counter.increment()).exception()).isInstanceOf(SharedClosedException.class);
        assertThat(other.submit(() -> lock.tryLock()).exception()).isInstanceOf(SharedClosedException.class);
        assertThat(other.submit(() -> queue.take()).exception()).isInstanceOf(SharedClosedException.class);
        assertThat(other.submit(() -> queue.poll() == null).result()).isTrue();
        assertThatThrownBy(counter::get).isInstanceOf(SharedClosedException.class);
    }

    @Test
    default void aPoolWhoseWorkersCannotAskSaysSo() {
        assumeFalse(canShare(), "these workers can");
        Pool pool = open(1);
        assertThatThrownBy(pool::shared)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("share nothing");
        assertThat(pool.submit(() -> 1).result()).isOne();
    }

    @Test
    default void whatIsClosedSaysSo() throws Exception {
        Pool pool = open(1);
        SharedEvent event = shared(pool).event();
        BackgroundCall<?> waiting = BackgroundCall.run(event::await).awaitParked();
        event.close();
        event.close();
        assertThatThrownBy(waiting::join).isInstanceOf(SharedClosedException.class);
        assertThatThrownBy(event::set).isInstanceOf(SharedClosedException.class).hasMessageContaining("closed");
        assertThat(pool.submit(() -> event.isSet()).exception()).isInstanceOf(SharedClosedException.class);
    }

    @Test
    default void aPoolThatIsClosedEndsEachWait() throws Exception {
        Pool pool = open(1);
        SharedSpace space = shared(pool);
        SharedQueue<String> queue = space.queue(1);
        BackgroundCall<String> waiting = BackgroundCall.ask(queue::take).awaitParked();
        pool.close();
        assertThatThrownBy(waiting::join).isInstanceOf(SharedClosedException.class);
        assertThatThrownBy(queue::size).isInstanceOf(SharedClosedException.class);
        assertThatThrownBy(() -> space.queue(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(pool::shared).isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void aPoolHasSoManyConstructsAndNoMore() {
        SharedSpace space = shared(open(1));
        List<SharedConstruct> all = new ArrayList<>();
        for (int i = 0; i < 1 << 16; i++) {
            all.add(space.counter());
        }
        assertThatThrownBy(space::counter)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("65536");
        all.getFirst().close();
        assertThat(space.counter().get()).isZero();
    }

    @Test
    default void anItemThatCannotTravelIsRefusedWhereItIsPutIn() throws Exception {
        assumeFalse(sharesMemory(), "on workers that share memory items need not travel");
        Pool pool = open(1);
        SharedQueue<Object> queue = shared(pool).queue(1);
        assertThatThrownBy(() -> queue.put(new Object())).isInstanceOf(NotSendableException.class);
        assertThat(pool.submit(() -> {
                            queue.put(new Object());
                            return 0;
                        })
                        .exception())
                .isInstanceOf(NotSendableException.class)
                .hasMessageContaining("java.lang.Object");
        assertThat(queue.size()).isZero();
        queue.put("a");
        assertThat(pool.submit(() -> queue.take()).result()).isEqualTo("a");
    }
}
