package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A copy of all sources, with another version in every POM, in which Maven can be run and files can be changed. */
final class ReleaseSources {
    static final String SNAPSHOT = "0.1.0-SNAPSHOT";

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private final Path folder;

    /** What a command has printed, and how it ended. */
    record Ran(int status, String text) {
        Ran succeeded() {
            assertThat(status).as(text).isZero();
            return this;
        }

        Ran failed() {
            assertThat(status).as(text).isNotZero();
            return this;
        }
    }

    ReleaseSources(Path folder, String version) throws IOException {
        this.folder = folder;
        try (Stream<Path> all = Files.walk(REPOSITORY)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                String name = REPOSITORY.relativize(file).toString();
                if (name.matches("(.*/)?(target|\\.git)(/.*)?") || Files.isDirectory(file)) {
                    continue;
                }
                Path to = folder.resolve(name);
                Files.createDirectories(to.getParent());
                if (name.endsWith("pom.xml")) {
                    Files.writeString(to, Files.readString(file).replace(SNAPSHOT, version));
                } else {
                    Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    Path at(String name) {
        return folder.resolve(name);
    }

    /** Replaces a text, which must be there, wherever it is in this file. */
    void change(String name, String text, String other) throws IOException {
        String before = Files.readString(at(name));
        assertThat(before).contains(text);
        Files.writeString(at(name), before.replace(text, other));
    }

    /** Runs Maven here. */
    Ran maven(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("mvn", "-B"));
        command.addAll(List.of(arguments));
        return run(folder, environment, command);
    }

    static Ran run(Path folder, Map<String, String> environment, List<String> command) throws Exception {
        Path said = Files.createTempFile("said", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(10, TimeUnit.MINUTES);
        process.destroyForcibly();
        String text = command + "\n" + Files.readString(said);
        Files.delete(said);
        assertThat(ended).as(text).isTrue();
        return new Ran(process.exitValue(), text);
    }
}
