package dev.pando;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pando.local.Caller;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/troubleshooting.md fails as the page says, and what it says to write instead does not. */
@Timeout(600) // the compiler takes seconds, and minutes where others have the processors
@Tag("slow")
class TroubleshootingPageTest {
    private static final Path PAGE = Path.of("../docs/troubleshooting.md");
    private static final Pattern BLOCK = Pattern.compile("```(java|text)\n(.*?)```", Pattern.DOTALL);
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    private static final String AROUND = """
        import dev.pando.*;
        import dev.pando.local.*;
        import java.io.*;
        import java.nio.file.*;
        import java.util.*;
        import java.util.concurrent.*;
        import java.util.function.*;
        import java.util.stream.*;

        public class Main {
            MEMBERS
            public static void snippet() {
                SNIPPET
            }
        }
        """;

    /** A snippet that fails, what is said then, and what is right. */
    private record Trouble(String wrong, List<String> said, String right) {}

    private static String members = "";
    private static final List<Trouble> COMPILING = new ArrayList<>();
    private static final List<Trouble> RUNNING = new ArrayList<>();

    @BeforeAll
    @Timeout(600)
    static void read() throws Exception {
        String page = Files.readString(PAGE);
        int running = page.indexOf("## What submit says");
        Matcher block = BLOCK.matcher(page);
        assertThat(block.find()).isTrue();
        members = block.group(2);
        while (block.find()) {
            boolean runs = block.start() > running;
            String wrong = expect(block, "java");
            assertThat(block.find()).isTrue();
            String said = expect(block, "text");
            assertThat(block.find()).isTrue();
            (runs ? RUNNING : COMPILING).add(new Trouble(wrong, said.lines().toList(), expect(block, "java")));
        }
        assertThat(COMPILING).hasSizeGreaterThan(15);
        assertThat(RUNNING).hasSizeGreaterThan(1);
    }

    private static String expect(Matcher block, String kind) {
        assertThat(block.group(1))
                .as("the order of blocks, at\n" + block.group(2))
                .isEqualTo(kind);
        return block.group(2);
    }

    private static String program(String snippet) {
        return AROUND.replace("MEMBERS", members).replace("SNIPPET", isModule(snippet) ? "" : snippet);
    }

    private static boolean isModule(String snippet) {
        return snippet.startsWith("module ");
    }

    /** Compiles a module without the jar of JSpecify, as its user would. */
    private static List<String> complaints(String snippet, Path classes) {
        Map<String, String> sources = isModule(snippet)
                ? Map.of("module-info", snippet, "Main", "package app;\n" + program(snippet))
                : Map.of("Main", program(snippet));
        // a descriptor in the folder would make a module of whatever is compiled into it later
        Path folder = classes.resolve(isModule(snippet) ? "module" : "plain");
        // a class path is said for a module as well, or else the compiler takes that of the tests
        String[] options = isModule(snippet)
                ? new String[] {"-p", CoreClasses.MAIN.toString(), "-cp", folder.toString()}
                : new String[] {"-cp", CLASS_PATH};
        return flat(SnippetCompiler.complaints(sources, folder, options));
    }

    private static List<String> flat(Map<String, List<String>> complaints) {
        return complaints.values().stream().flatMap(List::stream).toList();
    }

    @Test
    void theCompilerSaysWhatThePageSays(@TempDir Path classes) {
        for (Trouble trouble : COMPILING) {
            List<String> lines = complaints(trouble.wrong, classes);
            List<String> left = lines;
            for (String said : trouble.said) {
                if (!said.equals("...")) {
                    assertThat(left)
                            .as("%s%n%s", trouble.wrong, String.join("\n", lines))
                            .contains(said);
                    left = left.subList(left.indexOf(said) + 1, left.size());
                }
            }
        }
    }

    @Test
    void whatThePageSaysToWriteCompiles(@TempDir Path classes) {
        Map<String, String> together = new LinkedHashMap<>();
        for (Trouble trouble : COMPILING) {
            if (isModule(trouble.right)) {
                assertThat(complaints(trouble.right, classes)).as(trouble.right).isEmpty();
            } else {
                String folder = "right" + together.size();
                together.put(folder + "/Main", "package " + folder + ";\n" + program(trouble.right));
            }
        }
        assertThat(flat(SnippetCompiler.complaints(together, classes, "-cp", CLASS_PATH)))
                .isEmpty();
    }

    @Test
    void thePoolSaysWhatThePageSays(@TempDir Path classes) throws Exception {
        for (Trouble trouble : RUNNING) {
            String message = String.valueOf(run(trouble.wrong, classes));
            for (String said : trouble.said) {
                if (!said.equals("...")) {
                    assertThat(message).as(trouble.wrong).contains(said);
                    message = message.substring(message.indexOf(said) + said.length());
                }
            }
            assertThat(run(trouble.right, classes)).as(trouble.right).isNull();
        }
    }

    /** Returns what the snippet throws; null for nothing. */
    private static Throwable run(String snippet, Path classes) throws Exception {
        assertThat(complaints(snippet, classes)).as(snippet).isEmpty();
        try (Pool pool = Pool.open(Caller.serializing());
                URLClassLoader loader = new URLClassLoader(
                        new URL[] {classes.resolve("plain").toUri().toURL()})) {
            Class<?> main = loader.loadClass("Main");
            Field field = main.getDeclaredField("pool");
            field.setAccessible(true);
            field.set(null, pool);
            Method method = main.getMethod("snippet");
            Throwable thrown = catchThrowable(() -> method.invoke(null));
            return thrown == null ? null : thrown.getCause();
        }
    }

    @Test
    void everyLinkOfTheTableLeadsToItsSection() throws Exception {
        String page = Files.readString(PAGE);
        List<String> sections = page.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceAll("[^\\w -]", "").strip().replace(' ', '-'))
                .map(anchor -> "#" + anchor.toLowerCase(Locale.ROOT))
                .toList();
        List<String> links = Pattern.compile("]\\((#[^)]+)\\)")
                .matcher(page)
                .results()
                .map(link -> link.group(1))
                .toList();
        assertThat(links).hasSizeGreaterThan(10).isSubsetOf(sections);
    }
}
