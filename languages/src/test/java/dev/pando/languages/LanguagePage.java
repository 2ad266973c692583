package dev.pando.languages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs of the page, each with what the text block below it says that it prints. */
final class LanguagePage {
    private static final Pattern PROGRAM =
            Pattern.compile("```(kotlin|scala|groovy|clojure)\n(.*?)```\n```text\n(.*?)```", Pattern.DOTALL);

    /** One program of a page. */
    record Program(String language, String source, List<String> printed) {
        /** Returns the class that the compiler makes of the function where the program begins. */
        String mainClass() {
            return switch (language) {
                case "kotlin" -> "ProgramKt";
                case "groovy" -> "Program";
                default -> "program";
            };
        }

        @Override
        public String toString() {
            return language + ": " + printed.getFirst();
        }
    }

    private LanguagePage() {}

    static List<Program> programs(Path page) throws IOException {
        List<Program> all = new ArrayList<>();
        Matcher found = PROGRAM.matcher(Files.readString(page));
        while (found.find()) {
            all.add(new Program(
                    found.group(1), found.group(2), found.group(3).lines().toList()));
        }
        return all;
    }
}
