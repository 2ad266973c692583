package dev.pando.cluster.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** One line an event, whatever is in it. */
class NodeLogTest {
    private static final String NASTY = "a \"quoted\" word, a \\, two\nlines and a \u001b";

    private static List<String> lines(boolean json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        NodeLog log = new NodeLog(new PrintStream(bytes, true), json);
        log.event("ready", "slots", 4, "reason", NASTY);
        return bytes.toString().lines().toList();
    }

    @Test
    void asJsonALineIsAnObject() {
        List<String> lines = lines(true);

        assertThat(lines).hasSize(1);
        Map<String, Object> read = new Yaml().load(lines.getFirst()); // which reads JSON too
        assertThat(read)
                .containsEntry("event", "ready")
                .containsEntry("slots", 4)
                .containsEntry("reason", NASTY)
                .containsKey("time");
    }

    @Test
    void asTextItBeginsWithTheTimeAndTheEvent() {
        assertThat(lines(false))
                .as("a program names itself, and must not write lines of its own")
                .singleElement()
                .asString()
                .matches("\\S+Z ready: slots 4, reason a \"quoted\" word, a .*");
    }
}
