package dev.pando;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static dev.pando.CoreClasses.check;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What no class of this module does, and what its packages show to users. */
class CodingRulesTest {
    @Test
    void nothingButTheJdk() {
        check(noClasses()
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                        "dev.pando..",
                        "java..",
                        "javax.management..",
                        "jdk.jfr..",
                        "com.sun.management..",
                        "org.jspecify.annotations",
                        "com.google.errorprone.annotations..",
                        "kotlin.internal")))
                .because("the core has no runtime dependency: whoever adds it adds one jar; the annotations of"
                        + " JSpecify, Error Prone and Kotlin are not needed at run time, and the two packages"
                        + " beside java.* are exported by the JDK"));
    }

    /** Public names are what users write; two of the inside of one name are taken for each other in a stack trace. */
    @Test
    void noNameStandsTwice() {
        Set<String> twice = new TreeSet<>();
        Set<String> once = new HashSet<>();
        for (JavaClass type : CoreClasses.CORE) {
            String name = type.getSimpleName();
            if (!name.isEmpty() && !name.equals("package-info") && !once.add(name)) {
                twice.add(name);
            }
        }
        assertThat(twice)
                .as("Outcome.Failure and spi.Failure, Progress and Failure.Progress are public")
                .containsExactly("Failure", "Progress");
    }

    @Test
    void noUnsafe() {
        check(noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("sun.misc", "jdk.internal.."))
                .because("JDK 25 prints a warning on the user's console at the first use of Unsafe, and a later one"
                        + " removes it; VarHandles and the foreign-memory API do the same job"));
    }

    @Test
    void nativeCodeIsCalledInOneClass() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.pando.internal.process.os.NativeCalls")
                .should()
                .dependOnClassesThat(nameMatching("java\\.lang\\.foreign\\.(Linker|SymbolLookup)(\\$.*)?"))
                .because("the JVM prints a warning at the first native call unless the user has granted it, or"
                        + " refuses it: only memory that users or counters work on is worth that, since"
                        + " nothing else can seal it"));
    }

    /**
     * The parent maps nothing that a worker made, and what it shows of its own is sealed ({@code SharedRegion}); the
     * page on which a worker notes its progress is a file to the parent, and memory to its worker alone.
     */
    @Test
    void filesAreMappedWhereAFaultIsThoughtOf() {
        check(noClasses()
                .that()
                .haveNameNotMatching("dev\\.pando\\.internal\\.process\\.(memory\\.(Slab|MemoryMapping|BorrowedMemory)"
                        + "|os\\.SharedPage)")
                .should()
                .callMethodWhere(target(name("map")).and(target(owner(nameMatching("java\\.nio\\.channels\\..*")))))
                .because("mapped memory that another process cuts off faults, and a fault may end the JVM"));
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.pando.internal.process.child")
                .should()
                .callMethodWhere(
                        target(name("borrow")).and(target(owner(name("dev.pando.internal.process.os.SharedPage")))))
                .because("a page of a worker that was cut off must end no more than that worker"));
    }

    @Test
    void nothingIsPrinted() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.pando.process.Output$Console")
                .and()
                .doNotHaveFullyQualifiedName("dev.pando.internal.map.StandardStreams") // asks, and prints nothing
                .and()
                .resideOutsideOfPackage("dev.pando.internal.process.child")
                .should(ACCESS_STANDARD_STREAMS)
                .because("the console belongs to the program that uses us; what must be said goes to"
                        + " System.Logger. What that program's own tasks print in a worker is its own; and"
                        + " a worker is a program itself"));
    }

    @Test
    void nobodySleeps() {
        check(noClasses()
                .should()
                .callMethodWhere(target(name("sleep"))
                        .and(target(owner(nameMatching("java\\.lang\\.Thread|java\\.util\\.concurrent\\.TimeUnit")))))
                .because("every wait has an event; a sleep is a poll, too long for the user and too short for"
                        + " the test"));
    }

    @Test
    void aBackendShowsItsValueAndHidesItsEngine() {
        check(classes()
                .that()
                .resideInAnyPackage("dev.pando.local", "dev.pando.loop", "dev.pando.process")
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should()
                .haveNameMatching(".*\\.(Threads|Virtual|Caller"
                        + "|Loop|RunningLoop|LoopTimeout|ValueCall|Channel|Mutex|Semaphore|Condition|Event|Barrier"
                        + "|Processes|Output|SharedArray)")
                .because("these packages are exported, and on the class path every public type is API whatever"
                        + " module-info says: the engines behind the values are package-private"));
    }

    @Test
    void noSignatureThatUsersSeeNamesTheInside() {
        check(noCodeUnits()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage("dev.pando.internal..")
                .should()
                .haveRawReturnType(resideInAnyPackage("dev.pando.internal.."))
                .orShould()
                .haveRawParameterTypes(anyElementThat(resideInAnyPackage("dev.pando.internal..")))
                .because("a user cannot name such a type; the lint for this is off, as it also asks for the module of"
                        + " the annotations"));
    }

    @Test
    void theModuleExportsTheRoomsForUsersAndNoOther() throws IOException {
        try (InputStream file = Files.newInputStream(CoreClasses.MAIN.resolve("module-info.class"))) {
            var exported = ModuleDescriptor.read(file).exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(ModuleDescriptor.Exports::source);
            assertThat(exported)
                    .as("exported packages; codec, wire, os and worker must stay free to change")
                    .contains("dev.pando", "dev.pando.spi")
                    .isSubsetOf(
                            "dev.pando",
                            "dev.pando.spi",
                            "dev.pando.local",
                            "dev.pando.loop",
                            "dev.pando.process",
                            "dev.pando.shared",
                            "dev.pando.shipping");
        }
    }
}
