package dev.pando.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The files in docs/cluster.md by which nodes run as a service, read from that page and started as far as may be. */
@Tag("processes")
@Timeout(120) // JVMs start one after another
class ServiceFilesTest {
    private static final String PASSWORD = "secret";
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    /** What a node takes at most beyond its grace: a second for its programs, five for its workers. */
    private static final int END_SECONDS = 6;

    @TempDir
    static Path folder;

    private final int port = NodeProcess.freePort();
    private final int health = NodeProcess.freePort();

    @BeforeAll
    static void makeKeys() throws Exception {
        Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        Path key = folder.resolve("key.p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=node",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                key.toString());
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
        Files.copy(key, folder.resolve("trust.p12")); // each member has the one certificate, and trusts it
    }

    /** Returns the block of the page in this language. */
    private static String block(String language) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "cluster.md"));
        int from = page.indexOf("```" + language + "\n");
        return page.substring(page.indexOf('\n', from) + 1, page.indexOf("\n```", from) + 1);
    }

    /** Returns the same command on this machine. */
    private List<String> here(List<String> command) {
        return command.stream()
                .map(word -> word.equals("java") || word.equals("/usr/bin/java") ? JAVA : word)
                .map(word -> word.equals("/opt/pando/*") ? NodeProcess.classPath() : word)
                .map(word -> word.replaceAll("^(pando|node1):", "localhost:")
                        .replace("7400", String.valueOf(port))
                        .replace("8080", String.valueOf(health))
                        .replace("$(POD_IP)", "127.0.0.1")
                        .replace("$(POD_NAME)", "pod")
                        .replaceAll("^(/etc/pando|%d)/", folder + "/"))
                .toList();
    }

    private static String after(List<String> command, String option) {
        return command.get(command.indexOf(option) + 1);
    }

    private void runsATaskAndDrains(NodeProcess node) {
        Tls keys = Tls.of(folder.resolve("key.p12"), folder.resolve("trust.p12"), PASSWORD);
        try (Pool pool = Pool.open(Cluster.at("127.0.0.1:" + port).tls(keys).joinTimeout(Duration.ofSeconds(30)))) {
            assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
        }
        node.signal("TERM");
        assertThat(node.exitCode()).isZero();
    }

    @Test
    @SuppressWarnings("unchecked") // a manifest is maps and lists
    void aContainerOfTheManifestIsANodeThatIsReadyAndDrains() throws Exception {
        List<Map<String, Object>> manifest = StreamSupport.stream(
                        new Yaml().loadAll(block("yaml")).spliterator(), false)
                .map(each -> (Map<String, Object>) each)
                .toList();
        Map<String, Object> service = manifest.getFirst();
        assertThat((Map<String, Object>) service.get("spec"))
                .containsEntry("clusterIP", "None")
                .containsEntry("publishNotReadyAddresses", true);
        Map<String, Object> pod = (Map<String, Object>) at(manifest.getLast(), "spec", "template", "spec");
        Map<String, Object> container = ((List<Map<String, Object>>) pod.get("containers")).getFirst();
        List<String> arguments = (List<String>) container.get("args");
        assertThat(after(arguments, "--dns")).isEqualTo(at(service, "metadata", "name") + ":7400");
        assertThat((int) pod.get("terminationGracePeriodSeconds"))
                .isGreaterThan(Integer.parseInt(after(arguments, "--grace")) + END_SECONDS);

        List<String> command = new ArrayList<>(entryPoint());
        command.addAll(arguments);
        try (NodeProcess node = NodeProcess.byCommand("pod", here(command))) {
            List<String> probe = here((List<String>) at(container, "readinessProbe", "exec", "command"));
            assertThat(new ProcessBuilder(probe).inheritIO().start().waitFor()).isZero();
            runsATaskAndDrains(node);
            assertThat(new ProcessBuilder(probe).start().waitFor()).isNotZero();
        }
    }

    private static Object at(Map<String, Object> from, String... path) {
        Object value = from;
        for (String name : path) {
            value = ((Map<?, ?>) value).get(name);
        }
        return value;
    }

    private static List<String> entryPoint() throws IOException {
        String line = block("dockerfile")
                .lines()
                .filter(each -> each.startsWith("ENTRYPOINT "))
                .findFirst()
                .orElseThrow();
        return QUOTED.matcher(line).results().map(word -> word.group(1)).toList();
    }

    @Test
    void theUnitStartsANodeAndGivesItTheTimeToDrain() throws Exception {
        List<String> lines = block("ini").replace("\\\n", " ").lines().toList();
        List<String> command = Arrays.asList(value(lines, "ExecStart").split(" +"));
        assertThat(Integer.parseInt(value(lines, "TimeoutStopSec")))
                .isGreaterThan(Integer.parseInt(after(command, "--grace")) + END_SECONDS);

        try (NodeProcess node = NodeProcess.byCommand("unit", here(command))) {
            runsATaskAndDrains(node);
        }
    }

    private static String value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key + "="))
                .findFirst()
                .orElseThrow()
                .substring(key.length() + 1);
    }

    @Test
    void systemdAcceptsTheUnit() throws Exception {
        Path unit = folder.resolve("pando-node.service");
        Files.writeString(unit, block("ini").replace("/usr/bin/java", JAVA));
        Process verify;
        try {
            verify = new ProcessBuilder("systemd-analyze", "verify", unit.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException none) {
            assumeTrue(false, "this system has systemd-analyze");
            return;
        }
        String said = new String(verify.getInputStream().readAllBytes());
        assertThat(verify.waitFor()).as(said).isZero();
        assertThat(said).doesNotContain("pando-node.service:");
    }
}
