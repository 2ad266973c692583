package dev.pando.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Task;
import dev.pando.spi.UnsendableException;
import java.io.ByteArrayInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The advice that ends the refusal of an object that cannot be sent. */
@SuppressWarnings("serial") // these tests need fields that are not serialisable
class SendingAdviceTest extends UnsendableFixture {
    private static final String GENERAL = "Make it Serializable (a record is easiest), or create it inside the task.";

    private static void isTold(Object object, String advice) {
        assertThat(refused(object)).hasMessageEndingWith(" is not serializable. " + advice);
    }

    @Test
    void aPlainLambdaIsToldHowToBecomeATask() {
        Callable<Integer> plain = () -> 1;
        UnsendableException refused = refused(plain);
        assertThat(refused).hasMessageContaining("typed as a plain interface").hasMessageContaining("Task");
        assertThat(refused(new Line(plain)).path()).endsWith("field what");
    }

    @Test
    void aProgramInOneFileIsToldToMakeItStatic(@TempDir Path directory) throws Exception {
        ForeignClasses program = ForeignClasses.compile(directory, "Program.java", """
            int rate = 3;
            static Object task;
            void main() {
                dev.pando.Task<Integer> uses = () -> rate * 2;
                task = uses;
            }
            """);
        var constructor = program.type("Program").getDeclaredConstructor();
        constructor.setAccessible(true);
        Object instance = constructor.newInstance();
        var main = program.type("Program").getDeclaredMethod("main");
        main.setAccessible(true);
        main.invoke(instance);
        var task = program.type("Program").getDeclaredField("task");
        task.setAccessible(true);
        UnsendableException refused = refused(task.get(null));
        assertThat(refused.path()).isEqualTo("lambda in Program.main → captured Program");
        assertThat(refused).hasMessageEndingWith("make the field or method it uses static.");
    }

    @Test
    void aClassOfTheUsersIsToldToBecomeSerializable() {
        Connection local = new Connection();
        Task<Integer> task = () -> local.hashCode();
        isTold(local, GENERAL);
        isTold(task, GENERAL);
        isTold(List.of(local), GENERAL);
        isTold(Optional.of(local), GENERAL);
        isTold(Map.entry("k", local), GENERAL);
    }

    @Test
    void onlyAFieldThatMayBeTransientIsToldToBecomeSo() {
        isTold(new Line(new Connection()), GENERAL);
        isTold(
                new Shop(),
                "Make it Serializable (a record is easiest), mark the field transient, or create it inside the task.");
    }

    static class Office {
        int rate = 3;

        Task<Integer> task() {
            return () -> rate;
        }

        int count() {
            return rate;
        }

        Task<Integer> reference() {
            return this::count;
        }

        Task<Integer> both(Connection given) {
            return () -> rate + given.hashCode();
        }

        Object inner() {
            class Inner implements Serializable {
                private static final long serialVersionUID = 1L;

                int rate() {
                    return rate;
                }
            }
            return new Inner();
        }
    }

    @Test
    void thisIsBlamedOnlyIfALambdaTookIt() {
        isTold(
                new Office().task(),
                "The lambda uses a field or a method of `this`, and so takes all of `this` along: copy what it needs"
                        + " into a local variable first, or create it inside the task.");
        for (Object reference : List.of(new Office().reference(), (Task<Integer>) new Office()::count)) {
            isTold(
                    reference,
                    "The method reference takes its object along: refer to a static method, or create the object inside"
                            + " the task.");
        }
        isTold(
                new Office().inner(),
                "A class within a class or a method takes the object around it along: make it static, a record, or a"
                        + " lambda.");
        Line local = new Line(new Connection());
        Task<Integer> captures = () -> local.hashCode();
        assertThat(refused(captures)).hasMessageEndingWith(" is not serializable. " + GENERAL);
    }

    @Test
    void aPlainInterfaceIsToldAlone() {
        Callable<Integer> plain = () -> 1;
        isTold(
                plain,
                "It is a lambda typed as a plain interface: write it as a Task, Fn or Action, or cast it to one.");
    }

    @Test
    void whatBelongsToItsJvmIsNotToldToBecomeARecord() {
        String jvm = "It belongs to its JVM: create it inside the task, from what can be sent.";
        isTold(new Object[] {new Thread()}, jvm);
        isTold(new ByteArrayInputStream(new byte[0]), jvm);
        isTold(List.of(1).iterator(), "Send the collection, or a list of the elements.");
        isTold(List.of(1).spliterator(), "Send the collection, or a list of the elements.");
        isTold(Stream.of(1), "Collect its elements into a list, and send that.");
        isTold(new CompletableFuture<>(), "Wait for its result, and send that.");
        isTold(ForkJoinPool.commonPool(), "A pool stays in its JVM: open one inside the task, or submit from here.");
        isTold(
                new ThreadLocal<>(),
                "A thread-local belongs to its JVM: keep it in a static field, and write a lambda that names that"
                        + " field, as `() -> TRACE.get()` does. The worker then uses its own.");
        isTold(
                ScopedValue.newInstance(),
                "A scoped value belongs to its JVM: keep it in a static field, and carry what is bound to it with"
                        + " ContextCarrier.of(() -> USER).");
    }

    static final class Clock implements Serializable {
        private static final long serialVersionUID = 1L;

        final Thread ticks = new Thread();

        Task<Integer> task() {
            return () -> ticks.hashCode();
        }
    }

    @Test
    void aFieldOfTheJdksInThisIsToldHowItGotThere() {
        assertThat(refused(new Clock().task()))
                .hasMessageEndingWith("copy what it needs into a local variable first, mark the field transient, or"
                        + " create it inside the task.")
                .hasMessageNotContaining("record");
        isTold(
                new Clock(),
                "It belongs to its JVM: create it inside the task, from what can be sent, and mark the field"
                        + " transient.");
    }
}
