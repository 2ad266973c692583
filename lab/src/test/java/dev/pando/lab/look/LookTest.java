package dev.pando.lab.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.lab.LabRun;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Looks at a program whose every worker hangs: threads in a deadlock, worker processes that compute for ever, and
 * virtual threads that hold every processor of their scheduler. Pando is a named module there, the harder case.
 */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class LookTest {
    private static Process program;

    static Process start(boolean asModule, String... arguments) throws IOException {
        List<String> path = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        Predicate<String> isCore = entry -> entry.contains("/core/target/");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m"));
        if (asModule) {
            command.addAll(List.of(
                    "-p",
                    path.stream().filter(isCore).collect(Collectors.joining(File.pathSeparator)),
                    "--add-modules",
                    "dev.pando"));
        }
        command.addAll(List.of(
                "-cp",
                path.stream()
                        .filter(asModule ? isCore.negate() : entry -> true)
                        .collect(Collectors.joining(File.pathSeparator)),
                HangingProgram.class.getName()));
        command.addAll(Arrays.asList(arguments));
        Process started = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said = started.inputReader();
        assertThat(said.readLine()).isEqualTo("hangs");
        return started;
    }

    @BeforeAll
    static void start() throws IOException {
        program = start(true, "all");
    }

    @AfterAll
    static void end() throws InterruptedException {
        List<ProcessHandle> workers = program.descendants().toList();
        program.destroyForcibly().waitFor();
        workers.forEach(worker -> worker.onExit().join());
    }

    private static String pid() {
        return String.valueOf(program.pid());
    }

    @Test
    void aDumpHasEveryPoolWorkerTaskAndStack() {
        LabRun dump = LabRun.of(100, "dump", pid());
        while (dump.out().contains("its worker has not answered in 2 s")) {
            dump = LabRun.of(100, "dump", pid()); // those that spin leave the worker no processor to answer
        }
        assertThat(dump.err()).isEmpty();
        assertThat(dump.code()).isZero();
        int processors = Runtime.getRuntime().availableProcessors();
        assertThat(dump.out())
                .contains("Process " + pid() + ", " + HangingProgram.class.getName())
                .contains("Pool locks, Threads.of(2), open")
                .contains("2 run of 2, 1 wait of ")
                .contains("at dev.pando.lab.look.HangingProgram.deadlock(HangingProgram.java:")
                .contains("Threads that wait for each other's locks")
                .contains("waits for java.lang.Object@")
                .contains("Pool virtual, Virtual.unlimited(), open", "carrier-1 on ")
                .contains(processors + " run of -, " + 2 * processors + " wait of ")
                .contains("at dev.pando.lab.look.HangingProgram.holdsACarrier(HangingProgram.java:")
                .contains("Pool processes, Processes.of(2), open", "spin-1 on ", "spin-3 for ")
                .contains("at dev.pando.lab.look.HangingProgram.spins(HangingProgram.java:")
                .containsPattern("is running, spin-1, process [0-9]+, [0-9]+ MB")
                .containsPattern("What tasks share, and actors\n    queue-[0-9]+, 1 of 5 items\n")
                .doesNotContain("secret", "\033", "\007", "\u202E");
        assertThat(dump.out().lines().filter(line -> line.contains("HangingProgram.spins(")))
                .hasSize(2);
        assertThat(dump.out().lines().filter(line -> line.contains("HangingProgram.deadlock(")))
                .hasSize(2);
    }

    @Test
    void topPrintsOnceWhereThereIsNoTerminalAndFits() {
        for (int width : new int[] {40, 100, 160}) {
            LabRun top = LabRun.of(width, "top", pid(), "--lang", "ko");
            assertThat(top.code()).as(top.err()).isZero();
            assertThat(top.out())
                    .contains("locks", "first-1", "2/2", "작업", "작업이 나누는 것과 액터 1개", "1/5")
                    .doesNotContain("\033");
            assertThat(top.out().lines())
                    .allSatisfy(line -> assertThat(dev.pando.lab.terminal.TextWidth.of(line))
                            .as(line)
                            .isLessThanOrEqualTo(width));
        }
    }

    /** Prints which programs have pools, as the launcher would find them, and loads nothing into any of them. */
    static final class Finder {
        public static void main(String[] arguments) {
            ProgramFinder.all().forEach(found -> System.out.println(found.pid() + " " + found.main()));
        }
    }

    @Test
    void aProgramWithPoolsIsFoundAndNoWorkerIs() throws Exception {
        List<String> command = new ArrayList<>(LabRun.command());
        command.set(command.size() - 1, Finder.class.getName());
        Process finder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> found = finder.inputReader().lines().toList();
        assertThat(finder.waitFor()).isZero();
        assertThat(found).contains(pid() + " " + HangingProgram.class.getName());
        program.descendants()
                .forEach(worker -> assertThat(found).noneMatch(line -> line.startsWith(worker.pid() + " ")));
    }

    @Test
    void scriptsGetJson() {
        LabRun top = LabRun.of(100, "top", pid(), "--once", "--json");
        assertThat(top.code()).as(top.err()).isZero();
        assertThat(top.out())
                .startsWith("{\"programs\":[{\"pid\":" + pid() + ",")
                .contains("\"name\":\"locks\",\"backend\":\"Threads.of(2)\",\"state\":\"open\"")
                .containsPattern("\"sharedList\":\\[\\{\"kind\":\"queue\",\"name\":\"queue-[0-9]+\",")
                .contains("\"size\":1,\"bound\":5,\"callers\":0}]")
                .doesNotContain("secret", "\033", "\u202E");
    }

    @Test
    void whatCannotBeLookedAtIsSaid() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        LabRun gone = LabRun.of(100, "dump", String.valueOf(ended.pid()));
        assertThat(gone.code()).isEqualTo(1);
        assertThat(gone.err().strip()).isEqualTo("pando: there is no process " + ended.pid() + ".");
        long worker = program.descendants().findFirst().orElseThrow().pid();
        LabRun none = LabRun.of(100, "dump", String.valueOf(worker));
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("process " + worker + " has had no pool");
        LabRun wrong = LabRun.of(100, "top", "--json");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("--json needs --once");
    }
}
