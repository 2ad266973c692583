package dev.pando.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The example programs, by name; never empty. */
record Examples(List<Example> all) {
    /** Returns the one-file programs of a folder. Empty if the folder has none. */
    static Optional<Examples> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (var files = Files.newDirectoryStream(folder, "*.java")) {
            var all = new ArrayList<Example>();
            for (Path file : files) {
                all.add(Example.of(file));
            }
            all.sort(Comparator.comparing(Example::name));
            return all.isEmpty() ? Optional.empty() : Optional.of(new Examples(List.copyOf(all)));
        }
    }

    /** Accepts several spellings: {@code as-completed}, {@code AsCompleted}, {@code AsCompleted.java}. */
    Optional<Example> named(String name) {
        return all.stream().filter(example -> plain(example.name()).equals(plain(name))).findFirst();
    }

    /** Returns the example with the name nearest by edit distance. */
    Example near(String name) {
        return NearName.of(name, all.stream().map(Example::name).toList()).flatMap(this::named).orElseThrow();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("\\.java$", "").replaceAll("[-_]", "");
    }
}
