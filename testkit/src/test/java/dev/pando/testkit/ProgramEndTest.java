package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.local.Threads;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a program ends that forgot to close its pool. Each test starts such a program. */
@Timeout(120)
class ProgramEndTest {

    /** Leaves main without closing the pool, which must still run the accepted tasks. */
    static final class Forgetful {
        private Forgetful() {}

        public static void main(String[] args) {
            Pool pool = Pool.open(Threads.of(1));
            Thread main = Thread.currentThread();
            if (!args[0].equals("idle")) {
                pool.submit(() -> main.join()); // so that main ends first
            }
            var _ = pool.submit(() -> System.out.print("apple"));
            if (args[0].equals("shutdown")) {
                pool.shutdown();
            }
            if (args[0].equals("idle")) {
                pool.submit(() -> 1).result();
            }
        }
    }

    private static String run(String how) throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        Process process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Forgetful.class.getName(), how)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output + " " + process.waitFor();
    }

    @Test
    @Scenario(106)
    void acceptedWorkIsDoneAlthoughNobodyClosedThePool() throws Exception {
        assertThat(run("nothing")).isEqualTo("apple 0");
    }

    @Test
    @Scenario({108, 113})
    void acceptedWorkIsDoneAfterAShutdownThatNobodyWaitedFor() throws Exception {
        assertThat(run("shutdown")).isEqualTo("apple 0");
    }

    @Test
    @Scenario(112)
    void anIdlePoolDoesNotHoldUpTheEnd() throws Exception {
        assertThat(run("idle")).isEqualTo("apple 0");
    }
}
