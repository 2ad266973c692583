package dev.pando.spring;

import dev.pando.spring.sample.SampleApplication;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;

/** Packs the sample application into an executable jar, with the packer of Boot's own build plugins. */
final class SamplePacker {
    /** What only the tests need, of the class path that they share with the application. */
    private static final List<String> OF_TESTS = List.of(
            "junit",
            "opentest4j",
            "apiguardian",
            "assertj",
            "byte-buddy",
            "spring-boot-test",
            "loader-tools",
            "surefire");

    private final Path folder;

    SamplePacker(Path folder) {
        this.folder = folder;
    }

    Path pack() throws IOException {
        Path classes = Path.of("target", "test-classes").toAbsolutePath();
        Path plain = jar(classes, "dev/pando/spring/sample", "plain");
        List<Path> libraries = libraries(classes);
        Path packed = folder.resolve("sample.jar");
        Repackager packer = new Repackager(plain.toFile());
        packer.setMainClass(SampleApplication.class.getName());
        packer.repackage(packed.toFile(), taker -> {
            for (Path library : libraries) {
                taker.library(new Library(library.toFile(), LibraryScope.COMPILE));
            }
        });
        return packed;
    }

    private List<Path> libraries(Path classes) throws IOException {
        List<Path> all = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            boolean ofTests = OF_TESTS.stream().anyMatch(path.getFileName().toString()::contains);
            if (!Files.exists(path) || path.equals(classes) || ofTests) {
                continue;
            }
            all.add(Files.isDirectory(path) ? jar(path, "", "module-" + all.size()) : path);
        }
        return all;
    }

    /** Makes a jar of what is below this part of the folder. */
    private Path jar(Path from, String part, String name) throws IOException {
        Path jar = folder.resolve(name + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(from.resolve(part))) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(from.relativize(each).toString().replace(File.separatorChar, '/')));
                Files.copy(each, out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
