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
record ExampleCatalog(List<ExampleFile> all) {
    /** Returns the one-file programs of a folder. Empty if the folder has none. */
    static Optional<ExampleCatalog> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (var files = Files.newDirectoryStream(folder, "*.java")) {
            var all = new ArrayList<ExampleFile>();
            for (Path file : files) {
                all.add(ExampleFile.of(file));
            }
            all.sort(Comparator.comparing(ExampleFile::name));
            return all.isEmpty() ? Optional.empty() : Optional.of(new ExampleCatalog(List.copyOf(all)));
        }
    }

    /** Accepts several spellings: {@code as-completed}, {@code AsCompleted}, {@code AsCompleted.java}. */
    Optional<ExampleFile> named(String name) {
        return all.stream()
                .filter(exampleFile -> plain(exampleFile.name()).equals(plain(name)))
                .findFirst();
    }

    /** Returns the example with the name nearest by edit distance. */
    ExampleFile near(String name) {
        return NearName.of(name, all.stream().map(ExampleFile::name).toList())
                .flatMap(this::named)
                .orElseThrow();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("\\.java$", "").replaceAll("[-_]", "");
    }
}
