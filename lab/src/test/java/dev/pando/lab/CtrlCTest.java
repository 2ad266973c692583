package dev.pando.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lab as a separate program, interrupted by the signal that Ctrl-C sends. */
@ExtendWith(NoProcessLeft.class)
class CtrlCTest {

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void everythingStopsAndNoProcessIsLeft() throws Exception {
        List<String> command = new ArrayList<>(LabRun.hearingCtrlC());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.pando.lab.LabMain"));
        // enough to be at when the signal comes, however late
        command.addAll(List.of("lab", "wait", "primes", "crash", "fault", "memory", "talk"));
        Process lab = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<ProcessHandle> family;
        try (BufferedReader said = lab.inputReader()) {
            awaitLine(said, "primes  ──"); // printed when primes is over: now the workers of the next experiment run
            family = awaitChildren(lab);
            assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(lab.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(lab.waitFor(20, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            lab.destroyForcibly();
        }
        assertThat(lab.exitValue()).isEqualTo(130);
        CompletableFuture.allOf(family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .get(20, TimeUnit.SECONDS);
    }

    private static void awaitLine(BufferedReader said, String start) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append(File.separatorChar);
            if (line.startsWith(start)) {
                return;
            }
        }
        throw new AssertionError("it ended without saying " + start + ": " + all);
    }

    /** Polls, because the system does not announce the start of a grandchild. */
    private static List<ProcessHandle> awaitChildren(Process lab) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < end && lab.isAlive()) {
            List<ProcessHandle> family = lab.descendants().toList();
            if (!family.isEmpty()) {
                return family;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no worker process was seen");
    }
}
