package dev.pando.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Task;
import dev.pando.spi.UnsendableException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The object that cannot be sent, and the path to it. */
@SuppressWarnings("serial") // these tests need fields that are not serialisable
class UnserializablePathTest extends UnsendableFixture {
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
        isAt(new Connection(), "UnsendableFixture.Connection");
    }

    @Test
    void aField() {
        isAt(new Line(new Connection()), "UnsendableFixture.Line → field what");
    }

    @Test
    void aFieldInARecordInAListInAMapValue() {
        isAt(
                new HashMap<>(Map.of("order", List.of("ok", new Line(new Connection())))),
                "HashMap → value of order → element 1 → field what");
    }

    @Test
    void aKey() {
        isAt(new HashMap<>(Map.of(new Connection(), 1)), "HashMap → key UnsendableFixture.Connection");
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

    @Test
    void aLambdaThatUsesAFieldOfThis() {
        UnsendableException refused = refused(new Shop().bill());
        assertThat(refused.path())
                .isEqualTo("lambda in UnsendableFixture.Shop.bill → captured UnsendableFixture.Shop → field"
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
                        + " UnsendableFixture.Connection");
    }

    @Test
    void aMethodOfAnObject() {
        Task<Integer> task = new Shop()::count;
        assertThat(refused(task).path())
                .isEqualTo("UnsendableFixture.Shop::count → captured UnsendableFixture.Shop → field connection");
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
    void theWayLeadsThroughWhatTravelsByItself() {
        isAt(Optional.of(new Connection()), "Optional → its value");
        isAt(Map.entry("k", new Connection()), "KeyValueHolder → value of k");
        isAt(new ArrayList<>(List.of(1, new Connection())).subList(1, 2), "ArrayList.SubList → element 0");
        isAt(
                new HashMap<>(Map.of("k", new Line(new Connection()))).values(),
                "HashMap.Values → element 0 → field what");
    }
}
