package dev.pando.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes are killed, frozen and started while ten thousand tasks run; each task is settled once. */
@Tag("full")
@Tag("processes")
@Timeout(300)
class ClusterSoakTest {
    private static final int TASKS = 10_000;
    private static final int STRIKES = 6;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyTaskIsSettledOnceWhateverBecomesOfTheNodes(long seed) {
        Random random = new Random(seed);
        int port = NodeProcess.freePort();
        List<NodeProcess> nodes = new ArrayList<>();
        try (NodeProcess first = NodeProcess.ready(port, "steady", "threads:2");
                Pool pool = Pool.with(Cluster.at("127.0.0.1:" + port).joinTimeout(Duration.ofSeconds(60)))
                        .queue(TASKS)
                        .open()) {
            nodes.add(NodeProcess.ready(port, "n0", "threads:2"));
            List<TaskFuture<Integer>> tasks = new ArrayList<>();
            for (int strike = 0; strike < STRIKES; strike++) {
                for (int i = 0; i < TASKS / STRIKES; i++) {
                    int number = tasks.size();
                    tasks.add(pool.retries(number % 2).submit(() -> work(number)));
                }
                NodeProcess struck = nodes.removeLast();
                boolean kills = random.nextBoolean();
                struck.signal(kills ? "KILL" : "STOP");
                nodes.add(NodeProcess.ready(port, "n" + (strike + 1), "threads:2"));
                if (!kills) {
                    struck.signal("CONT");
                }
                struck.close();
            }
            int lost = 0;
            for (int number = 0; number < tasks.size(); number++) {
                TaskFuture<Integer> task = tasks.get(number);
                Throwable thrown = task.exception(Duration.ofSeconds(120));
                if (thrown == null) {
                    assertThat(task.result()).isEqualTo(number);
                } else {
                    assertThat(thrown).isInstanceOf(WorkerLostException.class);
                    lost++;
                }
            }
            assertThat(pool.stats().succeeded()).isEqualTo(tasks.size() - lost);
            assertThat(pool.stats().failed()).isEqualTo(lost);
            assertThat(pool.stats().running()).isZero();
            assertThat(lost).as("no more than what the struck nodes had").isLessThanOrEqualTo(2 * STRIKES);
            assertThat(first.name).isEqualTo("steady");
        } finally {
            nodes.forEach(NodeProcess::close);
        }
    }

    private static int work(int number) {
        long until = System.nanoTime() + 1_000_000;
        while (System.nanoTime() - until < 0) {
            Thread.onSpinWait();
        }
        return number;
    }
}
