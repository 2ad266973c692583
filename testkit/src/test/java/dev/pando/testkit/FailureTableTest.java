package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * The tables in {@code docs/failures.md} are complete, and what they name exists. The head of a column names test
 * classes, and its cells name their methods.
 */
class FailureTableTest {
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*Test)`");
    private static final Pattern METHOD = Pattern.compile("`([a-z]\\w+)`");
    private static final Pattern WHOLE = Pattern.compile("`([A-Z]\\w*Test)\\.([a-z]\\w+)`");
    private static final Pattern NOTE = Pattern.compile("\\[\\^(\\w+)](:?)");
    private static final Set<String> WORDS = Set.of("submit");

    private final Set<String> named = new TreeSet<>();
    private final Set<String> classes = new TreeSet<>();

    private static List<String> page() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "failures.md"));
    }

    @Test
    void everyCellNamesTestsThatAreThere() throws Exception {
        List<List<String>> head = List.of();
        for (String line : page()) {
            if (!line.startsWith("|")) {
                head = List.of();
                for (MatchResult whole : matches(WHOLE, line)) {
                    assertThere(whole.group(1), whole.group(2), line);
                }
            } else if (head.isEmpty()) {
                head = cells(line).stream()
                        .map(cell -> matches(CLASS, cell).stream()
                                .map(match -> match.group(1))
                                .toList())
                        .toList();
                head.forEach(classes::addAll);
            } else if (!line.startsWith("|---")) {
                row(head, cells(line), line);
            }
        }
        assertThat(named).hasSizeGreaterThan(60);
        assertThat(named).as("tests of these classes").containsExactlyInAnyOrderElementsOf(tests());
    }

    private void row(List<List<String>> head, List<String> cells, String line) throws Exception {
        assertThat(cells).as(line).hasSameSizeAs(head).noneMatch(String::isBlank);
        for (int i = 0; i < cells.size(); i++) {
            if (head.get(i).isEmpty()) {
                continue;
            }
            List<String> methods = matches(METHOD, cells.get(i)).stream()
                    .map(match -> match.group(1))
                    .filter(word -> !WORDS.contains(word))
                    .toList();
            if (methods.isEmpty()) {
                assertThat(cells.get(i)).as(line).contains("[^");
            }
            for (String type : head.get(i)) {
                for (String method : methods) {
                    assertThere(type, method, line);
                }
            }
        }
    }

    private void assertThere(String type, String method, String line) throws Exception {
        assertThat(testsOf(type)).as(line).contains(type + "." + method);
        named.add(type + "." + method);
        classes.add(type);
    }

    private Set<String> tests() throws Exception {
        Set<String> all = new TreeSet<>();
        for (String type : classes) {
            all.addAll(testsOf(type));
        }
        return all;
    }

    private static Set<String> testsOf(String name) throws Exception {
        Set<String> all = new TreeSet<>();
        for (Class<?> type = Class.forName("dev.pando.testkit." + name); type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class)) {
                    all.add(name + "." + method.getName());
                }
            }
        }
        return all;
    }

    @Test
    void everyFootnoteIsThereAndIsUsed() throws IOException {
        Set<String> used = new TreeSet<>();
        List<String> written = new ArrayList<>();
        for (String line : page()) {
            for (MatchResult note : matches(NOTE, line)) {
                if (note.group(2).isEmpty()) {
                    used.add(note.group(1));
                } else {
                    written.add(note.group(1));
                }
            }
        }
        assertThat(written).containsExactlyInAnyOrderElementsOf(used);
    }

    private static List<String> cells(String line) {
        return List.of(line.substring(1, line.lastIndexOf('|')).split("\\|", -1));
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }
}
