package dev.pando.lab.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.TaskStack;
import dev.pando.TaskStack.Missing;
import dev.pando.cluster.Cluster;
import dev.pando.lab.LabRun;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The stacks of tasks on two nodes, one with threads and one with a worker process, as every tool sees them. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class NodeStackTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Process> nodes = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Process node : nodes) {
            List<ProcessHandle> workers = node.descendants().toList();
            node.destroyForcibly().waitFor();
            workers.forEach(worker -> worker.onExit().join());
        }
    }

    private Process node(int port, String name, String pool) throws IOException {
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("/core/target/")
                        || entry.contains("/cluster/target/")
                        || entry.contains("jgroups"))
                .collect(Collectors.joining(File.pathSeparator));
        Process node = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        path,
                        "dev.pando.cluster.internal.command.ClusterMain",
                        "node",
                        "--join",
                        "127.0.0.1:" + port,
                        "--name",
                        name,
                        "--pool",
                        pool)
                .redirectErrorStream(true)
                .start();
        nodes.add(node);
        BufferedReader said = node.inputReader();
        List<String> lines = new ArrayList<>();
        for (String line = said.readLine(); ; line = said.readLine()) {
            assertThat(line).as(name + " after " + lines).isNotNull();
            lines.add(line);
            if (line.contains("ready")) {
                break;
            }
        }
        Thread.ofPlatform()
                .daemon()
                .name("node-output")
                .start(() -> said.lines().forEach(line -> {}));
        return node;
    }

    private static int waitsHere() throws InterruptedException {
        new CountDownLatch(1).await();
        return 1;
    }

    private static String awaitPlace(Pool pool, TaskFuture<?> task) {
        while (true) {
            TaskStack stack = pool.view().look(task.info().id(), PATIENCE);
            for (StackTraceElement frame : stack.frames()) {
                if (frame.getMethodName().equals("waitsHere")) {
                    assertThat(frame.getLineNumber()).isPositive();
                    assertThat(stack.frames().getLast().toString())
                            .as("nothing of Pando's below the task")
                            .contains("NodeStackTest.lambda$");
                    return frame.toString();
                }
            }
            assertThat(stack.missing()).isNotEqualTo(Optional.of(Missing.NOT_SEEN));
            assertThat(task.isDone()).isFalse();
        }
    }

    /** Returns a dump in which each worker has answered, which on a busy machine may be another one. */
    private static String dump() throws Exception {
        String text = dumpOnce();
        while (text.contains("its worker has not answered in 2 s")) {
            text = dumpOnce();
        }
        return text;
    }

    private static String dumpOnce() throws Exception {
        Process dump = new ProcessBuilder(LabRun.command(
                        "dump", String.valueOf(ProcessHandle.current().pid())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(dump.waitFor()).as(text).isZero();
        return text;
    }

    @Test
    void whereTasksOnNodesAreIsSeenByEveryToolAndAFrozenNodeIsSaidNotToAnswer() throws Exception {
        int port;
        try (ServerSocket any = new ServerSocket(0)) {
            port = any.getLocalPort();
        }
        Process alpha = node(port, "alpha", "threads:1");
        node(port, "beta", "processes:1");
        Pool pool = Pool.with(Cluster.at("127.0.0.1:" + port).joinTimeout(Duration.ofSeconds(30)))
                .named("seen")
                .open();
        try {
            Task<Integer> waits = () -> waitsHere();
            List<TaskFuture<Integer>> tasks = new ArrayList<>(List.of(pool.submit(waits)));
            while (pool.view().nodes(2).size() < 2) {
                Thread.onSpinWait(); // or else both tasks could be sent to the first, one to wait here
            }
            tasks.add(pool.submit(waits));
            String frame = awaitPlace(pool, tasks.getFirst());
            assertThat(awaitPlace(pool, tasks.getLast())).isEqualTo(frame);
            assertThat(tasks)
                    .extracting(task -> task.info().worker().orElseThrow())
                    .containsExactlyInAnyOrder("alpha/1", "beta/1");
            assertThat(dump().lines().filter(line -> line.strip().equals("at " + frame)))
                    .hasSize(2);

            boolean isFirst = tasks.getFirst().info().worker().orElseThrow().equals("alpha/1");
            TaskFuture<?> frozen = isFirst ? tasks.getFirst() : tasks.getLast();
            signal(alpha, "STOP");
            assertThat(pool.view().look(frozen.info().id(), Duration.ofMillis(200)))
                    .isEqualTo(new TaskStack(List.of(), Optional.of(Missing.NO_ANSWER)));
            awaitPlace(pool, isFirst ? tasks.getLast() : tasks.getFirst());
        } finally {
            signal(alpha, "CONT");
            pool.kill();
            pool.close();
        }
    }

    private static void signal(Process node, String signal) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(node.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
