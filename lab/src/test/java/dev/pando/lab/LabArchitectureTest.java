package dev.pando.lab;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages of the lab, and which of them each may import. */
class LabArchitectureTest {
    private static final JavaClasses LAB = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.pando.lab");

    record Room(String name, Set<String> mayImport, String because) {}

    static List<Room> rooms() {
        return List.of(
                new Room("language", Set.of(), "words are the floor: a message knows nothing of what it tells"),
                new Room(
                        "result",
                        Set.of("language"),
                        "what was found is data: it is read by the terminal, the page and programs alike"),
                new Room(
                        "experiment",
                        Set.of("result", "language"),
                        "an experiment neither knows nor cares where its result is shown"),
                new Room("advise", Set.of("result"), "the adviser is an API as well: it prints nothing"),
                new Room("call", Set.of(), "how a method is found has nothing to do with what it is found for"),
                new Room(
                        "report",
                        Set.of("result", "language"),
                        "a report can be written of any result, whatever produced it"),
                new Room(
                        "terminal",
                        Set.of("result", "experiment", "language"),
                        "the terminal shows results, and hears of progress"),
                new Room(
                        "look",
                        Set.of("language", "terminal", "report"),
                        "a program is looked at from outside: what the lab measures has no part in it"));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomImportsWhatItsArrowsSay(Room room) {
        String[] allowed = Stream.concat(Stream.of(room.name), room.mayImport.stream())
                .map(name -> "dev.pando.lab." + name)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dev.pando.lab." + room.name)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.pando.lab..").and(not(resideInAnyPackage(allowed))))
                .because(room.because)
                .check(LAB);
    }

    @Test
    void everyPackageIsARoom() {
        classes()
                .should()
                .resideInAnyPackage(Stream.concat(
                                Stream.of("dev.pando.lab"), rooms().stream().map(room -> "dev.pando.lab." + room.name))
                        .toArray(String[]::new))
                .because("a package without a line in the table above would have no rule at all")
                .check(LAB);
    }

    @Test
    void theLabUsesWhatItsReadersCanUse() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("dev.pando..")
                        .and(not(resideInAnyPackage(
                                "dev.pando",
                                "dev.pando.spi",
                                "dev.pando.local",
                                "dev.pando.loop",
                                "dev.pando.process",
                                "dev.pando.shared",
                                "dev.pando.cluster",
                                "dev.pando.lab.."))))
                .because("a reader cannot repeat an experiment that uses the inside of Pando")
                .check(LAB);
    }

    @Test
    void fewDependencies() {
        noClasses()
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                        "dev.pando..",
                        "java..",
                        "javax.tools..",
                        "com.sun.net.httpserver..",
                        "com.sun.management..",
                        "com.sun.tools.attach..",
                        "picocli..",
                        "org.jspecify..")))
                .because("a fresh clone builds the lab before it can run: every jar is waited for")
                .check(LAB);
    }
}
