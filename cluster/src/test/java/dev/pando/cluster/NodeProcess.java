package dev.pando.cluster;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A node in a JVM of its own, which has Pando and JGroups and no class of the tests. */
final class NodeProcess implements AutoCloseable {
    private static final String MAIN = "dev.pando.cluster.internal.command.ClusterMain";
    private static final long BOUND_SECONDS = 50;

    /** Held as long as this JVM lives. */
    private static final Queue<DatagramSocket> RESERVED = new ConcurrentLinkedQueue<>();

    final String name;
    private final Process process;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();

    private NodeProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread.ofPlatform().daemon().name("node-output").start(this::read);
    }

    /**
     * Returns a port that is free, and stays free for this JVM: systems give none of these to a socket that asks for
     * any, and another test JVM takes none whose number is taken for UDP, as this one then is until the JVM ends.
     */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 30_000);
            try (ServerSocket _ = new ServerSocket(port)) {
                RESERVED.add(new DatagramSocket(port));
                return port;
            } catch (IOException taken) {
                // then another
            }
        }
    }

    /** Starts a node, and waits until it is ready. */
    static NodeProcess ready(int seed, String name, String pool, String... more) {
        NodeProcess node = start(seed, name, pool, more);
        node.await("ready");
        return node;
    }

    /** Starts a node. */
    static NodeProcess start(int seed, String name, String pool, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("node", "--join", "127.0.0.1:" + seed, "--name", name, "--pool", pool, "--silence", "4"));
        arguments.addAll(List.of(more));
        return new NodeProcess(name, run(arguments));
    }

    /**
     * Starts a node in surroundings of its own, and waits until it is ready.
     *
     * @param around a command that makes them, and then becomes the command that follows it
     * @param flags of the node's JVM
     * @param arguments all but the name
     */
    static NodeProcess around(List<String> around, List<String> flags, String name, String... arguments) {
        List<String> all = new ArrayList<>(List.of("node", "--name", name));
        all.addAll(List.of(arguments));
        NodeProcess node = new NodeProcess(name, run(around, flags, all));
        node.await("ready");
        return node;
    }

    /** Starts a node by a whole command, and waits until it is ready. */
    static NodeProcess byCommand(String name, List<String> command) {
        try {
            NodeProcess node = new NodeProcess(
                    name, new ProcessBuilder(command).redirectErrorStream(true).start());
            node.await("ready");
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command of the cluster. */
    static Process run(List<String> arguments) {
        return run(List.of(), List.of(), arguments);
    }

    private static Process run(List<String> around, List<String> flags, List<String> arguments) {
        List<String> command = new ArrayList<>(around);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(), MAIN));
        command.addAll(arguments);
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns Pando and JGroups. */
    static String classPath() {
        return String.join(
                File.pathSeparator,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !entry.contains("test") && !entry.endsWith("ct") && !entry.contains("junit"))
                        .toList());
    }

    private void read() {
        try (BufferedReader out = process.inputReader()) {
            out.lines().forEach(lines::add);
        } catch (UncheckedIOException | IOException closed) {
            // the process has ended
        }
        lines.add("END");
    }

    /** Waits for an event of this node. Returns its line. */
    String await(String event) {
        try {
            while (true) {
                String line = lines.poll(BOUND_SECONDS, TimeUnit.SECONDS);
                if (line != null) {
                    seen.add(line);
                }
                if (line == null || line.equals("END")) {
                    throw new AssertionError("node " + name + " never said '" + event + "', but: " + seen);
                }
                if (line.contains(event)) {
                    return line;
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("kill -" + signal + " gave " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for the end of the process. */
    int exitCode() {
        try {
            if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("node " + name + " does not end: " + lines);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        exitCode();
    }
}
