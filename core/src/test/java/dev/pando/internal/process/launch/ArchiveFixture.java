package dev.pando.internal.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.os.OperatingSystem;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder for archives, and workers of the real JDK that tell which classes they take from one. */
abstract class ArchiveFixture {
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    static final List<String> WORKER = List.of(
            JAVA,
            "-XX:+UseSerialGC",
            "-Xlog:disable",
            "-Xlog:all=warning:stderr",
            "-Xlog:class+load=info:stdout",
            "-cp",
            "/nowhere",
            "dev.pando.internal.process.child.ArchiveTraining");

    static File jar;

    @TempDir
    Path place;

    Path folder;

    /** Packs Pando as a jar, as its users have it. Tests have it in a directory. */
    @BeforeAll
    static void pack(@TempDir Path folder) throws Exception {
        Path classes = Path.of(CdsArchive.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        jar = folder.resolve("pando.jar").toFile();
        try (OutputStream file = Files.newOutputStream(jar.toPath());
                JarOutputStream out = new JarOutputStream(file)) {
            Files.walkFileTree(classes, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path each, BasicFileAttributes about) throws IOException {
                    out.putNextEntry(new JarEntry(classes.relativize(each).toString()));
                    Files.copy(each, out);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }

    @BeforeEach
    void nothingThere() {
        folder = place.resolve("cache/pando");
    }

    CdsArchive archive() {
        return archive(JAVA);
    }

    CdsArchive archive(String java) {
        return new CdsArchive(OperatingSystem.here(), folder.toFile(), jar, List.of(java, "-XX:+UseSerialGC"));
    }

    List<Path> files() {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return files.toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    CdsArchive made() throws Exception {
        CdsArchive archive = archive();
        archive.makeNow();
        assertThat(file()).isNotEmptyFile();
        return archive;
    }

    Path file() {
        assertThat(files()).hasSize(1);
        return files().getFirst();
    }

    record Ran(int exit, String out, String err) {}

    /** Runs a worker that finds its commands in itself, with our jar as the only existing entry of its class path. */
    static Ran run(List<String> command) throws Exception {
        List<String> line = new ArrayList<>(command);
        int path = line.indexOf("-cp") + 1;
        if (line.get(path).equals("/nowhere")) {
            line.set(path, jar.getPath());
        }
        Process process = new ProcessBuilder(line).start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out, err);
    }

    static long archived(Ran ran) {
        assertThat(ran.exit).as(ran.err).isZero();
        // but for the note that the worker begins, which is no text
        assertThat(ran.err).as("output that would count as a task's").isEqualTo("\ufffd\ufffd\0\0");
        return ran.out
                .lines()
                .filter(line -> line.contains(" dev.pando.") && line.contains("(top)"))
                .count();
    }
}
