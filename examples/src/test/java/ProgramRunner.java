import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of one file as its reader would: {@code java -cp pando.jar:... Name.java}. */
record ProgramRunner(Path folder) {
    private static final int SECONDS = 50;

    /** What a program printed, and how it ended. */
    record Run(List<String> out, String err, int exitCode) {}

    Run run(Path program, String... options) throws Exception {
        return run(program, List.of(options), List.of());
    }

    /** As above, with arguments for the program. */
    Run run(Path program, List<String> options, List<String> arguments) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                // The program ends too soon to earn back what the big compiler and collector cost.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dstdout.encoding=UTF-8",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                String.join(
                        File.pathSeparator,
                        place("dev.pando.Pool"),
                        place("dev.pando.cluster.Cluster"),
                        place("org.jgroups.JChannel"),
                        place("org.h2.Driver"))));
        command.addAll(options);
        command.add(program.toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
                    .as("%s ends in time", program)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return read(out, err, process.exitValue());
    }

    private static Run read(Path out, Path err, int exitCode) throws IOException {
        return new Run(Files.readAllLines(out), Files.readString(err), exitCode);
    }

    /** Returns the jar or the folder of this class. */
    private static String place(String type) throws Exception {
        return Path.of(Class.forName(type)
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    /** Runs a program of a page, and asserts that it prints what the page says, and nothing to stderr. */
    void assertPrints(PagePrograms.Block program) throws Exception {
        Run run = run(Files.writeString(folder.resolve("Step.java"), program.source()));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(program.printed());
    }
}
