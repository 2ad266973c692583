package dev.pando;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kotlin.internal.LowPriorityInOverloadResolution;
import org.junit.jupiter.api.Test;

/**
 * Of overloads that take the same lambda, Kotlin's compiler must know which to prefer: a block of that language fits
 * {@code Callable}, {@code Runnable}, {@code Task} and {@code Action} alike. And Scala's compares overloads only if one
 * type declares them.
 */
class KotlinOverloadsTest {
    private static final Set<String> BLOCKS = Set.of(
            "java.util.concurrent.Callable",
            "java.lang.Runnable",
            "dev.pando.Task",
            "dev.pando.Action",
            "dev.pando.loop.ValueCall");

    /** The methods of a public type that differ in their kind of block alone, its own and the inherited ones. */
    private static Map<String, Set<JavaMethod>> rivals(JavaClass type) {
        Map<String, Set<JavaMethod>> all = new TreeMap<>();
        for (JavaMethod method : type.getAllMethods()) {
            List<String> parameters = new ArrayList<>(method.getRawParameterTypes().stream()
                    .map(JavaClass::getName)
                    .toList());
            boolean ours = method.getOwner().getPackageName().startsWith("dev.pando")
                    && !method.getModifiers().contains(JavaModifier.SYNTHETIC);
            if (ours && parameters.removeIf(BLOCKS::contains)) {
                all.computeIfAbsent(method.getName() + parameters, _ -> new TreeSet<>(KotlinOverloadsTest::compare))
                        .add(method);
            }
        }
        all.values().removeIf(same -> same.size() < 2);
        return all;
    }

    private static int compare(JavaMethod one, JavaMethod other) {
        return one.getFullName().compareTo(other.getFullName());
    }

    private static List<JavaClass> api() {
        return CoreClasses.CORE.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> !type.getPackageName().startsWith("dev.pando.internal"))
                .toList();
    }

    @Test
    void oneOfSuchMethodsIsPreferred() {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : api()) {
            rivals(type).forEach((name, methods) -> {
                found.add(type.getSimpleName() + "." + name);
                Set<String> preferred = methods.stream()
                        .filter(method -> !method.isAnnotatedWith(LowPriorityInOverloadResolution.class))
                        .map(method -> method.getRawParameterTypes().getLast().getSimpleName())
                        .collect(Collectors.toSet());
                assertThat(preferred)
                        .as("%s %s", type.getName(), name)
                        .hasSize(1)
                        .doesNotContain("Action");
            });
        }
        assertThat(found).contains("Pool.submit[]", "Submitter.submit[]", "Loop.spawn[]", "Mutex.withLock[]");
    }

    @Test
    void thePoolDeclaresAllOfThem() {
        Set<String> declared = CoreClasses.CORE.get(Pool.class).getMethods().stream()
                .filter(method -> method.getName().equals("submit")
                        && method.getRawParameterTypes().size() == 1)
                .map(method -> method.getRawParameterTypes().getFirst().getSimpleName())
                .collect(Collectors.toSet());
        assertThat(declared).containsExactlyInAnyOrder("Callable", "Runnable", "Task", "Action");
    }
}
