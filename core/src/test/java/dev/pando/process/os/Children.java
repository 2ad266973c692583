package dev.pando.process.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The processes of one test: started here, or told here by their pid; none of them outlives it. */
final class Children {
    static final String JAVA = System.getProperty("java.home") + "/bin/java";
    private static final AtomicLong COUNT = new AtomicLong();

    /** Of this test and no other. */
    final String mark = "test-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();

    private final List<Process> started = new ArrayList<>();
    private final List<ProcessHandle> told = new ArrayList<>();

    /** A worker as the parent would start it, with our mark; all it prints is read from the one stream. */
    Process worker(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Os.here().detached(List.of(command)));
        builder.environment().put(Os.MARK, mark);
        return track(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** A worker that is a shell script; it tells pids by {@code echo $! >&4}. */
    Process shell(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        command.addAll(List.of(arguments));
        return worker(command.toArray(String[]::new));
    }

    /** Somebody else's process, without a mark and in our own session. */
    Process stranger(String... command) throws IOException {
        return track(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private Process track(Process process) {
        started.add(process);
        return process;
    }

    /** The next pid that a process tells. */
    long pid(BufferedReader from) throws IOException {
        String line = from.readLine();
        assertThat(line).as("what the child tells").containsOnlyDigits();
        long pid = Long.parseLong(line);
        ProcessHandle.of(pid).ifPresent(told::add);
        return pid;
    }

    static boolean lives(long pid) {
        Proc.Stat stat = Proc.stat(pid);
        return stat != null && !stat.dead();
    }

    /** Waits for the end of a process that is nobody's child here. */
    static void awaitEnd(long pid) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (lives(pid) && System.nanoTime() - deadline < 0) Thread.yield();
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
        for (ProcessHandle handle : told) handle.destroyForcibly();
        for (Process process : started) process.toHandle().destroyForcibly();
        for (Process process : started) assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        for (ProcessHandle handle : told) awaitEnd(handle.pid());
    }
}
