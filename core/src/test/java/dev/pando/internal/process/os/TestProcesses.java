package dev.pando.internal.process.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The processes of one test, started here or registered by their pid. No process outlives the test. */
final class TestProcesses {
    static final String JAVA = System.getProperty("java.home") + "/bin/java";
    private static final AtomicLong COUNT = new AtomicLong();

    /** The mark of this test alone. */
    final String mark = "test-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();

    private final List<Process> started = new ArrayList<>();
    private final List<ProcessHandle> told = new ArrayList<>();

    /** Starts a worker as the parent would, with our mark. */
    Process worker(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(OperatingSystem.here().detached(List.of(command)));
        builder.environment().put(OperatingSystem.MARK, mark);
        return track(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** A worker that is a shell script; it tells pids by {@code echo $! >&4}. */
    Process shell(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        command.addAll(List.of(arguments));
        return worker(command.toArray(String[]::new));
    }

    /** A process that is no worker: without a mark, and in our own session. */
    Process stranger(String... command) throws IOException {
        return track(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private Process track(Process process) {
        started.add(process);
        return process;
    }

    /** Reads the next pid that a process prints. */
    long pid(BufferedReader from) throws IOException {
        String line = from.readLine();
        assertThat(line).as("line of the child").containsOnlyDigits();
        long pid = Long.parseLong(line);
        ProcessHandle.of(pid).ifPresent(told::add);
        return pid;
    }

    static boolean lives(long pid) {
        ProcFs.Stat stat = ProcFs.stat(pid);
        return stat != null && !stat.dead();
    }

    /** Polls for the end of a process that is not a child of this JVM. */
    static void awaitEnd(long pid) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (lives(pid) && System.nanoTime() - deadline < 0) {
            Thread.yield();
        }
        assertThat(lives(pid)).as("process " + pid + " lives").isFalse();
    }

    /** A file to write to, deleted by the caller's {@code @TempDir}. */
    static File script(File folder, String name, String text) throws IOException {
        File file = new File(folder, name);
        Files.writeString(file.toPath(), text);
        assertThat(file.setExecutable(true)).isTrue();
        return file;
    }

    void close() throws Exception {
        for (ProcessHandle handle : told) {
            handle.destroyForcibly();
        }
        for (Process process : started) {
            process.toHandle().destroyForcibly();
        }
        for (Process process : started) {
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        for (ProcessHandle handle : told) {
            awaitEnd(handle.pid());
        }
    }
}
