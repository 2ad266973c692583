package dev.pando.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both sides show a certificate; a stranger's, and none at all, are refused. */
@Tag("processes")
@Timeout(120) // several JVMs start one after another
class TlsTest {
    private static final String PASSWORD = "secret";

    @TempDir
    static Path folder;

    private static Path trust;

    @BeforeAll
    static void makeKeys() throws Exception {
        key("ours");
        trust = trust("ours");
    }

    @Test
    void aStrangerAndAPlainConnectionAreRefused() throws Exception {
        key("stranger");
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        int seed = NodeProcess.freePort();
        Cluster cluster = Cluster.at("127.0.0.1:" + seed);
        try (NodeProcess _ = NodeProcess.ready(
                seed,
                "alpha",
                "threads:1",
                "--key-store",
                store("ours").toString(),
                "--trust-store",
                trust.toString(),
                "--password-file",
                password.toString())) {
            try (Pool pool = Pool.open(
                    cluster.tls(Tls.of(store("ours"), trust, PASSWORD)).joinTimeout(Duration.ofSeconds(40)))) {
                assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
            }
            Stream.of(cluster.tls(Tls.of(store("stranger"), trust, PASSWORD)), cluster)
                    .parallel() // each waits for an answer
                    .forEach(TlsTest::refused);
        }
    }

    @Test
    void keysThatCannotWorkAreNamedBeforeAnythingIsTried() throws Exception {
        key("old", "-startdate", "-10d", "-validity", "5");
        Path empty = folder.resolve("empty.p12");
        KeyStore none = KeyStore.getInstance("PKCS12");
        none.load(null, null);
        try (var out = Files.newOutputStream(empty)) {
            none.store(out, PASSWORD.toCharArray());
        }
        Cluster cluster = Cluster.at("127.0.0.1:" + NodeProcess.freePort());

        isNamed(cluster.tls(Tls.of(store("old"), trust, PASSWORD)), "old.p12 is not valid today", "NotAfter");
        isNamed(cluster.tls(Tls.of(store("ours"), store("old"), PASSWORD)), "old.p12 is not valid today", "trust");
        isNamed(cluster.tls(Tls.of(trust, trust, PASSWORD)), "trust-ours.p12 has no key");
        isNamed(cluster.tls(Tls.of(store("ours"), empty, PASSWORD)), "empty.p12 has no certificate");
    }

    private static void isNamed(Cluster cluster, String... parts) {
        assertThatThrownBy(() -> Pool.open(cluster))
                .isInstanceOf(IllegalStateException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }

    private static void refused(Cluster cluster) {
        assertThatThrownBy(() -> Pool.open(cluster.joinTimeout(Duration.ofSeconds(3))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no node of the cluster answered");
    }

    private static Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    private static void key(String name, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-keyalg", "EC"));
        arguments.addAll(
                List.of("-dname", "CN=" + name, "-keystore", store(name).toString()));
        arguments.addAll(List.of(more));
        keytool(arguments.toArray(String[]::new));
    }

    private static Path trust(String name) throws IOException, InterruptedException {
        Path certificate = folder.resolve(name + ".crt");
        Path trust = folder.resolve("trust-" + name + ".p12");
        keytool("-exportcert", "-alias", name, "-keystore", store(name).toString(), "-file", certificate.toString());
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                name,
                "-file",
                certificate.toString(),
                "-keystore",
                trust.toString());
        return trust;
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
    }
}
