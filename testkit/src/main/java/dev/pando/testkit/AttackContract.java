package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Outcome;
import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import dev.pando.process.SharedArray;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * What every pool of worker processes stands, whatever its workers say: each message that a worker can send, in every
 * manner of {@link WorkerAttack.Manner}, and shared memory spoilt in each way. After each attack no wait hangs and the
 * tasks of another pool have their results; after all of a seed the program has as many threads, descriptors, processes
 * as before, and not much more heap. Extend it with your own settings. Linux.
 *
 * <p>The long form: {@code -Dpando.attack.minutes=60}, with the tests that are tagged {@code full}.
 */
@EnabledOnOs(OS.LINUX)
@Tag("processes")
public abstract class AttackContract {
    private static final Duration BOUND = Duration.ofSeconds(40);
    private static final Duration TASK_LIMIT = Duration.ofSeconds(2);
    private static final Duration START_LIMIT = Duration.ofSeconds(8);
    private static final int AT_ONCE = 4;
    private static final int ELEMENTS = 12;

    /** A prime, or else each seed would meet the same manners: a manner has as many attacks as there are messages. */
    private static final int FEW = 29;

    /** Returns so many workers, with the settings that are to be attacked. */
    protected abstract Processes workers(int count);

    @Test
    void everyMessageIsAttackedInEveryManner() {
        List<WorkerAttack> attacks = WorkerAttack.all(1);
        assertThat(attacks).extracting(WorkerAttack::target).containsAll(HostileFields.kinds());
        for (String kind : HostileFields.kinds()) {
            assertThat(attacks.stream().filter(attack -> attack.target().equals(kind)))
                    .as(kind)
                    .hasSize(7);
        }
    }

    @Test
    void aWorkerFindsTheMemoryThatItAttacks() {
        try (Pool pool = Pool.open(workers(1));
                SharedArray.OfByte array = SharedArray.copyOf(new byte[] {1, 2, 3})) {
            Set<String> found = pool.submit(
                            there -> {
                                there.get(0);
                                return WorkerAttack.lentMemory();
                            },
                            array)
                    .result(BOUND);
            assertThat(found).isNotEmpty();
        }
    }

    /** Ten seeds, of each a few: other messages in other manners, and one attack on memory. */
    @Test
    @Timeout(240)
    void aFewAttacksOfTenSeeds() throws Exception {
        for (long seed = 1; seed <= 10; seed++) {
            List<WorkerAttack> all = WorkerAttack.all(seed);
            List<WorkerAttack> some = share(all, seed, FEW);
            some.add(all.reversed().get((int) (seed % 3)));
            endure(some);
        }
    }

    /** Of each a sixth, another one each time; all of them are for {@link #asLongAsIsAsked}. */
    @Test
    @Tag("full")
    @Timeout(3_600)
    void tenSeeds() throws Exception {
        for (long seed = 1; seed <= 10; seed++) {
            List<WorkerAttack> all = WorkerAttack.all(seed);
            List<WorkerAttack> some = share(all, seed, 6);
            some.addAll(all.reversed().subList(0, 3));
            endure(some);
        }
    }

    /** Returns one of so many attacks of a seed, beginning at another for each seed. */
    private static List<WorkerAttack> share(List<WorkerAttack> all, long seed, int oneOf) {
        List<WorkerAttack> some = new ArrayList<>();
        for (int i = (int) (seed % oneOf); i < all.size(); i += oneOf) {
            some.add(all.get(i));
        }
        return some;
    }

    /** Runs for so many minutes as the property {@code pando.attack.minutes} says; none if it is not set. */
    @Test
    @Tag("full")
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void asLongAsIsAsked() throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Integer.getInteger("pando.attack.minutes", 0));
        int attacks = 0;
        for (long seed = 1_000; System.nanoTime() - end < 0; seed++) {
            List<WorkerAttack> all = WorkerAttack.all(seed);
            endure(all);
            attacks += all.size();
            System.out.println(attacks + " attacks endured, the last of seed " + seed);
        }
    }

    /** Endures these attacks, some at a time. */
    private void endure(List<WorkerAttack> attacks) throws Exception {
        try (Pool warm = Pool.open(workers(1))) {
            assertThat(warm.submit(() -> 1).result(BOUND)).isEqualTo(1);
        }
        ParentVitals before = ParentVitals.now();
        try (Pool innocent = Pool.open(workers(1).output(Output.discard()));
                ExecutorService attackers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> all = new ArrayList<>();
            for (WorkerAttack attack : attacks) {
                all.add(attackers.submit(() -> endure(attack, innocent)));
            }
            for (int i = 0; i < attacks.size(); i++) {
                try {
                    all.get(i).get(5, TimeUnit.MINUTES);
                } catch (TimeoutException e) {
                    attackers.shutdownNow();
                    throw new AssertionError("hangs: " + attacks.get(i) + "; " + ParentVitals.threadDump());
                }
            }
        }
        before.assertRestored();
    }

    private void endure(WorkerAttack attack, Pool innocent) {
        Processes furnished = workers(1).output(Output.discard()).grace(Duration.ofMillis(200));
        if (attack.isEarly()) {
            furnished = furnished.startTimeout(START_LIMIT).initializer(() -> attack.strike());
        }
        long begin = System.nanoTime();
        Pool hostile = Pool.with(furnished).open();
        var _ = hostile.shared().queue(1); // so that calls of it are attacks, and not only at the wrong time
        SharedArray.OfByte array = SharedArray.copyOf(new byte[] {1, 2, 3});
        try (array) {
            attackFrom(hostile, attack, array);
            int n = (int) (attack.seed() % 1_000);
            assertThat(innocent.submit(() -> n * n).result(BOUND))
                    .as("beside %s", attack)
                    .isEqualTo(n * n);
        } catch (Throwable t) {
            throw new AssertionError(attack + " did harm; " + ParentVitals.threadDump(), t);
        } finally {
            hostile.kill();
        }
        try {
            assertThat(hostile.awaitTermination(BOUND.toSeconds(), TimeUnit.SECONDS))
                    .as(() -> "the pool ends after " + attack + "; " + ParentVitals.threadDump())
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(attack + " took " + (System.nanoTime() - begin) / 1_000_000 + " ms", e);
        }
    }

    /** Lets a task or an element of a map attack, and asserts that it is told, and that the pool works on. */
    private static void attackFrom(Pool hostile, WorkerAttack attack, SharedArray.OfByte array) {
        if (attack.isEarly()) {
            // with a timeout: a worker that only says it is ready seems to be at its task for ever
            hostile.timeout(TASK_LIMIT).submit(() -> 1).exception(BOUND);
            return;
        }
        if (attack.seed() % 3 == 0) {
            List<Outcome<Object>> outcomes = IntStream.range(0, ELEMENTS)
                    .boxed()
                    .gather(hostile.timeout(TASK_LIMIT)
                            .<Integer, Object>mapping(element -> element == 5 ? attack.strike() : element)
                            .chunk(4)
                            .outcomes())
                    .toList();
            assertThat(outcomes).hasSize(ELEMENTS);
            return;
        }
        Task<Object> task = () -> {
            array.get(0);
            return attack.strike();
        };
        TaskFuture<Object> future = hostile.timeout(TASK_LIMIT).submit(task);
        future.exception(BOUND);
        hostile.retries(2).timeout(BOUND).submit(() -> 1).exception(BOUND);
    }
}
