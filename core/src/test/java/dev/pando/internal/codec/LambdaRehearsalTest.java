package dev.pando.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Task;
import dev.pando.internal.codec.compact.LambdaTemplate;
import dev.pando.internal.codec.policy.StaticInitializers;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Meeting the template of a lambda makes a lambda from it, if that runs no other code. See also SparesMeetTest. */
class LambdaRehearsalTest {
    private static final AtomicInteger CALLS = new AtomicInteger();

    private final Codec codec = new Codec(null, LambdaRehearsalTest.class.getClassLoader());

    @SuppressWarnings("serial") // it is never sent
    private static final class Still implements Serializable {
        static final int CONSTANT = 3;
        final int number;

        Still() {
            number = CALLS.incrementAndGet();
        }

        int twice() {
            return 2 * CALLS.incrementAndGet();
        }

        Task<Integer> ofThis() {
            return () -> number + CALLS.incrementAndGet();
        }

        static List<Task<?>> tasks(
                boolean truth, byte b, char c, short s, int i, long l, float f, double d, String text, int[] array) {
            Still still = new Still();
            return List.of(
                    () -> CALLS.incrementAndGet(),
                    () -> truth ? b + c + s : i + l + f + d,
                    () -> text + array.length + CALLS.incrementAndGet(),
                    still.ofThis(),
                    still::twice,
                    text::length,
                    "constant"::length,
                    Still::new);
        }
    }

    private static class Parent {
        static final Object MADE = new Object();
    }

    private static final class Child extends Parent {}

    private interface Loud {
        Object MADE = new Object();

        default void shout() {}
    }

    private static class Shouting implements Loud {}

    private static final class Louder extends Shouting {}

    /** A class without a static initializer, because a constant needs no code. */
    private static final class Constant {
        static final String TEXT = "text";
    }

    private static final class Talking {
        static final String TEXT = "<clinit>";
    }

    static List<Task<?>> tasks() {
        return Still.tasks(true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6.0, "text", new int[7]);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void aLambdaOfAnyShapeIsMadeAndNotRun(Task<?> task) throws Throwable {
        int before = CALLS.get();
        codec.rehearse(java.util.Objects.requireNonNull(LambdaTemplate.of(task)).bytes);
        assertThat(CALLS.get()).isEqualTo(before);
    }

    private interface Marker {}

    /** The template does not name the second interface, which may have a static initializer. */
    @Test
    void aLambdaOfMoreThanOneInterfaceIsNotMetBeforehand() throws Exception {
        assertThat(codec.pack((Task<Integer>) () -> 1).template()).isNotNull();
        assertThat(codec.pack((Callable<Integer> & Serializable) () -> 1).template())
                .isNotNull();
        assertThat(codec.pack((Task<Integer> & Marker) () -> 1).template()).isNull();
    }

    @Test
    void inertIsWhatHasNothingToInitialize() throws Exception {
        assertThat(StaticInitializers.is(Still.class)).isTrue();
        assertThat(StaticInitializers.is(Constant.class)).isTrue();
        assertThat(StaticInitializers.is(Parent.class)).isFalse();
        assertThat(StaticInitializers.is(Child.class))
                .as("a class whose parent is not inert")
                .isFalse();
        assertThat(StaticInitializers.is(Louder.class))
                .as("a class with an ancestor interface that is not inert")
                .isFalse();
        assertThat(StaticInitializers.is(ArrayList.class))
                .as("a class of the JDK")
                .isTrue();
    }

    /** When in doubt, a class is not inert. */
    @Test
    void whatOnlySeemsToHaveAnInitializerIsNotInert() throws Exception {
        assertThat(StaticInitializers.is(Talking.class)).isFalse();
    }
}
