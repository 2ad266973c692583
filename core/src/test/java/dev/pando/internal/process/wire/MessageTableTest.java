package dev.pando.internal.process.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of bounds in {@code SECURITY.md} has a row and an attack for each message of a worker. */
class MessageTableTest {
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\|[^|]+\\|([^|]+)\\| `(\\w+)\\.(\\w+)` \\|");

    private static Map<String, Matcher> rows() throws IOException {
        Map<String, Matcher> rows = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("..", "SECURITY.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(rows.put(row.group(1), row))
                        .as("a second row " + line)
                        .isNull();
            }
        }
        return rows;
    }

    @Test
    void everyMessageOfAWorkerHasABound() throws IOException {
        assertThat(rows().keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Message.ToParent.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .toList());
        assertThat(rows().values()).allSatisfy(row -> assertThat(row.group(2)).isNotBlank());
    }

    @Test
    void everyBoundIsAttackedWithItsMessage() throws IOException {
        for (Map.Entry<String, Matcher> row : rows().entrySet()) {
            String source = source(row.getValue().group(3));
            int at = source.indexOf(" void " + row.getValue().group(4) + "()");
            assertThat(at).as(row.getKey() + " has a test").isPositive();
            String test = source.substring(at, source.indexOf("\n    }", at));
            assertThat(test).contains("Message." + row.getKey());
        }
    }

    private static String source(String test) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            return Files.readString(files.filter(file -> file.endsWith(test + ".java"))
                    .findFirst()
                    .orElseThrow());
        }
    }
}
