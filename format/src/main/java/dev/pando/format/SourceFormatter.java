package dev.pando.format;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Checks that every Java source of the repository is laid out as the formatter lays it out, or lays it out so; and that
 * no line is longer than {@code .editorconfig} says, which the formatter leaves to the author where a comment is too
 * long.
 *
 * <p>A program of its own, and not a Maven plugin, because a plugin runs in Maven's JVM: the formatter parses with the
 * javac of the JVM that it runs in, and Maven may run on a Java that is older than the sources.
 */
public final class SourceFormatter {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    private final Map<Path, String> laidOut = new ConcurrentHashMap<>();
    private final Map<Path, String> unreadable = new ConcurrentHashMap<>();
    private final Map<Path, String> tooLong = new ConcurrentHashMap<>();

    /** As {@code max_line_length} in {@code .editorconfig}. */
    private static final int LONGEST_LINE = 120;

    private SourceFormatter() {}

    /** First argument: {@code check} or {@code apply}; second: the folder of the repository. */
    public static void main(String[] arguments) throws IOException {
        boolean apply = arguments[0].equals("apply");
        if (!apply && !arguments[0].equals("check")) {
            System.err.println("format: say -Dformat=apply or -Dformat=check, not '" + arguments[0] + "'");
            System.exit(2);
        }
        Path root = Path.of(arguments[1]);
        SourceFormatter formatter = new SourceFormatter();
        sources(root).parallelStream().forEach(formatter::layOut);
        System.exit(formatter.finish(root, apply));
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !root.relativize(file).toString().contains("target/"))
                    .toList();
        }
    }

    private void layOut(Path source) {
        try {
            String text = Files.readString(source);
            checkLines(source, text);
            if (isCompact(text)) {
                return;
            }
            String formatted = FORMATTER.formatSourceAndFixImports(text);
            if (!formatted.equals(text)) {
                laidOut.put(source, formatted);
            }
        } catch (FormatterException e) {
            unreadable.put(source, e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program in one file without a class, which this formatter cannot parse yet: its author lays it out. */
    private static boolean isCompact(String text) {
        return text.lines().anyMatch(line -> line.startsWith("void main("));
    }

    private void checkLines(Path source, String text) {
        List<String> lines = text.lines().toList();
        boolean inTextBlock = false; // whose lines are data
        for (int i = 0; i < lines.size(); i++) {
            inTextBlock ^= lines.get(i).split("\"\"\"", -1).length % 2 == 0;
            if (lines.get(i).length() > LONGEST_LINE && !inTextBlock) {
                tooLong.put(source, "line " + (i + 1) + " has " + lines.get(i).length() + " characters");
            }
        }
    }

    private int finish(Path root, boolean apply) throws IOException {
        new TreeMap<>(unreadable)
                .forEach((source, why) ->
                        System.err.println("format: cannot parse " + root.relativize(source) + ": " + why));
        new TreeMap<>(tooLong)
                .forEach((source, what) -> System.err.println(
                        "format: longer than " + LONGEST_LINE + ": " + root.relativize(source) + ", " + what));
        for (Map.Entry<Path, String> source : new TreeMap<>(laidOut).entrySet()) {
            if (apply) {
                Files.writeString(source.getKey(), source.getValue());
            }
            System.err.println(
                    "format: " + (apply ? "laid out " : "not laid out: ") + root.relativize(source.getKey()));
        }
        if (!apply && !laidOut.isEmpty()) {
            System.err.println("format: to lay them out, run  mvn -pl format verify -Dformat=apply");
        }
        return unreadable.isEmpty() && tooLong.isEmpty() && (apply || laidOut.isEmpty()) ? 0 : 1;
    }
}
