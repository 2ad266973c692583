package dev.pando.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Action;
import dev.pando.Pool;
import dev.pando.PoolView;
import dev.pando.PoolWatcher;
import dev.pando.WorkerLoss;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real deaths, and the reason that each is counted under. */
@Tag("processes")
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class DeathReasonTest {
    record Death(DeathReason reason, Action task) {}

    static Stream<Death> deaths() {
        return Stream.of(
                new Death(DeathReason.EXIT, () -> System.exit(3)),
                new Death(DeathReason.EXIT, () -> Runtime.getRuntime().halt(0)),
                new Death(DeathReason.CRASH, () -> signal("ABRT")),
                new Death(DeathReason.KILLED, () -> signal("KILL")),
                new Death(DeathReason.UNRESPONSIVE, DeathReasonTest::spinForEver),
                new Death(DeathReason.MEMORY, DeathReasonTest::hoard));
    }

    private static void signal(String name) throws Exception {
        new ProcessBuilder(
                        "kill",
                        "-" + name,
                        Long.toString(ProcessHandle.current().pid()))
                .start();
        LockSupport.park();
    }

    private static void spinForEver() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    private static void hoard() {
        byte[][] all = new byte[200][];
        for (int i = 0; i < all.length; i++) {
            all[i] = new byte[1 << 20];
        }
        LockSupport.park(all);
        spinForEver();
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aDeathHasItsReason(Death death) throws Exception {
        CompletableFuture<DeathReason> counted = new CompletableFuture<>();
        try (Pool pool = Pool.open(Processes.of(1)
                        .heap("300m")
                        .memory("180m")
                        .grace(Duration.ofMillis(50))
                        .output(Output.discard()));
                PoolView.Watch _ = pool.view().watch(new PoolWatcher() {
                    @Override
                    public void workerLost(String worker, String reason, Optional<WorkerLoss> loss) {
                        counted.complete(DeathReason.of(reason, loss));
                    }
                })) {
            Duration limit = death.reason == DeathReason.UNRESPONSIVE ? Duration.ofMillis(200) : Duration.ofSeconds(60);
            assertThat(pool.timeout(limit).submit(death.task).exception()).isNotNull();
            assertThat(counted.get()).isEqualTo(death.reason);
        }
    }
}
