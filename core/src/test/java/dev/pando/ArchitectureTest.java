package dev.pando;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The architecture as rules: which package may import which, and why. {@link #rooms()} has a line for each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final Path MAIN = mainClasses();
    private static final JavaClasses CORE = new ClassFileImporter().importPath(MAIN);

    /** A package without its subpackages, which packages or classes of ours it may import, and why no others. */
    record Room(String name, Set<String> mayImport, String because) {}

    static List<Room> rooms() {
        return List.of(
                new Room("dev.pando.spi", Set.of(),
                        "spi is the floor: a backend written against it needs to understand nothing else of ours"),
                new Room("dev.pando.internal.util", Set.of("dev.pando.spi"),
                        "tools that could stand in any library: one that knew a subject of ours would belong to that subject"),
                new Room("dev.pando.codec", Set.of("dev.pando.spi", "dev.pando.internal.util"),
                        "what travels is encoded the same way whoever ships it and whatever API asked for it"),
                new Room("dev.pando", Set.of("dev.pando.spi", "dev.pando.internal.util"),
                        "every backend, threads included, comes through the same narrow door: the API that knew one"
                                + " of them by name would open a second door for it"),
                new Room("dev.pando.local", Set.of("dev.pando.spi", "dev.pando.internal.util", "dev.pando.codec"),
                        "a backend that imported the API could settle a future behind its owner's back, and one that"
                                + " imported another backend could not be understood, or left out, alone"),
                new Room("dev.pando.loop", Set.of("dev.pando.spi", "dev.pando.internal.util", "dev.pando.Action", "dev.pando.DeadlineExceededException",
                        "dev.pando.Futures", "dev.pando.Join", "dev.pando.Pool", "dev.pando.PoolBuilder", "dev.pando.Promise",
                        "dev.pando.Submitter", "dev.pando.Task", "dev.pando.TaskFailedException", "dev.pando.TaskFuture",
                        "dev.pando.TaskGroup"),
                        "a loop is a backend like others, and its verbs are an API of its own: they speak of futures, so"
                                + " they know what users know, and make their own as users do, by a promise"),
                new Room("dev.pando.process", Set.of("dev.pando.spi", "dev.pando.internal.util", "dev.pando.codec", "dev.pando.process.wire",
                        "dev.pando.process.os", "dev.pando.process.memory", "dev.pando.Action"),
                        "parent and worker share the wire, and the system they run on, and nothing else: they are two"
                                + " programs"),
                new Room("dev.pando.process.wire", Set.of("dev.pando.codec", "dev.pando.spi"),
                        "the protocol is data: it must be readable, and testable, without either of its ends"),
                new Room("dev.pando.process.memory", Set.of("dev.pando.spi", "dev.pando.internal.util", "dev.pando.codec", "dev.pando.process.wire", "dev.pando.process.os"),
                        "both programs have memory to share and agree on it in this room, without the one seeing into"
                                + " the other"),
                new Room("dev.pando.process.os", Set.of(),
                        "what is different on another system is found, and replaced, in one place; and the worker,"
                                + " which starts fast, loads it first"),
                new Room("dev.pando.process.worker", Set.of("dev.pando.spi", "dev.pando.codec", "dev.pando.process.wire",
                        "dev.pando.process.os", "dev.pando.process.memory"),
                        "a worker is a program of its own that starts fast and knows the wire only, and where its"
                                + " ends are"));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomImportsWhatItsArrowsSay(Room room) {
        String[] allowed = Stream.concat(Stream.of(room.name), room.mayImport.stream()).toArray(String[]::new);
        check(noClasses().that().resideInAPackage(room.name)
                .should().dependOnClassesThat(resideInAPackage("dev.pando..")
                        .and(not(resideInAnyPackage(allowed)))
                        .and(DescribedPredicate.describe("not " + room.mayImport, type -> !room.mayImport.contains(type.getBaseComponentType().getName()))))
                .because(room.because));
    }

    @Test
    void everyPackageIsARoom() {
        check(classes().should().resideInAnyPackage(rooms().stream().map(Room::name).toArray(String[]::new))
                .because("a package without a line in the table above would have no rule at all"));
    }

    @Test
    void nothingButTheJdk() {
        check(noClasses().should().dependOnClassesThat(not(resideInAnyPackage(
                        "dev.pando..", "java..", "javax.management..", "jdk.jfr..", "com.sun.management..",
                        "org.jspecify.annotations", "com.google.errorprone.annotations..")))
                .because("the core has no runtime dependency: whoever adds it adds one jar; the annotations of"
                        + " JSpecify and Error Prone are not needed at run time, and the two packages beside java.* are exported by the JDK"));
    }

    @Test
    void noUnsafe() {
        check(noClasses().should().dependOnClassesThat(resideInAnyPackage("sun.misc", "jdk.internal.."))
                .because("JDK 25 prints a warning on the user's console at the first use of Unsafe, and a later one"
                        + " removes it; VarHandles and the foreign-memory API do the same job"));
    }

    @Test
    void nothingIsPrinted() {
        check(noClasses().that().doNotHaveFullyQualifiedName("dev.pando.process.Output$Console")
                .and().resideOutsideOfPackage("dev.pando.process.worker")
                .should(ACCESS_STANDARD_STREAMS)
                .because("the console belongs to the program that uses us; what must be said goes to System.Logger."
                        + " What that program's own tasks print in a worker is its own; and a worker is a program itself"));
    }

    @Test
    void nobodySleeps() {
        check(noClasses().should().callMethodWhere(target(name("sleep"))
                        .and(target(owner(nameMatching("java\\.lang\\.Thread|java\\.util\\.concurrent\\.TimeUnit")))))
                .because("every wait has an event; a sleep is a poll, too long for the user and too short for the test"));
    }

    @Test
    void aBackendShowsItsValueAndHidesItsEngine() {
        check(classes().that().resideInAnyPackage("dev.pando.local", "dev.pando.loop", "dev.pando.process")
                .and().arePublic().and().areTopLevelClasses()
                .should().haveNameMatching(".*\\.(Threads|Virtual|Caller"
                        + "|Loop|Channel|Mutex|Semaphore|Event|Barrier"
                        + "|Processes|Output|SharedArray)")
                .because("these packages are exported, and on the class path every public type is API whatever"
                        + " module-info says: the engines behind the values are package-private"));
    }

    @Test
    void theModuleExportsTheRoomsForUsersAndNoOther() throws IOException {
        try (InputStream file = Files.newInputStream(MAIN.resolve("module-info.class"))) {
            var exported = ModuleDescriptor.read(file).exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(ModuleDescriptor.Exports::source);
            assertThat(exported)
                    .as("exported packages; codec, wire, os and worker must stay free to change")
                    .contains("dev.pando", "dev.pando.spi")
                    .isSubsetOf("dev.pando", "dev.pando.spi", "dev.pando.local", "dev.pando.loop", "dev.pando.process");
        }
    }

    /** Passes packages that do not exist yet, because a rule may stand before its package does. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CORE);
    }

    private static Path mainClasses() {
        try {
            return Path.of(Pool.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
