package dev.pando.internal.process.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
@Tag("processes")
class EndOwnTreeTest {
    private final TestProcesses testProcesses = new TestProcesses();

    @AfterEach
    void nobodyStaysBehind() throws Exception {
        testProcesses.close();
    }

    /** A worker with two children, one of which leaves, and a thread that burns; ends when its commands do. */
    static final class Worker {
        private Worker() {}

        private static long turns;

        public static void main(String[] burn) throws Exception {
            PrintStream answers = new PrintStream(OperatingSystem.here().answers(), true);
            answers.println(new ProcessBuilder("sleep", "300").start().pid());
            answers.println(new ProcessBuilder("setsid", "sleep", "300").start().pid());
            CountDownLatch burning = new CountDownLatch(1);
            Runnable task = burn[0].equals("java") ? Worker::spin : withoutSafepoint();
            Thread.ofPlatform().start(() -> {
                burning.countDown();
                task.run();
            });
            burning.await();
            answers.println("ready");
            OperatingSystem.here().commands().readAllBytes(); // until the parent is gone
            OperatingSystem.here().endOwnFamily();
        }

        private static void spin() {
            while (true) {
                turns++;
            }
        }

        /** A critical call keeps the thread in Java state, so a safepoint waits for its return. */
        @SuppressWarnings("restricted")
        private static Runnable withoutSafepoint() {
            Linker linker = Linker.nativeLinker();
            MethodHandle sleep = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("sleep"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                    Linker.Option.critical(false));
            return () -> {
                try {
                    turns = (int) sleep.invokeExact(300);
                } catch (Throwable t) {
                    throw new AssertionError(t);
                }
            };
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "native"})
    void endsWhateverRuns(String burn) throws Exception {
        Process worker = testProcesses.worker(
                TestProcesses.JAVA,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                burn);
        BufferedReader told = worker.inputReader();
        long child = testProcesses.pid(told);
        long away = testProcesses.pid(told);
        assertThat(told.readLine()).isEqualTo("ready");

        worker.getOutputStream().close();

        assertThat(worker.waitFor(20, TimeUnit.SECONDS)).isTrue();
        TestProcesses.awaitEnd(child);
        TestProcesses.awaitEnd(away);
    }

    /** A process without a session of its own is in the group of its parent, which is this JVM. */
    @Test
    void endsNobodyElseWithoutASession() throws Exception {
        Process stranger = testProcesses.stranger("/bin/sleep", "300");
        Process worker = testProcesses.stranger(
                TestProcesses.JAVA, "-cp", System.getProperty("java.class.path"), Halt.class.getName());

        assertThat(worker.waitFor(20, TimeUnit.SECONDS)).isTrue();

        assertThat(worker.exitValue()).isEqualTo(1);
        assertThat(stranger.isAlive()).isTrue();
    }

    static final class Halt {
        private Halt() {}

        public static void main(String[] args) {
            OperatingSystem.here().endOwnFamily();
        }
    }
}
