package dev.pando.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input: each ends in an error that says what to do, and nothing is left running. */
@Tag("processes")
class WrongClusterTest {
    @TempDir
    Path folder;

    private static void isRefused(Cluster cluster, String... parts) {
        assertThatThrownBy(() -> Pool.open(cluster.joinTimeout(Duration.ofMillis(1500))))
                .isInstanceOf(IllegalStateException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon() && thread.getName().startsWith("jgroups"))
                .forEach(WrongClusterTest::ends);
    }

    /** A thread has ended a moment after its last work is done. */
    private static void ends(Thread thread) {
        try {
            assertThat(thread.join(Duration.ofSeconds(20)))
                    .as("%s ends", thread)
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whereNothingListensTheErrorSaysWhatWasTried() {
        int port = NodeProcess.freePort();

        isRefused(Cluster.at("127.0.0.1:" + port), "127.0.0.1:" + port + " (no answer)", "pando node --join");
    }

    @Test
    void whereSomethingElseListensTheErrorSaysSo() throws IOException {
        try (ServerSocket stranger = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            isRefused(
                    Cluster.at("127.0.0.1:" + stranger.getLocalPort()),
                    "something listens there",
                    "keys of the same authority");
        }
    }

    @Test
    void anUnknownHostIsNamed() {
        isRefused(Cluster.at("no-such-host.invalid:7400").insecure(), "no-such-host.invalid", "unknown");
        isRefused(Cluster.dns("no-such-host.invalid", 7400).insecure(), "no-such-host.invalid", "unknown");
    }

    @Test
    void anAddressOfAnotherMachineNeedsTlsOrAWord() {
        assertThatThrownBy(() -> Pool.open(Cluster.at("192.0.2.1:7400")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("192.0.2.1:7400")
                .hasMessageContaining(".tls(keys) or .insecure()");
        assertThatThrownBy(() -> Pool.open(Cluster.multicast("239.7.4.0:7400")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(".insecure()");
    }

    @Test
    void wrongArgumentsAreRefusedAtTheCall() {
        assertThatThrownBy(() -> Cluster.at("localhost")).hasMessageContaining("host:port");
        assertThatThrownBy(() -> Cluster.at("localhost:70000")).hasMessageContaining("host:port");
        assertThatThrownBy(() -> Cluster.dns("name", 0)).hasMessageContaining("port");
        assertThatThrownBy(() -> Cluster.multicast("10.0.0.1:7400")).hasMessageContaining("multicast");
        assertThatThrownBy(() -> Cluster.local().atMost(0)).hasMessageContaining("greater than 0");
        assertThatThrownBy(() -> Cluster.local().joinTimeout(Duration.ZERO)).hasMessageContaining("longer than zero");
        assertThatThrownBy(() -> Cluster.local(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Pool.open(Cluster.local().accept("*"))).hasMessageContaining("package");
    }

    @Test
    void aKeyFileThatIsNotThereOrNoneIsNamed() throws IOException {
        Path missing = folder.resolve("missing.p12");
        Path garbage = Files.writeString(folder.resolve("garbage.p12"), "no keys");
        Cluster cluster = Cluster.at("127.0.0.1:" + NodeProcess.freePort());

        isRefused(cluster.tls(Tls.of(missing, missing, "secret")), "missing.p12 is not there");
        isRefused(cluster.tls(Tls.of(garbage, garbage, "secret")), "garbage.p12 cannot be read", "PKCS 12");
    }

    private static void commandSays(int code, String part, String... arguments) throws Exception {
        Process command = NodeProcess.run(List.of(arguments));
        String said = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).contains(part);
        assertThat(command.waitFor()).as(said).isEqualTo(code);
    }

    @Test
    void aCommandThatMakesNoSenseSaysWhatWould() throws Exception {
        commandSays(2, "'processes:0' is no pool", "node", "--join", "127.0.0.1:7400", "--pool", "processes:0");
        commandSays(2, "'--jion' is no option", "node", "--jion", "127.0.0.1:7400");
        commandSays(2, "say once which cluster", "nodes");
        commandSays(2, "--insecure", "node", "--join", "192.0.2.1:7400");
    }

    @Test
    void aCommandThatIsAskedForHelpGivesIt() throws Exception {
        commandSays(0, "Exit codes of `node`", "node", "--help");
        commandSays(0, "--join host:port", "nodes", "--help");
    }

    @Test
    void aPortForHealthThatIsTakenIsNamedBeforeTheNodeJoins() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            commandSays(3, "another port for --health", "node", "--join", "127.0.0.1:7400", "--health", port);
        }
    }

    @Test
    void twoNodesOnOnePortAreToldSo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());
            commandSays(3, "port " + port, "node", "--join", "127.0.0.1:" + port, "--port", port);
        }
    }
}
