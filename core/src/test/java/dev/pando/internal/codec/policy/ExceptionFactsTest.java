package dev.pando.internal.codec.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.ForeignClasses;
import dev.pando.spi.UnsendableException.Direction;
import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotActiveException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectInputValidation;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;
import org.opentest4j.ValueWrapper;

/** Exceptions of the class path that no task comes from: which of them any worker may send. */
@SuppressWarnings({"serial", "unused", "OverrideThrowableToString"})
class ExceptionFactsTest extends ResultFixture {
    private final Codec codec = new Codec();

    /** How often code of a class that was not accepted ran. */
    private static int sprung;

    @Override
    Codec codec() {
        return codec;
    }

    @BeforeEach
    void unsprung() {
        sprung = 0;
    }

    enum Code {
        BUSY(5),
        LOCKED(6) {
            @Override
            public String toString() {
                return "locked";
            }
        };

        final int number;

        Code(int number) {
            this.number = number;
        }
    }

    /** As the parsers of JavaCC have it. */
    static class Token implements Serializable {
        int line;
        Token next;
    }

    static final class Longer extends Token {}

    static class DriverException extends SQLException {
        final Code code;
        Token[] tokens = {};
        Object anything;
        transient Thread thread = Thread.currentThread();

        DriverException(String message, Code code) {
            super(message, "42000", 7);
            this.code = code;
        }

        @Override
        public String getMessage() {
            return super.getMessage() + " (" + code + ")";
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return super.fillInStackTrace();
        }
    }

    @Test
    void plainOnesArriveAsThemselves() throws Exception {
        DriverException thrown = new DriverException("no", Code.LOCKED);
        thrown.tokens = new Token[] {new Token()};
        thrown.tokens[0].next = new Token();
        thrown.tokens[0].next.line = 3;
        thrown.setNextException(new DriverException("next", Code.BUSY));
        thrown.initCause(new AssertionFailedError("not so", "a", List.of(1)));
        thrown.addSuppressed(new MultipleFailuresError("two", List.of(new IOException(), new AssertionError())));
        DriverException arrived = (DriverException) arrive(thrown, allowing());
        assertThat((Throwable) arrived).isNotSameAs(thrown).hasMessage("no (locked)");
        assertThat(arrived.getStackTrace()).isEqualTo(thrown.getStackTrace());
        assertThat(arrived.getErrorCode()).isEqualTo(7);
        assertThat(arrived.tokens[0].next.line).isEqualTo(3);
        assertThat((Throwable) arrived.getNextException()).isInstanceOf(DriverException.class);
        assertThat(arrived.getCause())
                .isInstanceOfSatisfying(
                        AssertionFailedError.class,
                        cause -> assertThat(cause.getActual().getValue()).isEqualTo(List.of(1)));
        assertThat(arrived.getSuppressed()[0])
                .isInstanceOfSatisfying(
                        MultipleFailuresError.class,
                        both -> assertThat(both.getFailures()).hasSize(2));
        Object[] all =
                (Object[]) arrive(new Object[] {new DriverException[] {thrown}, DriverException.class}, allowing());
        assertThat(all[0]).isInstanceOf(DriverException[].class);
    }

    @Test
    void whatTheyHoldIsLetInOnlyWithThem() throws Exception {
        assertThat(refused(new Token(), allowing())).hasMessageContaining("holds " + Token.class.getName());
        assertThat(refused(ValueWrapper.create("v"), allowing())).hasMessageContaining("accept(\"org.opentest4j.*\")");
        assertThat(refused(Code.BUSY, allowing())).hasMessageContaining("Code");
        assertThat(refused(new Object[] {new Token(), new DriverException("", Code.BUSY)}, allowing()))
                .hasMessageContaining("Token");
    }

