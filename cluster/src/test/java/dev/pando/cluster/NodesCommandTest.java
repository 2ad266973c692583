package dev.pando.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code pando nodes} lists the nodes. */
@Tag("processes")
class NodesCommandTest {

    private static String said(int code, int port) throws Exception {
        Process nodes = NodeProcess.run(List.of("nodes", "--join", "127.0.0.1:" + port));
        String said = new String(nodes.getInputStream().readAllBytes());
        assertThat(nodes.waitFor()).as(said).isEqualTo(code);
        return said;
    }

    @Test
    void everyNodeIsListedWithItsSlotsAndItsVersion() throws Exception {
        int port = NodeProcess.freePort();
        try (NodeProcess alpha = NodeProcess.ready(port, "alpha", "threads:2");
                NodeProcess _ = NodeProcess.ready(port, "beta", "virtual:3")) {
            alpha.await("members: count 2"); // where the first was slow to answer, they meet a few seconds later
            List<String> lines = said(0, port).lines().toList();

            assertThat(lines).hasSize(3);
            assertThat(lines.getFirst()).startsWith("node").contains("slots", "running", "waiting", "version, age");
            assertThat(lines.subList(1, 3))
                    .anySatisfy(line ->
                            assertThat(line).matches("alpha +Threads.of\\(2\\) +2 +0 +0 +0 .* on Java 25, \\d+ s"))
                    .anySatisfy(line -> assertThat(line).matches("beta +Virtual.* +3 +0 +0 +0 .*"));
        }
        assertThat(said(3, port)).contains("no node answered").contains("127.0.0.1:" + port);
    }
}
