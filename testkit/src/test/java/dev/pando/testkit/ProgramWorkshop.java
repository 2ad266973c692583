package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Pool;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * A directory in which tests compile and run programs with the JDK's own tools, as a user would. A process or a
 * temporary file that a program leaves behind fails the test that ran it.
 */
final class ProgramWorkshop {
    private static final String MARK = "PANDO_WORKSHOP";

    final Path folder;

    /** Environment variables of the programs, beside those of this JVM. */
    final Map<String, String> environment = new HashMap<>();

    /** The working directory of the programs. */
    Path directory;

    /** A program that takes longer hangs. */
    long boundSeconds = 50;

    private final Path temporary;

    /** How a program ended. */
    record Ran(int exit, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }

        Ran succeeded() {
            assertThat(exit).as("exit code; out:%n%s%nerr:%n%s", out, err).isZero();
            return this;
        }
    }

    ProgramWorkshop(Path folder) throws IOException {
        this.folder = folder;
        this.directory = folder;
        this.temporary = Files.createDirectory(folder.resolve("tmp"));
        environment.put("LC_ALL", "C.UTF-8");
        environment.put(
                "XDG_CACHE_HOME", Path.of("target", "cache").toAbsolutePath().toString());
    }

    /** Where this library's own classes are: a directory or a jar. */
    static Path pando() {
        return placeOf(Pool.class);
    }

    static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Skips the test if the system's encoding lacks these letters, because no argument could then carry them. */
    static void assumeForeignLetters() {
        assumeTrue(
                Charset.forName(System.getProperty("sun.jnu.encoding"))
                        .newEncoder()
                        .canEncode("ü☃"),
                "the locale has foreign letters");
    }

    /**
     * What a program that lives for a second starts with: the big compiler and collector would cost it more than they
     * save.
     */
    static final List<String> BRIEF = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    static Path tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name);
    }

    Path at(String name) {
        return folder.resolve(name);
    }

    Path write(String name, String text) {
        try {
            Files.createDirectories(at(name).getParent());
            return Files.writeString(at(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles these sources, with Pando on the class path unless the options say where it is. */
    Path compile(String into, List<String> options, Path... sources) {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", at(into).toString()));
        arguments.addAll(options.isEmpty() ? List.of("-cp", pando().toString()) : options);
        Arrays.stream(sources).map(Path::toString).forEach(arguments::add);
        call("javac", arguments);
        return at(into);
    }

    Path jar(String name, String manifest, Path classes) {
        Path lines = write(name + ".manifest", manifest);
        call(
                "jar",
                List.of(
                        "--create",
                        "--file",
                        at(name).toString(),
                        "--manifest",
                        lines.toString(),
                        "-C",
                        classes.toString(),
                        "."));
        return at(name);
    }

    /**
     * Returns Pando as a jar, the same for all programs if there is one: then they share the archive that is made for
     * it.
     */
    Path pandoJar() {
        return Files.isDirectory(pando()) ? pandoJar("pando.jar") : pando();
    }

    /** Makes a jar of Pando with this name, including its module descriptor. */
    Path pandoJar(String name) {
        try {
            Files.createDirectories(at(name).getParent());
            if (Files.isDirectory(pando())) {
                return jar(name, "", pando());
            }
            return Files.copy(pando(), at(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void call(String tool, List<String> arguments) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int exit = ToolProvider.findFirst(tool).orElseThrow().run(out, out, arguments.toArray(String[]::new));
        assertThat(exit).as("%s %s%n%s", tool, arguments, said).isZero();
    }

    /** Runs {@code java} with these arguments, and with its temporary files in this workshop. */
    Ran java(Object... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(tool("java").toString(), "-Djava.io.tmpdir=" + temporary));
        boolean collects = Arrays.stream(arguments)
                .anyMatch(argument -> argument.toString().matches("-XX:\\+Use\\w+GC"));
        command.addAll(BRIEF.subList(0, collects ? 1 : 2)); // no two collectors
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return run(command, "");
    }

    Ran run(List<String> command, String input) throws Exception {
        String mark = UUID.randomUUID().toString();
        Path in = Files.writeString(at("in"), input);
        Path out = at("out");
        Path err = at("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(Redirect.to(err.toFile()));
        builder.environment().putAll(environment);
        builder.environment().put(MARK, mark);
        Process process = builder.start();
        boolean ended = process.waitFor(boundSeconds, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        Ran ran = new Ran(process.exitValue(), text(out), text(err));
        List<String> left = remaining(mark);
        assertThat(ended)
                .as("%s ends; out:%n%s%nerr:%n%s", command, ran.out, ran.err)
                .isTrue();
        assertThat(left)
                .as("processes left by %s; out:%n%s%nerr:%n%s", command, ran.out, ran.err)
                .isEmpty();
        // the watch for orphans removes them when it has noticed the end of the program
        WorkerFixture.await(
                "no temporary file is left by " + command + ", of " + temporaryFiles(),
                () -> temporaryFiles().isEmpty());
        return ran;
    }

    private List<Path> temporaryFiles() {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Decodes leniently, because some programs print in an encoding of their own. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** Kills the processes that inherited the mark and outlived their program, and returns their commands. */
    private static List<String> remaining(String mark) {
        List<String> left = new ArrayList<>();
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            Path environ = Path.of("/proc", Long.toString(process.pid()), "environ");
            try {
                if (!new String(Files.readAllBytes(environ), StandardCharsets.ISO_8859_1).contains(MARK + "=" + mark)) {
                    continue;
                }
            } catch (IOException gone) {
                continue;
            }
            String command = process.pid() + " " + process.info().commandLine().orElse("?");
            if (endsByItself(process)) {
                continue;
            }
            left.add(command);
            process.destroyForcibly();
        }
        return left;
    }

    /** Waits, because workers, and the process that ends their trees, notice the end of the program a moment later. */
    private static boolean endsByItself(ProcessHandle process) {
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException stays) {
            return false;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
