package dev.pando.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Actor;
import dev.pando.Pool;
import dev.pando.PoolView;
import dev.pando.SharedInfo;
import dev.pando.TaskFuture;
import dev.pando.local.Threads;
import dev.pando.shared.SharedLock;
import dev.pando.shared.SharedMap;
import dev.pando.shared.SharedQueue;
import dev.pando.shared.SharedSemaphore;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a tool sees of what tasks share, and of actors. */
class SharedViewTest {
    private static List<String> seen(PoolView view) {
        return view.shared(100).stream().map(SharedViewTest::text).toList();
    }

    private static String text(SharedInfo one) {
        assertThat(one.name()).matches(one.kind().equals("actor") ? ".+" : one.kind() + "-\\d+");
        return one.kind() + " " + (one.size().isPresent() ? one.size().getAsLong() : "-") + " of "
                + (one.bound().isPresent() ? one.bound().getAsLong() : "-") + ", " + one.waiting() + " wait";
    }

    private static void awaitSeen(PoolView view, String text) {
        while (!seen(view).contains(text)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatTasksShareIsSeenWithHowFullItIsAndHowManyWait() throws Exception {
        try (Pool pool = Pool.open(Threads.of(4))) {
            PoolView view = pool.view();
            assertThat(view.shared(100)).as("of a pool that shares nothing").isEmpty();
            SharedQueue<String> queue = pool.shared().queue(2);
            SharedLock lock = pool.shared().lock();
            SharedSemaphore permits = pool.shared().semaphore(3);
            SharedMap<String, Long> map = pool.shared().map();
            assertThat(seen(view))
                    .containsExactly(
                            "queue 0 of 2, 0 wait",
                            "lock - of -, 0 wait",
                            "semaphore 3 of -, 0 wait",
                            "map 0 of -, 0 wait");
            map.put("a", 1L);
            permits.acquire();
            queue.put("one");
            queue.put("two");
            lock.lock();
            TaskFuture<?> locks = pool.submit(() -> lock.withLock(() -> {}));
            TaskFuture<?> puts = pool.submit(() -> queue.put("three"));
            awaitSeen(view, "queue 2 of 2, 1 wait");
            awaitSeen(view, "lock - of -, 1 wait");
            assertThat(seen(view)).contains("semaphore 2 of -, 0 wait", "map 1 of -, 0 wait");
            assertThat(view.shared(1)).hasSize(1);
            assertThatThrownBy(() -> view.shared(-1)).isInstanceOf(IllegalArgumentException.class);
            assertThat(queue.take()).isEqualTo("one");
            lock.unlock();
            locks.result();
            puts.result();
            map.close();
            assertThat(seen(view))
                    .containsExactly("queue 2 of 2, 0 wait", "lock - of -, 0 wait", "semaphore 2 of -, 0 wait");
        }
    }

    @Test
    void anActorIsSeenWithTheCallsThatWaitForIt() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (Pool pool = Pool.open(Threads.of(2))) {
            PoolView view = pool.view();
            Actor<StringBuilder> actor = pool.actor(StringBuilder::new);
            TaskFuture<?> first = actor.call(object -> {
                gate.await();
                return null;
            });
            TaskFuture<?> second = actor.call(object -> 1);
            TaskFuture<?> third = actor.call(object -> 2);
            awaitSeen(view, "actor 2 of -, 0 wait");
            assertThat(view.shared(100).getLast().kind()).as("actors come last").isEqualTo("actor");
            gate.countDown();
            first.result();
            second.result();
            third.result();
            awaitSeen(view, "actor 0 of -, 0 wait");
            actor.close();
            assertThat(seen(view)).noneMatch(one -> one.startsWith("actor"));
        }
    }
}
