package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Pool;
import dev.pando.PoolBrokenException;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A program that the system gives a few threads only, so that some thread of the pool cannot be started, here or in a
 * worker. Whichever it is, everything settles, and the pool closes. Only root can set such a limit, for a user that has
 * no other process.
 */
@Timeout(120)
class ThreadLimitTest {
    private static final String SETPRIV = "/usr/bin/setpriv";
    private static final String PRLIMIT = "/usr/bin/prlimit";

    static final class Program {
        private Program() {}

        public static void main(String[] args) {
            System.out.println("begun");
            Pool pool = Pool.open(Processes.of(2)
                    .heap("32m")
                    .startTimeout(Duration.ofSeconds(10))
                    .output(Output.discard()));
            List<TaskFuture<Integer>> futures = new ArrayList<>();
            int settled = 0;
            for (int i = 0; i < 10; i++) {
                try {
                    futures.add(pool.submit(n -> n, i));
                } catch (PoolBrokenException told) {
                    settled++;
                }
            }
            for (TaskFuture<Integer> each : futures) {
                Throwable thrown = each.exception(Duration.ofSeconds(30));
                if (thrown == null || thrown instanceof PoolBrokenException || thrown instanceof WorkerLostException) {
                    settled++;
                } else {
                    thrown.printStackTrace(System.out);
                }
            }
            System.out.println("settled " + settled + ", closed " + pool.close(Duration.ofSeconds(20)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18, 22, 26, 30, 36})
    @Scenario(166)
    void whicheverThreadCannotBeStartedEverythingSettlesAndThePoolCloses(int threads) throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of(SETPRIV)) && Files.isExecutable(Path.of(PRLIMIT)),
                "this system has the tools");
        Process process = new ProcessBuilder(
                        SETPRIV,
                        "--reuid=61834",
                        "--regid=61834",
                        "--clear-groups",
                        PRLIMIT,
                        "--nproc=" + threads,
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = WorkerFixture.output(process);
        assumeTrue(output.contains("begun"), "we may set such a limit, and that user may read the classes: " + output);
        assertThat(output).contains("settled 10, closed true");
    }
}
