package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.PoolBuilder;
import dev.pando.PoolListener;
import dev.pando.process.Processes;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The pools of one test about worker processes, as {@link Pools} has them. After the test no worker may be left, and no
 * process that a task started: all inherit a variable which names the test.
 */
final class WorkerFixture implements BeforeEachCallback, AfterEachCallback {
    /** What a worker that lives for a second starts with: the big compiler would cost it more than it saves. */
    static final String BRIEF = "-XX:TieredStopAtLevel=1";

    private static final String OURS = "PANDO_TEST";
    private static final Duration MOMENT = Duration.ofSeconds(5);
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    final String mark = UUID.randomUUID().toString();
    private final Pools pools = new Pools();

    Pool open(Processes processes) {
        return pools.open(with(processes));
    }

    Pool open(Processes processes, PoolListener listener) {
        return pools.open(with(processes).listener(listener));
    }

    Pool open(PoolBuilder builder) {
        return pools.open(builder);
    }

    PoolBuilder with(Processes processes) {
        return Pool.with(processes.environment(Map.of(OURS, mark))).named(pools.name());
    }

    Gate gate() {
        return pools.gate();
    }

    Tally tally() {
        return pools.tally();
    }

    /** Marks a JVM that opens pools of its own. */
    void mark(ProcessBuilder program) {
        program.environment().put(OURS, mark);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        pools.beforeEach(context);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        try {
            pools.afterEach(context);
            assertNobodyIsLeft();
        } finally {
            for (long pid : pids(mark)) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    /** The process that ends an orphan's process tree carries the mark as well, and ends a moment later. */
    private void assertNobodyIsLeft() {
        long end = System.nanoTime() + MOMENT.toNanos();
        while (!pids(mark).isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(left(mark)).as("processes that are left").isEmpty();
    }

    /** Returns the processes that carry this mark and are alive, each with its command. */
    static List<String> left(String mark) {
        return pids(mark).stream()
                .map(pid -> pid + " " + read(pid, "cmdline").replace('\0', ' '))
                .toList();
    }

    /** Returns what a program prints until its end. A program that hangs is killed, or else the build would wait. */
    static String output(Process program) throws IOException {
        CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .execute(program::destroyForcibly);
        try (var in = program.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            program.destroyForcibly();
        }
    }

    static List<Long> pids(String mark) {
        List<Long> found = new ArrayList<>();
        String entry = "\0" + OURS + "=" + mark + "\0";
        String[] names = new File("/proc").list((_, name) -> Character.isDigit(name.charAt(0)));
        for (String name : names == null ? new String[0] : names) {
            long pid = Long.parseLong(name);
            if (("\0" + read(pid, "environ")).contains(entry) && isAlive(pid)) {
                found.add(pid);
            }
        }
        return found;
    }

    /** Zombies count as dead. */
    static boolean isAlive(long pid) {
        String stat = read(pid, "stat");
        int name = stat.lastIndexOf(')');
        return name > 0 && "ZX".indexOf(stat.charAt(name + 2)) < 0;
    }

    private static String read(long pid, String what) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), what), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    static void awaitGone(long pid) {
        await("process " + pid + " is gone", () -> !isAlive(pid));
    }

    /** Polls, for events that the system does not report, such as the end of a process that is not a child. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("this did not come true: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, "--", String.valueOf(pid))
                        .start()
                        .waitFor())
                .as("kill -%s %s", name, pid)
                .isZero();
    }
}
