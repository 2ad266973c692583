package dev.pando.internal.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InheritedArgumentsTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** Prints the arguments as the command line has them and as the JVM tells them. */
    static final class Probe {
        public static void main(String[] args) {
            ProcessHandle.Info program = ProcessHandle.current().info();
            String[] line = program.arguments().orElseThrow();
            System.out.println(InheritedArguments.isWholeLine(program.command().orElseThrow(), line, Set.of()));
            System.out.println(InheritedArguments.options(line));
            System.out.println(ManagementFactory.getRuntimeMXBean().getInputArguments());
        }
    }

    private static List<String> probed(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(JAVA, "-cp", System.getProperty("java.class.path")));
        line.addAll(List.of(arguments));
        line.addAll(List.of(Probe.class.getName(), "-Dof.the=program", "word"));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.lines().toList();
    }

    @Test
    @Tag("processes")
    @EnabledOnOs(OS.LINUX)
    void aPlainLineSaysWhatTheJvmSays() throws Exception {
        List<String> lines = probed(
                "-Da.b=c d",
                "-ea",
                "-Xmx64m",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC");
        assertThat(lines.get(0)).isEqualTo("true");
        assertThat(lines.get(1)).contains("-Da.b=c d", "--add-opens=java.base/java.lang=ALL-UNNAMED");
        // how the class path was given is the one difference, and no worker inherits it
        assertThat(lines.get(1).replaceAll("-cp=[^,\\]]*, ", "")).isEqualTo(lines.get(2));
    }

    @Test
    @Tag("processes")
    @EnabledOnOs(OS.LINUX)
    void aLineWithAnArgumentFileIsNotWhole(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("arguments"), "-Dfrom.file=yes\n");
        List<String> lines = probed("@" + file);
        assertThat(lines.get(0)).isEqualTo("false");
        assertThat(lines.get(2)).contains("-Dfrom.file=yes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@file", "-XX:Flags=file", "-XX:VMOptionsFile=file", "-XX:+ReadVMOptionsFile"})
    void anArgumentThatBringsOthersMakesALineNotWhole(String argument) {
        assertThat(InheritedArguments.isWholeLine(JAVA, new String[] {"-ea", argument, "Main"}, Set.of()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"})
    void aVariableThatBringsArgumentsMakesALineNotWhole(String variable) {
        String[] line = {"-ea", "Main"};
        assertThat(InheritedArguments.isWholeLine(JAVA, line, Set.of("PATH"))).isTrue();
        assertThat(InheritedArguments.isWholeLine(JAVA, line, Set.of("PATH", variable)))
                .isFalse();
    }

    @Test
    void theLineOfAnotherLauncherIsNotTheJvms() {
        assertThat(InheritedArguments.isWholeLine("/opt/editor/bin/editor", new String[] {"-ea"}, Set.of()))
                .isFalse();
    }
}
