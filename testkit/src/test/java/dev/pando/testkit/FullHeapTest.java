package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.PoolStats;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.spi.Backend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A program whose heap is full again and again while four threads submit, cancel and ask for callbacks. When there is
 * memory again its pool has nothing in line, runs nothing, does a new task, and closes. Of the places at which memory
 * may be short this meets some; {@code ScarceMemoryTest} of the core meets each.
 */
@Tag("full")
@Tag("processes")
@Timeout(180)
class FullHeapTest {
    static final class Program {
        private static final int WARM_TASKS = 5_000;
        private static final long NANOS = 8_000_000_000L;
        private static final byte[][] HOG = new byte[40_000][];

        private static volatile boolean over;

        private Program() {}

        public static void main(String[] args) throws Exception {
            Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {});
            live(args[0]); // a class of the JDK that fails to initialise in a full heap would stay so
            Pool pool = open(args[0]);
            List<Thread> submitters = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                submitters.add(Thread.ofPlatform().daemon().start(() -> submit(pool)));
            }
            while (pool.stats().submitted() < WARM_TASKS) {
                Thread.yield();
            }
            long end = System.nanoTime() + NANOS;
            while (System.nanoTime() - end < 0) {
                fill();
                long submitted = pool.stats().submitted();
                while (pool.stats().submitted() == submitted && System.nanoTime() - end < 0) {
                    Thread.yield(); // until there is something to disturb again
                }
            }
            over = true;
            for (Thread submitter : submitters) {
                submitter.join(30_000);
                System.out.println("submitter ended " + !submitter.isAlive());
            }
            System.out.println(
                    "new task " + pool.submit((Task<Integer>) () -> 5).result(Duration.ofSeconds(30)));
            boolean closed = pool.close(Duration.ofSeconds(30));
            PoolStats stats = pool.stats();
            System.out.println("closed " + closed + ", queued " + stats.queued() + ", running " + stats.running());
            System.exit(0);
        }

        private static Pool open(String kind) {
            Backend backend = kind.equals("threads") ? Threads.of(64) : Virtual.atMost(64);
            return Pool.with(backend).queue(1000).open();
        }

        private static void live(String kind) throws Exception {
            Pool pool = open(kind);
            pool.submit((Task<Integer>) () -> 5).result(Duration.ofSeconds(30));
            System.out.println("closed before " + pool.close(Duration.ofSeconds(30)) + pool.stats());
        }

        private static void submit(Pool pool) {
            for (int n = 0; !over; n++) {
                try {
                    TaskFuture<Integer> future =
                            pool.timeout(Duration.ofSeconds(5)).submit((Task<Integer>) () -> 3);
                    if (n % 5 == 0) {
                        future.cancel(true);
                    }
                    if (n % 7 == 0) {
                        future.onDone(done -> {});
                    }
                    if (n % 11 == 0) {
                        var _ = future.exception();
                    }
                } catch (Throwable refused) {
                    // as may happen in a full heap
                }
            }
        }

        /** Takes all the memory there is, and lets go of it. */
        private static void fill() {
            int count = 0;
            for (int size = 1 << 16; size > 32 && count < HOG.length; ) {
                try {
                    HOG[count] = new byte[size];
                    count++;
                } catch (OutOfMemoryError full) {
                    size /= 4;
                }
            }
            for (int i = 0; i < count; i++) {
                HOG[i] = null;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads", "virtual"})
    void thePoolIsRightWhenThereIsMemoryAgain(String kind) throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx16m",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        kind)
                .redirectErrorStream(true)
                .start();
        assertThat(output(process).lines())
                .containsSubsequence(
                        "submitter ended true",
                        "submitter ended true",
                        "submitter ended true",
                        "submitter ended true",
                        "new task 5",
                        "closed true, queued 0, running 0");
    }

    private static String output(Process process) throws IOException {
        try (var in = process.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }
}
