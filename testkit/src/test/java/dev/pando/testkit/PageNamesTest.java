package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every page names files that exist: a source in backticks, and the target of a link inside the repository. */
class PageNamesTest {
    private static final Path REPOSITORY = Path.of("..");

    /** Where a source is looked for whose name is not written from the repository's root. */
    private static final List<String> ROOTS = List.of(
            "",
            "core/src/main/java/dev/pando/",
            "core/src/test/java/dev/pando/",
            "lab/src/main/java/dev/pando/",
            "lab/src/main/java/dev/pando/lab/",
            "testkit/src/main/java/dev/pando/testkit/",
            "bench/src/main/java/dev/pando/bench/");

    private static final Pattern SOURCE = Pattern.compile("`([\\w/.-]+\\.java)`");

    /** No target has a parenthesis: a call with a type argument in Scala does, as {@code submit[Unit](() => ...)}. */
    private static final Pattern LINK = Pattern.compile("]\\(([^()#\\s]+)(?:#[^)]*)?\\)");

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(REPOSITORY)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
        }
    }

    @Test
    void everySourceThatAPageNamesExists() throws IOException {
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (Path page : pages()) {
            Matcher source = SOURCE.matcher(Files.readString(page));
            while (source.find()) {
                String name = source.group(1);
                if (ROOTS.stream().anyMatch(root -> Files.exists(REPOSITORY.resolve(root + name)))) {
                    found++;
                } else {
                    missing.add(REPOSITORY.relativize(page) + ": " + name);
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(found).as("sources that pages name").isGreaterThan(100);
    }

    @Test
    void everyLinkInsideTheRepositoryLeadsToAFile() throws IOException {
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                String target = link.group(1);
                if (target.contains("://") || target.startsWith("mailto:")) {
                    continue;
                }
                if (Files.exists(page.resolveSibling(target))) {
                    found++;
                } else {
                    missing.add(REPOSITORY.relativize(page) + ": " + target);
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(found).as("links inside the repository").isGreaterThan(50);
    }
}
