package dev.pando.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A file of {@code examples/}.
 *
 * @param name the name on the command line: {@code AsCompleted.java} is {@code as-completed}
 * @param about the first sentence of the file's comment, or nothing
 */
record ExampleFile(String name, String about, Path file) {
    // A block comment or a run of line comments: the first one in the file describes it.
    private static final Pattern COMMENT =
            Pattern.compile("/\\*+(.*?)\\*/|((?:^[ \\t]*//[^\\n]*(?:\\n|\\z))+)", Pattern.DOTALL | Pattern.MULTILINE);

    static ExampleFile of(Path file) throws IOException {
        return new ExampleFile(kebab(file), firstSentence(Files.readString(file)), file);
    }

    private static String kebab(Path file) {
        String type = file.getFileName().toString().replaceFirst("\\.java$", "");
        return type.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static String firstSentence(String source) {
        var comment = COMMENT.matcher(source);
        if (!comment.find()) {
            return "";
        }
        String text = comment.group()
                .replaceAll("(?m)^\\s*(/\\*+|\\*+/|\\*|/{2,})", "")
                .replaceAll("\\*/\\s*$", "")
                .replaceAll("\\{@\\w+ ([^}]*)}", "$1")
                .replaceAll("</?\\w+>", "")
                .replaceAll("\\s+", " ")
                .strip();
        return text.replaceFirst("(?<=[.!?])\\s.*$", "");
    }
}
