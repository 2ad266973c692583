package dev.pando.internal.codec.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.spi.UnsendableException.Direction;
import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectInputValidation;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exceptions whose code would run while they are read: no such code runs unless they are accepted. */
@SuppressWarnings({"serial", "unused", "OverrideThrowableToString"})
class ExceptionGadgetTest extends ExceptionFixture {
    /** How often code of a class that was not accepted ran. */
    private static int sprung;

    private static boolean finalized;

    @BeforeEach
    void unsprung() {
        sprung = 0;
    }

    static final class Longer extends Token {}

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
            finalized = true; // and not counted: those of another test are collected while this one counts
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
            byte[] bytes = codec().encode(new Object[] {active, new HashSet<>(Set.of(active))}, Direction.RESULT);
            sprung = 0;
            assertThat(refused(bytes, allowing()))
                    .hasMessageContaining("holds " + active.getClass().getName() + ", which is not accepted")
                    .hasMessageContaining("allow it with Processes.accept(\"dev.pando.internal.codec.policy.*\")");
            assertThat(sprung).as("calls of code of %s", active.getClass()).isZero();
            assertThat(arrive(active, allowing("dev.pando.internal.codec.policy.*")))
                    .hasSameClassAs(active);
        }
        byte[] sorted = codec().encode(new TreeSet<>(Set.of(new Ordered())), Direction.RESULT);
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
        assertThat(refused(point, allowing())).hasMessageContaining("ExceptionGadgetTest$Point");
        assertThat(refused(below, allowing())).hasMessageContaining("ExceptionGadgetTest$Below");
        assertThat(sprung).isZero();
    }
}