    /** An object that does something when it is read. */
    static class Gadget implements Serializable {
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            sprung++;
            in.defaultReadObject();
        }
    }

    /** An object that does something when a set is read that it is in. */
    static class Hashed implements Serializable {
        @Override
        public int hashCode() {
            return sprung++;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }

    static class HoldsGadget extends RuntimeException {
        Gadget gadget = new Gadget();
        Hashed hashed;
    }

    @Test
    void aGadgetInAFieldIsRefused() throws Exception {
        assertThat(refused(new HoldsGadget(), allowing()))
                .hasMessageContaining("holds " + Gadget.class.getName() + ",")
                .hasMessageContaining("accept(\"dev.pando.internal.codec.policy.*\")");
        HoldsGadget hashed = new HoldsGadget();
        hashed.gadget = null;
        hashed.hashed = new Hashed();
        refused(hashed, allowing());
        for (Object held : List.of(new Gadget(), Set.of(new Hashed()), new Longer(), UnaryOperator.identity())) {
            DriverException holds = new DriverException("", Code.BUSY);
            holds.anything = held;
            if (held instanceof Serializable) {
                refused(holds, allowing());
            }
        }
        assertThat(sprung).isZero();
        hashed.hashed = null;
        assertThat(arrive(hashed, allowing())).as("without its gadget").isInstanceOf(HoldsGadget.class);
    }

    static class Reads extends Exception {
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            sprung++;
            in.defaultReadObject();
        }
    }

    static class BelowReads extends Reads {}

    static class NoData extends Exception {
        private void readObjectNoData() {
            sprung++;
        }
    }

    static class Resolves extends Exception {
        Object readResolve() {
            sprung++;
            return this;
        }
    }

    static class Finalized extends Exception {
        @Override
        @SuppressWarnings({"removal", "Finalize", "deprecation"})
        protected void finalize() {
            sprung++;
        }
    }

    static class Initialized extends Exception {
        @Override
        public synchronized Throwable initCause(Throwable cause) {
            sprung++;
            return this;
        }
    }

    static class Equal extends Exception {
        @Override
        public int hashCode() {
            return sprung++;
        }

        @Override
        public boolean equals(Object other) {
            sprung++;
            return this == other;
        }
    }

    static class Ordered extends Exception implements Comparable<Ordered> {
        @Override
        public int compareTo(Ordered other) {
            sprung++;
            return 1;
        }
    }

    static class External extends Exception implements Externalizable {
        public External() {
            sprung++;
        }

        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {
            sprung++;
        }
    }

    static class Validated extends Exception implements ObjectInputValidation {
        @Override
        public void validateObject() throws InvalidObjectException {
            sprung++;
        }
    }

    interface Sortable extends Comparable<Object> {}

    static class Indirect extends Exception implements Sortable {
        @Override
        public int compareTo(Object other) {
            return sprung++;
        }
    }

    @Test
    void anExceptionWithCodeThatReadingCallsIsRefusedUnlessAccepted() throws Exception {
        for (Exception active : List.of(
                new Reads(),
                new BelowReads(),
                new NoData(),
                new Resolves(),
                new Finalized(),
                new Initialized(),
                new Equal(),
                new Ordered(),
                new External(),
                new Validated(),
                new Indirect())) {
            byte[] bytes = codec.encode(new Object[] {active, new HashSet<>(Set.of(active))}, Direction.RESULT);
            sprung = 0;
            assertThat(refused(bytes, allowing()))
                    .hasMessageContaining("holds " + active.getClass().getName() + ", which is not accepted")
                    .hasMessageContaining("allow it with Processes.accept(\"dev.pando.internal.codec.policy.*\")");
            assertThat(sprung).as("calls of code of %s", active.getClass()).isZero();
            assertThat(arrive(active, allowing("dev.pando.internal.codec.policy.*")))
                    .hasSameClassAs(active);
        }
        byte[] sorted = codec.encode(new TreeSet<>(Set.of(new Ordered())), Direction.RESULT);
        sprung = 0;
        refused(sorted, allowing());
        assertThat(sprung).isZero();
    }

    record Point(int x) implements Serializable {
        Point {
            sprung++;
        }
    }

    static class Plain {
        Plain() {
            sprung++;
        }
    }

    static class Below extends Plain implements Serializable {}

    static class HoldsPoint extends Exception {
        Point point;
        Below below;
    }

    @Test
    void aFieldWhoseConstructorReadingWouldCallIsRefused() throws Exception {
        HoldsPoint point = new HoldsPoint();
        point.point = new Point(1);
        HoldsPoint below = new HoldsPoint();
        below.below = new Below();
        sprung = 0;
        assertThat(refused(point, allowing())).hasMessageContaining("ExceptionFactsTest$Point");
        assertThat(refused(below, allowing())).hasMessageContaining("ExceptionFactsTest$Below");
        assertThat(sprung).isZero();
    }

    static class Own extends AssertionFailedError {
        Own() {
            super("own", 1, 2);
        }
    }

    @Test
    void anExceptionOfTheTasksJarBringsThePartsOfTheLibraryOneThatItExtends() throws Exception {
        Own arrived = (Own) arrive(new Own(), allowing(Own.class.getName()));
        assertThat(arrived.getExpected().getValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.rmi.RemoteException", "javax.naming.NamingException"})
    void whatExtendsAnExceptionOfTheJdkThatIsNoPlainDataIsNoneItself(String parent) throws Exception {
        assertThat(ExceptionFacts.of(Class.forName(parent)).objection).contains(parent);
    }

    @Test
    void anotherLoaderIsNotTheClassPath(@TempDir Path directory) throws Exception {
        ForeignClasses foreign = ForeignClasses.compile(
                directory, "Own.java", "package org.x; public class Own extends java.io.IOException {}");
        assertThat(ExceptionFacts.of(foreign.type("org.x.Own")).objection)
                .isEqualTo("org.x.Own is not on the class path");
        assertThat(ExceptionFacts.of(NotActiveException.class).objection).isNull();
    }
}
