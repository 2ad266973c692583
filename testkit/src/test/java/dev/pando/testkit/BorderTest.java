package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A program and its workers: signals, output, state of classes, and what one side does when the other is gone. */
@Timeout(60)
class BorderTest {
    @RegisterExtension
    final Pools pools = new Pools();

    /** The initializer sets this in each worker, and no test sets it in this JVM. */
    private static String state = "as it was written";

    private static int calls;

    private Pool open(Processes workers) {
        return pools.open(Pool.with(workers).named(pools.name()));
    }

    /** A program with a pool, both of whose workers are busy for ever. It prints their process ids, and waits. */
    static final class Doomed {
        private Doomed() {}

        @SuppressWarnings("resource")
        public static void main(String[] args) throws Exception {
            Pool pool = Pool.open(Processes.of(2).heap("32m"));
            for (int i = 0; i < 2; i++) {
                pool.submit(() -> {
                    Process helper = new ProcessBuilder("sleep", "1000").start();
                    System.out.println("pids " + FailureMatrix.pid() + " " + helper.pid());
                    Chaos.spin().strike();
                });
            }
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    @Scenario(175)
    void workersEndWithAParentThatIsKilled() throws Exception {
        Process parent = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Doomed.class.getName())
                .redirectErrorStream(true)
                .start();
        List<ProcessHandle> orphans = new ArrayList<>();
        try (BufferedReader output = parent.inputReader()) {
            while (orphans.size() < 4) {
                String line = output.readLine();
                assertThat(line).as("output of the parent").isNotNull();
                if (!line.contains("pids ")) {
                    continue;
                }
                for (String pid : line.substring(line.indexOf("pids ") + 5).split(" ")) {
                    orphans.add(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
                }
            }
            parent.destroyForcibly().waitFor();
            for (ProcessHandle orphan : orphans) {
                orphan.onExit().get(30, TimeUnit.SECONDS);
            }
        } finally {
            parent.destroyForcibly();
            for (ProcessHandle orphan : orphans) {
                orphan.destroyForcibly();
            }
        }
    }

    @Test
    @Scenario(176)
    void workersIgnoreAnInterruptFromTheTerminal() throws Exception {
        try (Gate gate = new Gate()) {
            Pool pool = open(Processes.of(2).heap("32m"));
            Set<Long> pids = FailureMatrix.strength(pool, 2);
            List<TaskFuture<Long>> busy = IntStream.range(0, 2)
                    .mapToObj(i -> pool.submit(FailureMatrix::standAt, gate.handle()))
                    .toList();
            gate.awaitArrivals(2);
            for (long pid : pids) {
                assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -INT " + pid + " && kill -INT -" + pid)
                                .start()
                                .waitFor())
                        .isZero();
            }
            gate.open();
            assertThat(busy).extracting(TaskFuture::result).containsExactlyInAnyOrderElementsOf(pids);
            assertThat(FailureMatrix.strength(pool, 2)).isEqualTo(pids);
        }
    }

    @Test
    @Scenario(177)
    void whateverIsPrintedOnWhateverWayLeavesTheProtocolAlone() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        Pool pool = open(Processes.of(1).output(Output.to(line -> lines.add(line.text()))));
        assertThat(pool.submit(() -> {
                            System.out.println("by System.out");
                            System.err.println("by System.err");
                            try (FileOutputStream raw = new FileOutputStream("/dev/fd/1")) {
                                raw.write(new byte[] {0, 0, 0, 5, 'V', 0, 0, 0, 1, '\n'});
                            }
                            new ProcessBuilder("echo", "by a helper")
                                    .inheritIO()
                                    .start()
                                    .waitFor();
                            System.in.read(); // the standard input of a worker is at its end
                            return 5;
                        })
                        .result())
                .isEqualTo(5);
        pool.close();
        assertThat(lines)
                .contains("by System.out", "by System.err", "by a helper")
                .hasSize(4);
    }

    @Test
    @Scenario(180)
    void aPoolDoesNotTravelIntoItsOwnWorkers() {
        Pool pool = open(Processes.of(1));
        Task<Integer> nested = () -> pool.submit(() -> 1).result();
        assertThatThrownBy(() -> pool.submit(nested))
                .isInstanceOf(NotSendableException.class)
                .hasMessageContaining("captured PoolImpl");
        assertThat(pool.submit(() -> 2).result()).isEqualTo(2);
    }

    @Test
    @Scenario({181, 182, 186})
    void whatTheInitializerSetIsSeenByTasksAndNotByTheParent() throws Exception {
        try (Gate gate = new Gate()) {
            Gate.Handle handle = gate.handle();
            Pool pool = open(Processes.of(2).heap("32m").initializer(() -> state = "set up"));
            List<TaskFuture<String>> seen = IntStream.range(0, 2)
                    .mapToObj(i -> pool.submit(() -> {
                        handle.await();
                        calls++;
                        return state + ", call " + calls;
                    }))
                    .toList();
            gate.awaitArrivals(2);
            gate.open();
            assertThat(seen).extracting(TaskFuture::result).containsOnly("set up, call 1");
            assertThat(state).isEqualTo("as it was written");
            assertThat(calls).isZero();
        }
    }

    @Test
    @Scenario(183)
    void anInitializerThatCannotTravelIsRefusedWhenThePoolIsOpened() {
        Object here = new Object();
        assertThatThrownBy(() -> Pool.open(Processes.of(1).initializer(here::notify)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("initializer")
                .hasMessageContaining("java.lang.Object");
        int captured = 7;
        Pool pool = open(Processes.of(1).initializer(() -> state = "captured " + captured));
        assertThat(pool.submit(() -> state).result()).isEqualTo("captured 7");
    }

    @Test
    @Scenario(185)
    void closuresAndLocalClassesTravel() {
        int base = 40;
        record Adding(int number) implements Task<Integer> {
            @Override
            public Integer call() {
                return number + 2;
            }
        }
        class Local implements Task<Integer> {
            private static final long serialVersionUID = 1L;

            @Override
            public Integer call() {
                return 42;
            }
        }
        Pool pool = open(Processes.of(1));
        assertThat(pool.submit(() -> base + 2).result()).isEqualTo(42);
        assertThat(pool.submit(new Adding(base)).result()).isEqualTo(42);
        assertThatThrownBy(() -> pool.submit(new Local()))
                .isInstanceOf(NotSendableException.class)
                .hasMessageContaining("BorderTest");
    }
}
