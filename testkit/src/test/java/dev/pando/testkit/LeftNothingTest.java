package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.loop.Loop;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import dev.pando.spi.Backend;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When {@code close} has returned, no thread of the pool is alive, however the pool was used and closed. */
@Timeout(180)
class LeftNothingTest {
    private static final String POOL = "left-nothing";

    /** Names a backend, and how many of its pools are closed. */
    record Closing(Backend backend, int rounds) {}

    static Stream<Closing> closings() {
        return Stream.of(
                new Closing(Threads.of(4), 400),
                new Closing(Virtual.atMost(4), 200),
                new Closing(Loop.create(), 200),
                new Closing(Processes.of(2).heap("32m").output(Output.discard()), 16));
    }

    @ParameterizedTest
    @MethodSource("closings")
    void noThreadOutlivesTheCloseOfItsPool(Closing closing) throws Exception {
        for (int round = 0; round < closing.rounds; round++) {
            Pool pool = Pool.with(closing.backend).named(POOL).open();
            pool.submit(() -> 1).result();
            pool.timeout(Duration.ofMinutes(1)).submit(() -> 2).onDone(_ -> {}).result();
            var _ = pool.submit(() -> new byte[100_000].length);
            switch (round % 4) {
                case 0 -> pool.close();
                case 1 -> assertThat(pool.close(Duration.ofSeconds(30))).isTrue();
                case 2 -> {
                    pool.kill();
                    pool.close();
                }
                default -> {
                    var _ = pool.submit(() -> {
                        Thread.sleep(60_000);
                        return 3;
                    });
                    assertThat(pool.close(Duration.ofMillis(20))).isTrue();
                }
            }
            assertThat(left()).as("threads after close %s", round).isEmpty();
        }
    }

    /** Returns the threads that pools have, by name. */
    private static List<Thread> left() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(one -> one.getName().startsWith(POOL)
                        || one.getName().equals("pando-reaper")
                        || one.getName().equals("pando-archive"))
                .toList();
    }
}
