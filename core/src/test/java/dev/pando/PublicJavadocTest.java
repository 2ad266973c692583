package dev.pando;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever users can name has a comment that says what it is, and a method that refuses says what it throws. The
 * doclint of the build checks what is written; it cannot ask for a sentence without asking for each {@code @param} and
 * {@code @return}, most of which would repeat the sentence.
 */
@Timeout(600) // the compiler takes seconds, and minutes where others have the processors
class PublicJavadocTest {
    private static final Path MAIN = Path.of("src", "main", "java");
    private static final Path TESTKIT = Path.of("..", "testkit", "src", "main", "java", "dev", "pando", "testkit");

    private static final List<PublicMember> MEMBERS = new ArrayList<>();

    @BeforeAll
    @Timeout(600)
    static void read() throws IOException {
        SourceTrees trees = new SourceTrees();
        List<CompilationUnitTree> exported = trees.parse(exported());
        ThrownExceptions thrown = new ThrownExceptions();
        exported.forEach(thrown::add);
        trees.parse(thrown.implementations(MAIN)).forEach(thrown::add);
        for (CompilationUnitTree unit : exported) {
            MEMBERS.addAll(PublicMember.of(unit, trees.comments(), thrown));
        }
    }

    private static List<Path> exported() throws IOException {
        List<Path> folders = new ArrayList<>(List.of(TESTKIT));
        try (InputStream file = Files.newInputStream(CoreClasses.MAIN.resolve("module-info.class"))) {
            for (ModuleDescriptor.Exports export : ModuleDescriptor.read(file).exports()) {
                if (!export.isQualified()) { // else it is for another artifact of ours, and for no user
                    folders.add(MAIN.resolve(export.source().replace('.', '/')));
                }
            }
        }
        List<Path> sources = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.list(folder)) {
                sources.addAll(
                        files.filter(file -> file.toString().endsWith(".java")).toList());
            }
        }
        return sources;
    }

    @Test
    void everythingThatUsersCanNameHasASentence() {
        assertThat(MEMBERS).hasSizeGreaterThan(400);
        assertThat(named(MEMBERS.stream().filter(PublicMember::isSilent))).isEmpty();
    }

    @Test
    void everyComponentOfARecordIsTold() {
        assertThat(named(MEMBERS.stream()
                        .filter(member -> !member.untoldComponents().isEmpty())))
                .isEmpty();
    }

    @Test
    void everyMethodThatRefusesSaysWhatItThrows() {
        assertThat(MEMBERS.stream().filter(member -> !member.thrown().isEmpty()))
                .hasSizeGreaterThan(50);
        List<String> untold = new ArrayList<>();
        for (PublicMember member : MEMBERS) {
            TreeSet<String> missing = new TreeSet<>(member.thrown());
            missing.removeAll(member.told());
            missing.forEach(type -> untold.add(member.name() + " throws " + type));
        }
        assertThat(String.join("\n", untold)).isEmpty();
    }

    /** Every method refuses a {@code null}, so the package says so once. */
    @Test
    void everyPackageSaysWhatBecomesOfANull() throws IOException {
        for (Path source : exported()) {
            if (source.endsWith("package-info.java")) {
                assertThat(Files.readString(source)).as(source.toString()).contains("NullPointerException");
            }
        }
    }

    private static String named(Stream<PublicMember> members) {
        return members.map(member -> member.name() + " " + String.join(", ", member.untoldComponents()))
                .sorted()
                .collect(joining("\n"));
    }
}
