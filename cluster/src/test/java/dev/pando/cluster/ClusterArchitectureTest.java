package dev.pando.cluster;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages of the cluster, and which of them each may import. */
class ClusterArchitectureTest {
    private static final String HERE = "dev.pando.cluster.internal.";
    private static final JavaClasses CLUSTER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.pando.cluster");

    record Room(String name, Set<String> mayImport, String because) {}

    static List<Room> rooms() {
        return List.of(
                new Room("fabric", Set.of(), "another engine takes the place of this package and of no other"),
                new Room("wire", Set.of(), "the protocol is data: it is read and tested without either end"),
                new Room("placement", Set.of(), "what it imported could have a thread, a clock, a lock or a file"),
                new Room("relay", Set.of(), "it runs in workers, which know neither node nor program"),
                new Room("link", Set.of("fabric", "wire"), "both ends share it, so it knows neither"),
                new Room("node", Set.of("fabric", "wire", "link", "relay"), "a node runs tasks and places none"),
                new Room(
                        "program",
                        Set.of("fabric", "wire", "link", "relay", "placement", "node"),
                        "a program sends tasks; it knows nodes only to have one inside"),
                new Room(
                        "command",
                        Set.of("fabric", "wire", "link", "node"),
                        "the command line starts nodes and opens no pool"));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomImportsWhatItsArrowsSay(Room room) {
        String[] allowed = Stream.concat(Stream.of(room.name), room.mayImport.stream())
                .map(name -> HERE + name)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(HERE + room.name)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.pando.cluster..").and(not(resideInAnyPackage(allowed))))
                .because(room.because)
                .check(CLUSTER);
    }

    @Test
    void everyPackageIsARoom() {
        classes()
                .should()
                .resideInAnyPackage(Stream.concat(
                                Stream.of("dev.pando.cluster"), rooms().stream().map(room -> HERE + room.name))
                        .toArray(String[]::new))
                .check(CLUSTER);
    }

    @Test
    void onlyTheFabricKnowsItsEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HERE + "fabric")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jgroups..")
                .because("the engine is chosen in one place")
                .check(CLUSTER);
    }

    @Test
    void noClassKnowsTheInsideOfTheCore() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("dev.pando.internal.."))
                .because("a cluster is a backend like a stranger's")
                .check(CLUSTER);
    }

    @Test
    void onlyTheLogKnowsTheTimeOfDay() {
        noClasses()
                .that()
                .doNotHaveSimpleName("NodeLog")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat(belongToAnyOf(java.time.Clock.class, java.time.Instant.class))
                .because("the clocks of machines need not agree")
                .check(CLUSTER);
    }

    @Test
    void packagesHaveNoCircle() {
        slices().matching("dev.pando.cluster.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLUSTER);
    }
}
