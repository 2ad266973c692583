package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.local.Threads;
import dev.pando.shared.SharedEvent;
import dev.pando.shared.SharedQueue;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Coroutines that wait for what tasks share, and end in the middle of that. */
@Timeout(60)
class SharedWaitTest {
    private static final int ROUNDS = 3000;

    /** The interrupt may come at any instruction of the wait. */
    @Test
    void anInterruptedTaskHearsAnInterruptAndNoCancellation() throws Exception {
        try (Pool pool = Pool.open(Loop.create())) {
            for (int round = 0; round < ROUNDS; round++) {
                SharedQueue<String> queue = pool.shared().queue(1);
                SharedEvent begun = pool.shared().event();
                SharedEvent heard = pool.shared().event();
                TaskFuture<String> taking = pool.submit(() -> {
                    begun.set();
                    try {
                        return queue.take();
                    } catch (InterruptedException e) {
                        heard.set();
                        throw e;
                    }
                });
                begun.await();
                assertThat(taking.cancel(true)).isTrue();
                assertThat(heard.await(Duration.ofSeconds(30)))
                        .as("an interrupt was heard in round %s", round)
                        .isTrue();
                queue.put("a");
                assertThat(queue.poll()).isEqualTo("a");
                queue.close();
                begun.close();
                heard.close();
            }
        }
    }

    @Test
    void aCancelledCoroutineTakesNothingAnyMore() {
        try (Pool pool = Pool.open(Threads.of(1))) {
            SharedQueue<String> queue = pool.shared().queue(1);
            Loop.run(() -> {
                TaskFuture<String> taking = Loop.spawn(queue::take);
                Loop.sleep(Duration.ofMillis(1)); // it waits now: it has the turn before this comes back
                assertThat(taking.cancel(true)).isTrue();
                Loop.sleep(Duration.ofMillis(1));
                queue.put("a");
                assertThat(queue.poll()).isEqualTo("a");
            });
        }
    }

    @Test
    void aCoroutineWhoseTimeIsOverTakesNothingAnyMore() {
        try (Pool pool = Pool.open(Threads.of(1))) {
            SharedQueue<String> queue = pool.shared().queue(1);
            Loop.run(() -> {
                TaskFuture<String> taking = Loop.spawn(() -> Loop.timeout(Duration.ofMillis(1), queue::take));
                assertThat(taking.exception()).isNotNull();
                queue.put("a");
                assertThat(queue.poll()).isEqualTo("a");
            });
        }
    }
}
