package dev.pando.internal.process.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.ProcessSettings;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.process.Output;
import dev.pando.process.OutputSinks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command and environment of a worker. The program is {@code echo}, or another that prints what it was given. */
@EnabledOnOs(OS.LINUX)
class WorkerLauncherTest {
    private static final String MARK = "a-mark-of-this-test";

    /** Returns what this program prints when it is started as a worker. */
    private static String printed(String program, Consumer<ProcessSettings> furnished) throws Exception {
        ProcessSettings settings = new ProcessSettings(4, "", OutputSinks.of(Output.discard()));
        settings.java = Path.of(program);
        furnished.accept(settings);
        WorkerLauncher launcher =
                new WorkerLauncher(settings.launchOptions(), OperatingSystem.here(), "a pool/with ../odd name");
        Process process = launcher.start(MARK).process();
        process.getOutputStream().close();
        String said = new String(process.getErrorStream().readAllBytes(), UTF_8);
        process.waitFor();
        launcher.close();
        return said.strip();
    }

    private static List<String> arguments(Consumer<ProcessSettings> furnished) throws Exception {
        return List.of(printed("/bin/echo", furnished).split(" "));
    }

    @Test
    void theWorkerIsTheLastWordAndFindsWhatThisJvmFinds() throws Exception {
        List<String> arguments = arguments(settings -> {});
        assertThat(arguments).endsWith("dev.pando.internal.process.child.WorkerMain");
        String path = arguments.get(arguments.indexOf("-cp") + 1);
        assertThat(path.split(":")).allMatch(entry -> Path.of(entry).isAbsolute());
        assertThat(path)
                .contains(Path.of(WorkerLauncher.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString());
    }

    @Test
    void withoutAHeapTheyShareTheMemoryAndTheProcessors() throws Exception {
        List<String> arguments = arguments(settings -> {});
        assertThat(arguments)
                .contains(
                        "-XX:MaxRAMPercentage=15.0",
                        "-XX:+UseSerialGC",
                        "-XX:ActiveProcessorCount="
                                + Math.max(1, Runtime.getRuntime().availableProcessors() / 4));
        assertThat(arguments).noneMatch(argument -> argument.startsWith("-Xmx"));
    }

    @Test
    void whatIsSetIsSaid() throws Exception {
        List<String> arguments = arguments(settings -> {
            settings.heap = 64 << 20;
            settings.processors = 3;
        });
        assertThat(arguments)
                .contains("-Xmx67108864", "-XX:ActiveProcessorCount=3")
                .noneMatch(argument -> argument.contains("MaxRAMPercentage"));
    }

    @Test
    void theUsersArgumentsComeLastSoThatTheyWinButBeforeTheClassPath() throws Exception {
        List<String> arguments =
                arguments(settings -> settings.addJvmArgs(List.of("-Xss1m", "-XX:ActiveProcessorCount=7")));
        assertThat(arguments.subList(arguments.indexOf("-cp") - 2, arguments.indexOf("-cp")))
                .containsExactly("-Xss1m", "-XX:ActiveProcessorCount=7");
    }

    @Test
    void aCollectorOfTheUsersChoiceIsTheOnlyOne() throws Exception {
        assertThat(arguments(settings -> settings.addJvmArgs(List.of("-XX:+UseZGC"))))
                .contains("-XX:+UseZGC")
                .doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void theNameOfThePoolCannotLeadTheCrashLogAstray() throws Exception {
        Path log = Path.of(arguments(settings -> {}).getFirst().substring(CrashFolder.LOG.length()));
        assertThat(log.getFileName()).hasToString("pando-a_pool_with_.._odd_name-%p-crash.log");
        assertThat(log.getParent().getParent()).isEqualTo(CrashFolder.temporary());
    }

    @Test
    void aCrashLogOfTheUsersChoiceWins() throws Exception {
        String mine = "-XX:ErrorFile=mine-%p.log";
        List<String> logs = arguments(settings -> settings.addJvmArgs(List.of(mine))).stream()
                .filter(argument -> argument.startsWith(CrashFolder.LOG))
                .toList();
        assertThat(logs).hasSize(2).endsWith(mine); // HotSpot takes the last
    }

    @Test
    void theMarkAndTheVariablesAreInTheEnvironmentAndOnNoCommandLine(@TempDir Path directory) throws Exception {
        Path tell = Files.writeString(
                directory.resolve("tell"), "#!/bin/sh\necho \"$PANDO_WORKER $SECRET $JDK_JAVA_OPTIONS\"\n");
        assertThat(tell.toFile().setExecutable(true)).isTrue();
        Consumer<ProcessSettings> furnished = settings -> {
            settings.addEnvironment(Map.of("SECRET", "sesame", OperatingSystem.MARK, "of somebody else"));
        };
        assertThat(printed(tell.toString(), furnished)).isEqualTo(MARK + " sesame");
        assertThat(printed("/bin/echo", furnished)).doesNotContain("sesame").doesNotContain(MARK);
    }

    @Test
    void itRunsInItsDirectory(@TempDir Path directory) throws Exception {
        Path tell = Files.writeString(directory.resolve("tell"), "#!/bin/sh\npwd -P\n");
        assertThat(tell.toFile().setExecutable(true)).isTrue();
        assertThat(printed(tell.toString(), settings -> settings.directory = directory))
                .isEqualTo(directory.toRealPath().toString());
    }

    @Test
    void aCrashLogIsFoundWhereverTheUserWantsIt(@TempDir Path directory) throws Exception {
        ProcessSettings settings = new ProcessSettings(1, "", OutputSinks.of(Output.discard()));
        settings.directory = directory;
        settings.addJvmArgs(List.of("-XX:ErrorFile=logs/crash-%p.txt"));
        WorkerLauncher launcher = new WorkerLauncher(settings.launchOptions(), OperatingSystem.here(), "p");
        assertThat(launcher.crashLog(4711)).isNull();
        Path log = Files.createDirectory(directory.resolve("logs")).resolve("crash-4711.txt");
        Files.createFile(log);
        assertThat(launcher.crashLog(4711)).isEqualTo(log);
        assertThat(launcher.crashLog(4712)).isNull();
    }
}
