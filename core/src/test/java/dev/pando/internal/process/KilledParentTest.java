package dev.pando.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.process.Processes;
import dev.pando.process.SharedArray;
import java.io.BufferedReader;
import java.io.File;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A program that shares memory with a worker is killed by SIGKILL: nothing is left. */
@EnabledOnOs(OS.LINUX)
@Tag("processes")
class KilledParentTest {
    static final class Program {
        public static void main(String[] args) throws Exception {
            Pool pool = Pool.open(Processes.of(1));
            var array = SharedArray.ofBytes(1 << 20);
            long worker = pool.submit(() -> {
                        array.set(0, (byte) 1);
                        return ProcessHandle.current().pid();
                    })
                    .result();
            var made = pool.submit(() -> SharedArray.ofBytes(1 << 20)).result();
            var _ = pool.submit(() -> {
                SharedArray.ofLongs(1 << 16).set(0, array.get(0));
                new CountDownLatch(1).await();
            });
            System.out.println("worker " + worker + " " + made.length());
            new CountDownLatch(1).await();
        }
    }

    @Test
    void noFileAndNoWorkerIsLeft() throws Exception {
        Process program = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long worker;
        try (BufferedReader said = program.inputReader()) {
            worker = Long.parseLong(said.readLine().split(" ")[1]);
            program.destroyForcibly();
            program.waitFor();
        }
        var orphan = ProcessHandle.of(worker);
        if (orphan.isPresent()) {
            orphan.get().onExit().join();
        }
        for (String folder : List.of("/dev/shm", System.getProperty("java.io.tmpdir"))) {
            String[] left = new File(folder).list((at, name) -> name.startsWith("pando-memory-" + program.pid() + "-"));
            assertThat(left == null ? new String[0] : left).isEmpty();
        }
    }
}
