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

/** The compilers of four languages, and the JVM that runs what they make, each in a process of its own. */
record LanguageTools(Path folder) {
    private static final int SECONDS = 100;
    private static final String KOTLIN =
            "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler -no-stdlib -no-reflect -jvm-target 25 -Werror";

    /** Compiles one file, and returns the folder of its classes. */
    Path compile(String language, String source) throws Exception {
        Path file = Files.writeString(folder.resolve(fileName(language)), source);
        String classes = Files.createDirectories(folder.resolve("classes")).toString();
        String compilers = System.getProperty("java.class.path");
        String path = libraries(language);
        run(
                switch (language) {
                    case "kotlin" ->
                        java(
                                compilers,
                                "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler -no-stdlib -no-reflect -jvm-target 25"
                                        + " -Werror",
                                List.of("-cp", path, "-d", classes, file.toString()));
                    case "scala" ->
                        java(
                                compilers,
                                "dotty.tools.dotc.Main -color never -Werror",
                                List.of("-cp", path, "-d", classes, file.toString()));
                    case "groovy" ->
                        java(
                                path,
                                "org.codehaus.groovy.tools.FileSystemCompiler",
                                List.of("--classpath", path, "-d", classes, file.toString()));
                    default -> // it looks for a namespace on its class path, and for the folder in a property
                        java(
                                String.join(File.pathSeparator, path, folder.toString(), classes),
                                "-Dclojure.compile.path=" + classes + " clojure.lang.Compile program",
                                List.of());
                });
        return Path.of(classes);
    }

    private static String fileName(String language) {
        return switch (language) {
            case "kotlin" -> "Program.kt";
            case "scala" -> "Program.scala";
            case "groovy" -> "Program.groovy";
            default -> "program.clj";
        };
    }

    /** Runs a compiled program, and returns what it printed. */
    String run(String language, Path classes, String mainClass) throws Exception {
        return run(java(libraries(language) + File.pathSeparator + classes, mainClass, List.of()));
    }

    /** Returns a command: some words without a space in them, and the rest of its arguments. */
    private static List<String> java(String classPath, String words, List<String> rest) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath));
        command.addAll(List.of(words.split(" ")));
        command.addAll(rest);
        return command;
    }

    private static String libraries(String language) {
        Stream<String> places = switch (language) {
            case "kotlin" -> Stream.of("kotlin.Unit", "kotlinx.coroutines.Job").map(LanguageTools::place);
            case "scala" ->
                Stream.of("scala.Predef", "scala.runtime.Scala3RunTime").map(LanguageTools::place);
            case "groovy" -> Stream.of("groovy.lang.Closure").map(LanguageTools::place);
            default -> // partly sources, which no class tells the place of
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(jar -> jar.contains("clojure"));
        };
        return Stream.concat(Stream.of(place("dev.pando.Pool")), places)
                .collect(Collectors.joining(File.pathSeparator));
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
