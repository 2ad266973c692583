package dev.pando.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.dashboard.RawRequest.Answer;
import dev.pando.program.PlainProgram;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that was not written for the dashboard, with {@code -Dpando.dashboard=on} on its command line. */
@Timeout(60)
class AutomaticDashboardTest {
    private static final String FOUND = "pando: the pools of this program can be seen, by one browser, at ";

    private static Process start(boolean asModules, String setting) throws IOException {
        List<String> path = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        Predicate<String> isOurs =
                entry -> asModules && (entry.contains("/core/target/") || entry.endsWith("/dashboard/target/classes"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dpando.dashboard=" + setting));
        if (asModules) {
            command.addAll(List.of("-p", joined(path, isOurs), "--add-modules", "dev.pando"));
        }
        command.addAll(List.of("-cp", joined(path, isOurs.negate()), PlainProgram.class.getName()));
        return new ProcessBuilder(command).start();
    }

    private static String joined(List<String> path, Predicate<String> wanted) {
        return path.stream().filter(wanted).collect(Collectors.joining(File.pathSeparator));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyPoolIsOnThePageWhoseAddressIsPrintedOnce(boolean asModules) throws Exception {
        Process program = start(asModules, "on");
        try (BufferedReader said = program.inputReader();
                BufferedReader complained = program.errorReader()) {
            String line = complained.readLine();
            assertThat(line).startsWith(FOUND + "http://127.0.0.1:");
            URI address = URI.create(line.substring(FOUND.length()));
            assertThat(said.readLine()).as("a worker has no dashboard").isEqualTo("worker null12");
            Answer entry = new RawRequest(address.getPort())
                    .get(address.getRawPath() + "?" + address.getRawQuery())
                    .send();
            Answer state = new RawRequest(address.getPort())
                    .get(entry.room() + "state")
                    .header("Cookie: " + entry.cookie())
                    .send();
            assertThat(state.status()).isEqualTo(200);
            assertThat(state.body())
                    .contains("\"name\":\"one\",\"number\":0", "\"name\":\"two\",\"number\":1")
                    .contains("\"name\":\"three\",\"number\":42")
                    .as("of the pools that are closed the last are kept")
                    .contains("\"name\":\"short39\"")
                    .doesNotContain("\"name\":\"short20\"");
            program.getOutputStream().close();
            assertThat(complained.readAllAsString()).isEmpty();
            assertThat(program.waitFor()).isZero();
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void aValueThatMeansNothingIsSaidOnceAndTheProgramRuns() throws Exception {
        Process program = start(false, "true");
        program.getOutputStream().close();
        assertThat(program.errorReader().readAllAsString())
                .containsOnlyOnce("-Dpando.dashboard is on or off, and not 'true'")
                .doesNotContain(FOUND);
        assertThat(program.waitFor()).isZero();
    }
}
