package dev.pando.languages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The compilers of two languages, and the JVM that runs what they make, each in a process of its own. */
record LanguageTools(Path folder) {
    private static final int SECONDS = 100;

    /** Compiles one file, and returns the folder of its classes. */
    Path compile(String language, String source) throws Exception {
        boolean kotlin = language.equals("kotlin");
        Path file = Files.writeString(folder.resolve(kotlin ? "Program.kt" : "Program.scala"), source);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> command = java(System.getProperty("java.class.path"));
        if (kotlin) {
            command.add("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler");
            command.addAll(List.of("-no-stdlib", "-no-reflect", "-jvm-target", "25", "-Werror"));
        } else {
            command.addAll(List.of("dotty.tools.dotc.Main", "-color", "never", "-Werror"));
        }
        command.addAll(List.of("-cp", libraries(language), "-d", classes.toString(), file.toString()));
        run(command);
        return classes;
    }

    /** Runs a compiled program, and returns what it printed. */
    String run(String language, Path classes, String mainClass) throws Exception {
        List<String> command = java(libraries(language) + File.pathSeparator + classes);
        command.add(mainClass);
        return run(command);
    }

    private static List<String> java(String classPath) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath));
    }

    private static String libraries(String language) {
        Stream<String> types = language.equals("kotlin")
                ? Stream.of("dev.pando.Pool", "kotlin.Unit", "kotlinx.coroutines.Job")
                : Stream.of("dev.pando.Pool", "scala.Predef", "scala.runtime.Scala3RunTime");
        return types.map(LanguageTools::place).collect(Collectors.joining(File.pathSeparator));
    }

    private static String place(String type) {
        try {
            Class<?> found = Class.forName(type, false, LanguageTools.class.getClassLoader());
            return Path.of(found.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        assertThat(ended).as("%s ends", command).isTrue();
        assertThat(process.exitValue())
                .as("%s%n%s%n%s", command, Files.readString(out), Files.readString(err))
                .isZero();
        return Files.readString(out);
    }
}
