package dev.pando.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.containers.app.PoolProgram;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Makes the jars of {@code PoolProgram} in a folder, and starts a program out of them. */
final class PackedProgram {
    /** What the program prints where it has workers. */
    static final List<String> PRINTED = List.of("task 21", "map [2, 4, 6]", "record Page[number=7, text=seven]");

    private final Path folder;

    PackedProgram(Path folder) {
        this.folder = folder;
    }

    static Path placeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Returns the jars of the class path whose names have one of these parts. */
    static List<Path> libraries(String... parts) {
        List<Path> found = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String name = Path.of(entry).getFileName().toString();
            if (Stream.of(parts).anyMatch(name::startsWith)) {
                found.add(Path.of(entry));
            }
        }
        assertThat(found).hasSizeGreaterThanOrEqualTo(parts.length);
        return found;
    }

    /** Returns Pando as it is published, with its manifest. */
    Path pando(String name) throws Exception {
        Path pando = placeOf(Pool.class);
        if (Files.isRegularFile(pando)) {
            return Files.copy(pando, parent(name));
        }
        Manifest manifest = new Manifest();
        try (var in = Files.newInputStream(pando.resolve(JarFile.MANIFEST_NAME))) {
            manifest.read(in);
        }
        return jar(name, manifest, pando, "");
    }

    /** Returns the program alone, with these lines in its manifest. */
    Path program(String name, String... lines) throws Exception {
        String part = PoolProgram.class.getPackageName().replace('.', '/');
        return jar(name, manifest(lines), placeOf(PoolProgram.class), part);
    }

    private static Manifest manifest(String... lines) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        for (String line : lines) {
            String[] pair = line.split(": ", 2);
            manifest.getMainAttributes().putValue(pair[0], pair[1]);
        }
        return manifest;
    }

    private Path parent(String name) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        return folder.resolve(name);
    }

    private Path jar(String name, Manifest manifest, Path from, String part) throws IOException {
        try (OutputStream file = Files.newOutputStream(parent(name));
                JarOutputStream out = new JarOutputStream(file, manifest);
                Stream<Path> files = Files.walk(from.resolve(part))) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                String entry = from.relativize(each).toString();
                if (!entry.equals(JarFile.MANIFEST_NAME)) {
                    out.putNextEntry(new JarEntry(entry));
                    Files.copy(each, out);
                    out.closeEntry();
                }
            }
        }
        return folder.resolve(name);
    }

    /** Adds a file to a jar. */
    static void add(Path jar, Path file, String name) throws IOException {
        try (var files = FileSystems.newFileSystem(jar)) {
            Files.copy(file, files.getPath(name));
        }
    }

    /** Runs {@code java}, and returns the lines that the program printed. */
    List<String> java(String... arguments) throws Exception {
        Path said = folder.resolve("said");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(100, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(said, StandardCharsets.UTF_8);
        assertThat(ended).as(text).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text.lines().toList();
    }
}
