package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a task does to the standard streams of its worker costs neither its result nor what the next task prints. */
@Timeout(90)
class StreamsOfTasksTest {
    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    record Vandal(String name, Task<Integer> task) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vandal> vandals() {
        return Stream.of(
                new Vandal("setOut(null)", () -> {
                    System.setOut(null);
                    return 1;
                }),
                new Vandal("setErr(null)", () -> {
                    System.setErr(null);
                    return 1;
                }),
                new Vandal("all null", () -> {
                    System.setOut(null);
                    System.setErr(null);
                    System.setIn(null);
                    return 1;
                }),
                new Vandal("close", () -> {
                    System.out.close();
                    System.err.close();
                    return 1;
                }),
                new Vandal("flush throws", () -> {
                    System.setOut(broken());
                    System.setErr(broken());
                    return 1;
                }),
                new Vandal("stream of another", () -> {
                    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
                    System.setErr(new PrintStream(OutputStream.nullOutputStream()));
                    System.setIn(new ByteArrayInputStream(new byte[9]));
                    return 1;
                }));
    }

    private static PrintStream broken() {
        return new PrintStream(OutputStream.nullOutputStream()) {
            @Override
            public void flush() {
                throw new IllegalStateException("broken");
            }
        };
    }

    private static void prefixAll() {
        System.setOut(new PrintStream(System.out, true) {
            @Override
            public void println(String text) {
                super.println("seen: " + text);
            }
        });
    }

    private Processes one() {
        return Processes.of(1).heap("32m").output(Output.to(line -> lines.add(line.text())));
    }

    private String line() throws InterruptedException {
        return lines.poll(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @MethodSource("vandals")
    void theNextTaskHasTheStreamsOfBefore(Vandal vandal) throws Exception {
        Pool pool = workerFixture.open(one());
        int pid = pool.submit(TestTasks::pid).result();
        assertThat(pool.submit(vandal.task).result()).isOne();
        assertThat(pool.submit(() -> {
                            System.out.println("out");
                            System.err.println("err");
                            return System.in.read();
                        })
                        .result())
                .isEqualTo(-1);
        assertThat(line()).isEqualTo("out");
        assertThat(line()).isEqualTo("err");
        assertThat(pool.submit(TestTasks::pid).result()).isEqualTo(pid);
    }

    @Test
    void whatTheInitializerSetsIsForAllTasks() throws Exception {
        Pool pool = workerFixture.open(one().initializer(StreamsOfTasksTest::prefixAll));
        for (int task = 0; task < 2; task++) {
            pool.submit(() -> {
                        System.out.println("x");
                        return 1;
                    })
                    .result();
            assertThat(line()).isEqualTo("seen: x");
        }
    }
}
