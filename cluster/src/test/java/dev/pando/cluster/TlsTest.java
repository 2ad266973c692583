package dev.pando.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    Path folder;

    @Test
    void aStrangerAndAPlainConnectionAreRefused() throws Exception {
        key("ours");
        key("stranger");
        Path trust = trust("ours");
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
            refused(cluster.tls(Tls.of(store("stranger"), trust, PASSWORD)));
            refused(cluster);
        }
    }

    private static void refused(Cluster cluster) {
        assertThatThrownBy(() -> Pool.open(cluster.joinTimeout(Duration.ofSeconds(3))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no node of the cluster answered");
    }

    private Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    private void key(String name) throws IOException, InterruptedException {
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-keystore",
                store(name).toString());
    }

    private Path trust(String name) throws IOException, InterruptedException {
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
