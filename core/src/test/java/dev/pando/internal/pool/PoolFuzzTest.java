package dev.pando.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.DeadlineExceededException;
import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.PoolListener;
import dev.pando.PoolStats;
import dev.pando.Submitter;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.TaskInfo;
import dev.pando.When;
import dev.pando.WhenFull;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.spi.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future.State;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three threads do random things to one small pool: submit, cancel, wait, let tasks time out and be retried, and in the
 * end one thread closes it in some way. Whatever the order was: every accepted task ended once, the counts agree, and
 * no worker is left. To repeat a round, put its seed into {@link #rounds}.
 */
class PoolFuzzTest {
    private static final int ACTORS = 3;
    private static final int STEPS = 400;

    record Round(Backend backend, long seed) {}

    static List<Round> rounds() {
        List<Round> rounds = new ArrayList<>();
        SplittableRandom seeds = new SplittableRandom();
        for (int i = 0; i < 20; i++) {
            rounds.add(new Round(i % 4 == 3 ? Virtual.atMost(2) : Threads.of(2), seeds.nextLong()));
        }
        return rounds;
    }

    /** An accepted task, and how often its callback ran. */
    private record Known(TaskFuture<Integer> future, AtomicInteger calls) {}

    private final ConcurrentLinkedQueue<Known> known = new ConcurrentLinkedQueue<>();
    private final AtomicInteger rejected = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private final List<Throwable> surprises = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @MethodSource("rounds")
    void everythingEndsOnceWhateverTheOrder(Round round) throws Exception {
        SplittableRandom random = new SplittableRandom(round.seed);
        WhenFull whenFull = WhenFull.values()[random.nextInt(WhenFull.values().length)];
        PoolListener listener = new PoolListener() {
            @Override
            public void finished(TaskInfo task, TaskFuture<?> future) {
                finished.incrementAndGet();
            }
        };
        Pool pool = Pool.with(round.backend)
                .queue(1 + random.nextInt(20))
                .whenFull(whenFull)
                .listener(listener)
                .open();
        List<Thread> actors = new ArrayList<>();
        for (int i = 0; i < ACTORS; i++) {
            SplittableRandom own = random.split();
            boolean closes = i == 0;
            actors.add(Thread.ofPlatform().start(() -> act(pool, own, closes)));
        }
        for (Thread actor : actors) {
            actor.join();
        }
        pool.close();
        String story = round + ", " + whenFull + ", " + pool.stats();
        assertThat(surprises).as(story).isEmpty();
        for (Known one : known) {
            assertThat(one.future.isDone()).as(story + ": " + one.future).isTrue();
            assertThat(one.calls).as(story + ": " + one.future).hasValue(1);
        }
        agree(pool.stats(), story);
    }

    private void agree(PoolStats stats, String story) {
        assertThat(stats.submitted()).as(story).isEqualTo(known.size());
        assertThat(finished).as(story).hasValue(known.size());
        assertThat(stats.succeeded()).as(story).isEqualTo(count(State.SUCCESS));
        assertThat(stats.failed()).as(story).isEqualTo(count(State.FAILED));
        assertThat(stats.cancelled()).as(story).isEqualTo(count(State.CANCELLED));
        assertThat(stats.rejected()).as(story).isEqualTo(rejected.get());
        assertThat(stats.workers() + stats.running() + stats.queued()).as(story).isZero();
    }

    private long count(State state) {
        return known.stream().filter(one -> one.future.state() == state).count();
    }

    private void act(Pool pool, SplittableRandom random, boolean closes) {
        List<TaskFuture<Integer>> mine = new ArrayList<>();
        try {
            for (int i = 0; i < STEPS; i++) {
                step(pool, random, mine);
            }
            if (closes) {
                end(pool, random);
            }
            for (int i = 0; i < STEPS / 10; i++) {
                step(pool, random, mine);
            }
        } catch (Throwable t) {
            surprises.add(t);
        }
    }

    private void step(Pool pool, SplittableRandom random, List<TaskFuture<Integer>> mine) {
        TaskFuture<Integer> some = mine.isEmpty() ? null : mine.get(random.nextInt(mine.size()));
        int choice = random.nextInt(20);
        if (some == null || choice < 10) {
            submit(pool, random, mine);
        } else if (choice < 12) {
            some.cancel(false);
        } else if (choice < 14) {
            some.cancel(true);
        } else if (choice < 16) {
            Futures.wait(mine, When.values()[random.nextInt(3)], Duration.ofNanos(random.nextInt(200_000)));
        } else if (choice < 17) {
            some.onDone(done -> some.cancel(true));
        } else if (choice < 18) {
            pool.cancelQueued();
        } else if (choice < 19) {
            waitFor(some);
        } else {
            mine.subList(0, mine.size() / 2).clear();
        }
    }

    private static void waitFor(TaskFuture<Integer> future) {
        try {
            future.exception(Duration.ofMillis(2));
        } catch (java.util.concurrent.CancellationException | DeadlineExceededException either) {
            // both are valid answers
        }
    }

    private void submit(Pool pool, SplittableRandom random, List<TaskFuture<Integer>> mine) {
        Submitter how = pool;
        if (random.nextInt(4) == 0) {
            how = how.timeout(Duration.ofNanos(1 + random.nextInt(300_000)));
        }
        if (random.nextInt(3) == 0) {
            how = how.retries(random.nextInt(3));
        }
        if (random.nextInt(5) == 0) {
            how = how.priority(random.nextInt(-1, 2));
        }
        int kind = random.nextInt(10);
        long nanos = random.nextInt(100_000);
        try {
            TaskFuture<Integer> future = how.submit(() -> work(pool, kind, nanos));
            mine.add(remember(future));
        } catch (RejectedExecutionException refused) {
            rejected.incrementAndGet();
        }
    }

    private TaskFuture<Integer> remember(TaskFuture<Integer> future) {
        AtomicInteger calls = new AtomicInteger();
        future.onDone(done -> calls.incrementAndGet());
        known.add(new Known(future, calls));
        return future;
    }

    private int work(Pool pool, int kind, long nanos) throws Exception {
        switch (kind) {
            case 0 -> throw new Exception("a task that throws");
            case 1 -> {
                long end = System.nanoTime() + nanos; // ignores interrupts
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
            }
            case 2, 3 -> {
                long end = System.nanoTime() + nanos * 10;
                while (System.nanoTime() < end) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    LockSupport.parkNanos(nanos);
                }
            }
            case 4 -> {
                return child(pool);
            }
            default -> {}
        }
        return kind;
    }

    /** Waits for a task of the same pool, however full the pool is. */
    private int child(Pool pool) {
        try {
            return remember(pool.submit((Task<Integer>) () -> 7)).result();
        } catch (RejectedExecutionException refused) {
            rejected.incrementAndGet();
            return 0;
        }
    }

    private static void end(Pool pool, SplittableRandom random) {
        switch (random.nextInt(5)) {
            case 0 -> pool.shutdown();
            case 1 -> pool.shutdownNow();
            case 2 -> pool.kill();
            case 3 -> pool.close();
            default -> pool.close(Duration.ofNanos(random.nextInt(1_000_000)));
        }
    }
}
