package dev.pando.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a program ends that left a pool open. The keepers of these programs would linger for an hour. */
@Tag("processes")
class JvmKeepAliveTest {
    private static final long AN_HOUR = 3_600_000;

    static final class Program {
        private Program() {}

        public static void main(String[] args) {
            AtomicBoolean callbackRuns = new AtomicBoolean(args[0].equals("callback"));
            JvmKeepAlive first = new JvmKeepAlive("first", AN_HOUR, callbackRuns::get, Thread::start);
            JvmKeepAlive second = new JvmKeepAlive("second", AN_HOUR, () -> false, Thread::start);
            CountDownLatch mainEnds = new CountDownLatch(1);
            Thread main = Thread.currentThread();
            Thread worker = Thread.ofPlatform().daemon().start(() -> {
                try {
                    mainEnds.await();
                    main.join();
                    if (args[0].equals("callback")) {
                        first.atWork(false);
                        second.atWork(false);
                        System.out.println("called back");
                        callbackRuns.set(false);
                    } else {
                        System.out.println("worked");
                        first.atWork(false);
                        second.atWork(false);
                    }
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            first.atWork(true);
            second.atWork(true);
            if (args[0].equals("other")) {
                Thread.ofPlatform().daemon(false).start(() -> {
                    try {
                        worker.join();
                        System.out.println("other");
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
            }
            mainEnds.countDown();
        }
    }

    private static String said(String what) throws Exception {
        Process program = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        what)
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(program.waitFor(60, TimeUnit.SECONDS))
                    .as("the program ends")
                    .isTrue();
            return new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void aProgramEndsWhenItsWorkIsDoneAndNothingElseKeepsIt() throws Exception {
        assertThat(said("work")).isEqualTo("worked\n");
    }

    @Test
    void aKeeperIsToldWhenTheLastOtherThreadEnds() throws Exception {
        assertThat(said("other")).isEqualTo("worked\nother\n");
    }

    @Test
    void aCallbackIsNotCutOff() throws Exception {
        assertThat(said("callback")).isEqualTo("called back\n");
    }
}
