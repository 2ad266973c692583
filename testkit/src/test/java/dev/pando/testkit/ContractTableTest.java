package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table in {@code docs/contract.md} is complete, and every test that it names exists. */
class ContractTableTest {
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| (.*?) \\| (.*) \\|");
    private static final Pattern NAMED = Pattern.compile("\\b([A-Z]\\w*(?:Contract|Test))\\.([a-z]\\w+)");

    private static Map<Integer, String> rows() throws IOException {
        Map<Integer, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "contract.md"))) {
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                continue;
            }
            String before =
                    rows.put(Integer.parseInt(row.group(1)), row.group(3).strip());
            assertThat(before).as("a second row " + row.group(1)).isNull();
        }
        return rows;
    }

    @Test
    void everyScenarioHasARowThatSaysSomething() throws IOException {
        Map<Integer, String> rows = rows();
        assertThat(rows.keySet())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 202).boxed().toList());
        assertThat(rows.values()).allSatisfy(shownBy -> assertThat(shownBy).isNotBlank());
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (Map.Entry<Integer, String> row : rows().entrySet()) {
            Matcher named = NAMED.matcher(row.getValue());
            while (named.find()) {
                if (isThere(named.group(1), named.group(2))) {
                    found++;
                } else {
                    missing.add(row.getKey() + ": " + named.group());
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(found).isGreaterThan(100);
    }

    @Test
    void everyTestOfTheSentencesIsThere() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "contract.md"));
        String sentences = page.substring(page.indexOf("## The sentences of"));
        Matcher named = NAMED.matcher(sentences);
        int found = 0;
        while (named.find()) {
            assertThat(isThere(named.group(1), named.group(2)))
                    .as(named.group())
                    .isTrue();
            found++;
        }
        assertThat(found).isGreaterThan(20);
    }

    /** Looks into the source for a test of core, which is not on this class path. */
    private static boolean isThere(String type, String method) throws IOException {
        try {
            for (Class<?> at = Class.forName("dev.pando.testkit." + type); at != null; at = at.getSuperclass()) {
                if (Arrays.stream(at.getDeclaredMethods()).map(Method::getName).anyMatch(method::equals)) {
                    return true;
                }
            }
        } catch (ClassNotFoundException e) {
            // then a test of core
        }
        try (var files = Files.walk(Path.of("..", "core", "src", "test"))) {
            for (Path file : files.filter(path -> path.endsWith(type + ".java")).toList()) {
                if (Files.readString(file).contains(" " + method + "(")) {
                    return true;
                }
            }
        }
        return false;
    }
}
