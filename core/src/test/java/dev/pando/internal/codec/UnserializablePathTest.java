package dev.pando.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pando.Task;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The object that cannot be sent, and the path to it. */
@SuppressWarnings("serial") // these tests need fields that are not serialisable
class UnserializablePathTest {

    /** An object that never travels. */
    static final class Connection {}

    record Line(Object what) implements Serializable {}

    private static UnsendableException refused(Object object) {
        UnsendableException refused =
                catchThrowableOfType(UnsendableException.class, () -> new Codec().encode(object, Direction.ARGUMENT));
        assertThat(refused).isNotNull();
        assertThat(refused.direction()).isEqualTo(Direction.ARGUMENT);
        assertThat(refused.getCause()).isNotNull();
        return refused;
    }

    private static void isAt(Object object, String path) {
        UnsendableException refused = refused(object);
        assertThat(refused.path()).isEqualTo(path);
        assertThat(refused)
                .hasMessageStartingWith(
                        "cannot be sent: " + path + ": " + Connection.class.getName() + " is not serializable. ");
    }

    /** Refuses in words of its own, although it has a field that no stream would take. */
    static final class Sealed implements Serializable {
        private final Connection inside = new Connection();

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new NotSerializableException("the vault is open: " + (inside != null));
        }
    }

    @Test
    void whatItsOwnCodeSaysIsNotTakenForAClassName() {
        UnsendableException refused = refused(new Line(new Sealed()));
        assertThat(refused)
                .hasMessageContaining(
                        "writing it threw java.io.NotSerializableException: the vault is open: true, in a writeObject")
                .hasMessageNotContaining("is not serializable");
    }

    @Test
    void theThingItself() {
        isAt(new Connection(), "UnserializablePathTest.Connection");
    }

    @Test
    void aField() {
        isAt(new Line(new Connection()), "UnserializablePathTest.Line → field what");
    }

    @Test
    void aFieldInARecordInAListInAMapValue() {
        isAt(
                new HashMap<>(Map.of("order", List.of("ok", new Line(new Connection())))),
                "HashMap → value of order → element 1 → field what");
    }

    @Test
    void aKey() {
        isAt(new HashMap<>(Map.of(new Connection(), 1)), "HashMap → key UnserializablePathTest.Connection");
    }

    @Test
    void anArrayElement() {
        UnsendableException refused = refused(new Object[] {1, new Object[] {null, new Connection()}});
        assertThat(refused.path()).startsWith("Object[]").endsWith("[1][1]").doesNotContain(";");
    }

    @Test
    void anElementOfASet() {
        isAt(Set.of(new Connection()), "ImmutableCollections.Set12 → element 0");
    }

    static final class Shop implements Serializable {
        private static final long serialVersionUID = 1L;

        final Connection connection = new Connection();
        transient Connection spare = new Connection();

        Task<Integer> bill() {
            return () -> connection.hashCode();
        }

        int count() {
            return 1;
        }
    }

    @Test
    void aLambdaThatUsesAFieldOfThis() {
        UnsendableException refused = refused(new Shop().bill());
        assertThat(refused.path())
                .isEqualTo("lambda in UnserializablePathTest.Shop.bill → captured UnserializablePathTest.Shop → field"
                        + " connection");
        assertThat(refused)
                .hasMessageEndingWith("The lambda uses a field or a method of `this`, and so takes all of `this` along:"
                        + " copy what it needs into a local variable first, mark the field transient, or create it"
                        + " inside the task.");
    }

    @Test
    void aLambdaThatTakesALocalVariableAlong() {
        Connection local = new Connection();
        Task<Integer> task = () -> local.hashCode();
        UnsendableException refused = refused(task);
        assertThat(refused.path())
                .isEqualTo("lambda in UnserializablePathTest.aLambdaThatTakesALocalVariableAlong → captured"
                        + " UnserializablePathTest.Connection");
    }

    @Test
    void aMethodOfAnObject() {
        Task<Integer> task = new Shop()::count;
        assertThat(refused(task).path())
                .isEqualTo(
                        "UnserializablePathTest.Shop::count → captured UnserializablePathTest.Shop → field connection");
    }

    @Test
    void aPlainLambdaIsToldHowToBecomeATask() {
        Callable<Integer> plain = () -> 1;
        UnsendableException refused = refused(plain);
        assertThat(refused).hasMessageContaining("typed as a plain interface").hasMessageContaining("Task");
        assertThat(refused(new Line(plain)).path()).endsWith("field what");
    }

    static class Plain {
        final Connection connection = new Connection();
    }

    static final class Child extends Plain implements Serializable {
        private static final long serialVersionUID = 1L;

        final Line line = new Line(new Connection());
    }

    @Test
    void fieldsOfAPlainSuperclassAreNotWrittenAndNotBlamed() {
        isAt(new Child(), "UnserializablePathTest.Child → field line → field what");
    }

    enum Op {
        ADD;

        final transient Connection spare = new Connection();
        final Connection connection = new Connection();
    }

    record Order(Op op, Line line) implements Serializable {}

    @Test
    void fieldsOfAConstantStayAtHomeAndAreNotBlamed() {
        isAt(new Order(Op.ADD, new Line(new Connection())), "UnserializablePathTest.Order → field line → field what");
    }

    static final class Node implements Serializable {
        private static final long serialVersionUID = 1L;

        Node next;
        Object what;
    }

    @Test
    void aCircleIsWalkedOnce() {
        Node a = new Node();
        Node b = new Node();
        a.next = b;
        b.next = a;
        b.what = new Connection();
        isAt(a, "UnserializablePathTest.Node → field next → field what");
    }

    @Test
    void theShortestWayIsTold() {
        Connection shared = new Connection();
        isAt(
                List.of(new Line(new Line(shared)), new Line(shared)),
                "ImmutableCollections.List12 → element 1 → field what");
    }

    @Test
    void aLongListOfOnesOwnIsTooDeep() {
        Node first = new Node();
        Node last = first;
        for (int i = 0; i < 200_000; i++) {
            last = last.next = new Node();
        }
        UnsendableException refused = refused(first);
        assertThat(refused.path()).isEqualTo("(too deep)");
        assertThat(refused).hasMessageContaining("linked too deeply").hasCauseInstanceOf(StackOverflowError.class);
    }

    static final class Own implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new IllegalStateException("not now");
        }
    }

    @Test
    void codeOfItsOwnThatThrows() {
        UnsendableException refused = refused(new Line(new Own()));
        assertThat(refused.path()).isEqualTo("(its own code)");
        assertThat(refused).hasMessageContaining("not now").hasCauseInstanceOf(IllegalStateException.class);
    }

    static final class Hides implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeObject(new Connection());
        }
    }

    @Test
    void whatIsWrittenFromNowhereIsAtLeastNamed() {
        UnsendableException refused = refused(new Hides());
        assertThat(refused.path()).isEqualTo("somewhere inside");
        assertThat(refused).hasMessageContaining(Connection.class.getName());
    }

    /** A map class of the user: whatever its methods do, the message names the object that cannot be sent. */
    static final class Odd extends AbstractMap<String, Object> implements Serializable {
        private static final long serialVersionUID = 1L;

        final Connection connection = new Connection();

        @Override
        public Set<Entry<String, Object>> entrySet() {
            throw new UnsupportedOperationException("not to be walked");
        }
    }

    @Test
    void aMapThatCannotBeWalkedIsNoExcuse() {
        assertThat(refused(new Line(new Odd()))).hasMessageContaining(Connection.class.getName());
    }

    @Test
    void anExceptionsOwnField() {
        class Bad extends Exception {
            private static final long serialVersionUID = 1L;

            final List<Object> held = new ArrayList<>(List.of(new Connection()));
        }
        assertThat(refused(new Bad()).path()).contains("field").doesNotContain("somewhere");
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

    private static final String GENERAL = "Make it Serializable (a record is easiest), or create it inside the task.";

    private static void isTold(Object object, String advice) {
        assertThat(refused(object)).hasMessageEndingWith(" is not serializable. " + advice);
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

    @Test
    void theWayLeadsThroughWhatTravelsByItself() {
        isAt(Optional.of(new Connection()), "Optional → its value");
        isAt(Map.entry("k", new Connection()), "KeyValueHolder → value of k");
        isAt(new ArrayList<>(List.of(1, new Connection())).subList(1, 2), "ArrayList.SubList → element 0");
        isAt(
                new HashMap<>(Map.of("k", new Line(new Connection()))).values(),
                "HashMap.Values → element 0 → field what");
    }
}
