package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.PoolStats;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pool that is closed while its workers start, die, freeze and are killed ends, and so do all its tasks. */
@Timeout(120)
@ExtendWith(WithoutArchive.class)
class ClosingUnderFireTest {
    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    private static Task<Integer> task(int kind) {
        return switch (kind) {
            case 0 -> TestTasks::halt;
            case 1 -> TestTasks::endlessLoop;
            case 2 -> TestTasks::freeze;
            case 3 -> () -> (int) TestTasks.Helper.IN_A_SESSION_OF_ITS_OWN.start();
            case 4 -> TestTasks::outOfMemory;
            default -> TestTasks::pid;
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everythingEndsWhateverGoesOn(long seed) throws Exception {
        closeUnderFire(seed, 5);
    }

    @Tag("full")
    @Timeout(600)
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everythingEndsHoweverOften(long seed) throws Exception {
        closeUnderFire(seed, 25);
    }

    private void closeUnderFire(long seed, int rounds) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < rounds; round++) {
            EventStory eventStory = new EventStory();
            Processes three = Processes.of(3)
                    .heap("32m")
                    .spares(random.nextInt(2))
                    .grace(Duration.ofMillis(50))
                    .output(Output.discard());
            Pool pool = workerFixture.open(workerFixture
                    .with(random.nextBoolean() ? three : three.eager())
                    .listener(eventStory));
            List<TaskFuture<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                tasks.add(pool.timeout(Duration.ofMillis(100))
                        .retries(random.nextInt(2))
                        .submit(task(random.nextInt(25))));
            }
            LockSupport.parkNanos(random.nextInt(400) * 1_000_000L); // so that the pool closes in any state
            if (random.nextBoolean()) {
                for (long pid : WorkerFixture.pids(workerFixture.mark)) {
                    if (random.nextBoolean()) {
                        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                    }
                }
            }
            switch (random.nextInt(4)) {
                case 0 -> pool.kill();
                case 1 -> pool.close(Duration.ofMillis(random.nextInt(1, 100)));
                case 2 -> pool.shutdownNow();
                default -> pool.shutdown();
            }
            String when = "seed " + seed + ", round " + round + ", " + pool + "\n" + eventStory;
            assertThat(pool.awaitTermination(40, TimeUnit.SECONDS)).as(when).isTrue();
            assertThat(tasks.stream().filter(task -> !task.isDone()))
                    .as("%s%n%s", pool, when)
                    .isEmpty();
            PoolStats stats = pool.stats();
            assertThat(stats.succeeded() + stats.failed() + stats.cancelled())
                    .as(when)
                    .isEqualTo(20);
            assertThat(WorkerFixture.left(workerFixture.mark)).as(when).isEmpty();
        }
    }
}
