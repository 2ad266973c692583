package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Fn;
import dev.pando.Outcome;
import dev.pando.Pool;
import dev.pando.PoolListener;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.spi.Failure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers that die with their task, and what the pool does then, for any kind of worker. */
@Timeout(60)
class LossTest {
    @RegisterExtension
    final Pools pools = new Pools();

    private Pool open(PoolListener listener) {
        return pools.open(Pool.with(new MortalBackend()).named(pools.name()).listener(listener));
    }

    private Pool open() {
        return open(new PoolListener() {});
    }

    /** Kills its worker {@code deaths} times, then returns. */
    private static int dying(AtomicInteger calls, int deaths) {
        if (calls.incrementAndGet() <= deaths) {
            throw new MortalBackend.Death();
        }
        return calls.get();
    }

    @Test
    @Scenario({147, 148, 149, 154})
    void aLostWorkerCostsTheOneTaskItRan() {
        Pool pool = open();
        AtomicInteger calls = new AtomicInteger();
        TaskFuture<Integer> before = pool.submit(() -> 1);
        TaskFuture<Integer> lost = pool.named("doomed").submit(() -> dying(calls, 1));
        TaskFuture<Integer> after = pool.submit(() -> 2);
        assertThat(before.result() + after.result()).isEqualTo(3);
        assertThatThrownBy(lost::result).isInstanceOfSatisfying(WorkerLostException.class, thrown -> {
            assertThat(thrown.loss().task()).isEqualTo(lost.info().name()).startsWith("doomed");
            assertThat(thrown.loss().worker()).isEqualTo(lost.info().worker().orElseThrow());
            assertThat(thrown.loss().progress()).isEqualTo(Failure.Progress.MAY_HAVE_RUN);
            assertThat(thrown.loss().reason()).isEqualTo("it was shot");
            assertThat(thrown.loss().exitCode()).hasValue(137);
            assertThat(thrown.loss().signal()).contains("KILL");
            assertThat(thrown.loss().lastOutput()).containsExactly("last words");
            assertThat(thrown.loss().crashLog()).isEmpty();
            assertThat(thrown.loss().workerAge()).isEqualTo(Duration.ofSeconds(5));
            assertThat(thrown).hasMessageContaining("137").hasMessageContaining("last words");
        });
        assertThat(lost.exception()).isInstanceOf(WorkerLostException.class);
    }

    @Test
    void aLostTaskIsTriedAgainAsOftenAsItMay() {
        Pool pool = open();
        AtomicInteger calls = new AtomicInteger();
        TaskFuture<Integer> future = pool.retries(2).submit(() -> dying(calls, 2));
        assertThat(future.result()).isEqualTo(3);
        assertThat(future.info().attempts()).isEqualTo(3);
        assertThat(pool.stats().retried()).isEqualTo(2);
    }

    @Test
    void aTaskThatKeepsLosingItsWorkerIsGivenUp() {
        Pool pool = open();
        AtomicInteger calls = new AtomicInteger();
        TaskFuture<Integer> future = pool.retries(2).submit(() -> dying(calls, 100));
        assertThatThrownBy(future::result)
                .isInstanceOf(WorkerLostException.class)
                .hasMessageContaining("3 attempts");
        assertThat(calls).hasValue(3);
        assertThat(pool.submit(() -> 7).result()).isEqualTo(7);
    }

    @Test
    void anAttemptThatNoWorkerHeardOfIsNotCountedAgainstTheRetries() {
        Pool pool = open();
        AtomicInteger calls = new AtomicInteger();
        TaskFuture<Integer> future = pool.retries(1).submit(() -> {
            int call = calls.incrementAndGet();
            if (call <= 2) {
                throw new MortalBackend.Deaf();
            }
            if (call == 3) {
                throw new MortalBackend.Death();
            }
            return call;
        });
        assertThat(future.result()).isEqualTo(4);
        assertThat(future.info().attempts()).isEqualTo(4);
    }

    @Test
    void anAttemptThatNoWorkerHeardOfBuysNoRetry() {
        Pool pool = open();
        AtomicInteger calls = new AtomicInteger();
        TaskFuture<Integer> future = pool.submit(() -> {
            if (calls.incrementAndGet() == 1) {
                throw new MortalBackend.Deaf();
            }
            throw new MortalBackend.Death();
        });
        assertThatThrownBy(future::result).isInstanceOf(WorkerLostException.class);
        assertThat(calls).hasValue(2);
    }

    @Test
    void theLossIsToldToListenersAndCounted() {
        List<String> heard = new CopyOnWriteArrayList<>();
        Pool pool = open(new PoolListener() {
            @Override
            public void workerLost(String worker, String reason) {
                heard.add(reason);
            }

            @Override
            public void workerStarted(String worker) {
                heard.add("started");
            }
        });
        AtomicInteger calls = new AtomicInteger();
        assertThat(pool.submit(() -> dying(calls, 1)).exception()).isInstanceOf(WorkerLostException.class);
        pool.close();
        assertThat(heard).containsExactly("started", "it was shot");
        assertThat(pool.stats().workersLost()).isEqualTo(1);
    }

    @Test
    void anElementThatTakesItsWorkerAlongFailsAtItsPosition() {
        Pool pool = open();
        Fn<Integer, Integer> secondDies = n -> {
            if (n == 2) {
                throw new MortalBackend.Death();
            }
            return n;
        };
        List<Outcome<Integer>> outcomes = pool.mapping(secondDies)
                .chunk(1)
                .outcomes()
                .over(List.of(1, 2, 3))
                .toList();
        assertThat(outcomes).extracting(Outcome::isSuccess).containsExactly(true, false, true);
    }
}
