package dev.pando.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Fn;
import dev.pando.Task;
import dev.pando.internal.codec.message.LoaderNumbers;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CodecTest {
    private final Codec codec = new Codec();

    @SuppressWarnings("unchecked")
    private <T> T trip(T object) throws Exception {
        return (T) codec.decode(codec.encode(object, Direction.ARGUMENT), Direction.ARGUMENT);
    }

    record Point(int x, List<String> names) implements Serializable {}

    @Test
    void valuesRecordsAndNothingTravel() throws Exception {
        Object nothing = trip(null);
        assertThat(nothing).isNull();
        assertThat(trip("text")).isEqualTo("text");
        assertThat(trip(new Point(3, List.of("a")))).isEqualTo(new Point(3, List.of("a")));
        assertThat(trip(new int[][] {{1}, {2, 3}})).isDeepEqualTo(new int[][] {{1}, {2, 3}});
        assertThat(trip(Thread.State.BLOCKED)).isSameAs(Thread.State.BLOCKED);
        assertThat(trip(Map.of("k", List.of(1, 2)))).isEqualTo(Map.of("k", List.of(1, 2)));
        assertThat((Object) trip(int.class)).isSameAs(int.class);
    }

    @Test
    void functionsTravelWithWhatTheyTakeAlong() throws Exception {
        int seven = 7;
        Task<Integer> lambda = () -> seven * 6;
        assertThat(trip(lambda).call()).isEqualTo(42);
        Fn<String, Integer> unbound = String::length;
        assertThat(trip(unbound).apply("four")).isEqualTo(4);
        Fn<Integer, Integer> bound = new Adder(40)::add;
        assertThat(trip(bound).apply(2)).isEqualTo(42);
        Fn<String, StringBuilder> constructor = StringBuilder::new;
        assertThat(trip(constructor).apply("new").toString()).isEqualTo("new");
    }

    record Adder(int base) implements Serializable {
        int add(int more) {
            return base + more;
        }
    }

    static class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        final int code;

        Failed(String message, Throwable cause, int code) {
            super(message, cause);
            this.code = code;
        }
    }

    @Test
    void anExceptionArrivesWithItsCauseWhatItSuppressedItsFramesAndItsFields() {
        Failed thrown = new Failed("no", new IOException("disk"), 42);
        thrown.addSuppressed(new IllegalStateException("also"));
        assertThat(codec.roundTrip(thrown))
                .isInstanceOfSatisfying(
                        Failed.class, arrived -> assertThat(arrived.code).isEqualTo(42))
                .isNotSameAs(thrown)
                .hasMessage("no")
                .hasCause(new IOException("disk"))
                .hasSuppressedException(new IllegalStateException("also"))
                .satisfies(arrived -> assertThat(arrived.getStackTrace()).isEqualTo(thrown.getStackTrace()));
    }

    static class Stuck extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // must not be serialisable
        final Object connection = new Object();

        Stuck(String message, Throwable cause) {
            super(message, cause);
        }
    }

    @Test
    void anExceptionThatCannotTravelSendsAStandInThatSaysAll() {
        Stuck thrown = new Stuck("no", new IOException("disk"));
        thrown.addSuppressed(new IllegalStateException("also"));
        Throwable arrived = codec.roundTrip(thrown);
        assertThat(arrived).isInstanceOf(StandInException.class).hasMessage(Stuck.class.getName() + ": no");
        assertThat(arrived.getStackTrace()).isEqualTo(thrown.getStackTrace());
        assertThat(arrived.getCause()).hasMessage("java.io.IOException: disk");
        assertThat(arrived.getSuppressed())
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .endsWith(": also");
        assertThat(codec.roundTrip(arrived))
                .isInstanceOf(StandInException.class)
                .hasMessage(arrived.getMessage());
    }

    /** An exception whose methods all throw, and that cannot be written either. */
    static class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new AssertionError("no message");
        }

        @Override
        public String toString() {
            throw new StackOverflowError();
        }

        @Override
        public Throwable getCause() {
            throw new AssertionError("no cause");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new AssertionError("no frames");
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new AssertionError("no bytes");
        }
    }

    @Test
    void anExceptionThatAnswersNothingStillHasAStandIn() {
        assertThat(codec.roundTrip(new Hostile()))
                .isInstanceOf(StandInException.class)
                .hasMessageContaining(Hostile.class.getName());
    }

    static class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException {
            throw new ExceptionInInitializerError("not here");
        }
    }

    @Test
    void anExceptionThatCannotBeRebuiltSendsAStandIn() {
        assertThat(codec.roundTrip(new Unreadable()))
                .isInstanceOf(StandInException.class)
                .hasMessageContaining("Unreadable");
    }

    @Test
    void causesInACircleOrTooManyEndSomewhere() {
        Stuck a = new Stuck("a", null) {
            @Override
            public synchronized Throwable getCause() {
                return this;
            }
        };
        assertThat(codec.roundTrip(a)).isInstanceOf(StandInException.class);
        Throwable deep = new Exception("bottom");
        for (int i = 0; i < 20_000; i++) {
            deep = new Exception("level " + i, deep);
        }
        assertThat(codec.roundTrip(deep)).hasMessageContaining("level 19999");
    }

    /** Two paths at each of thirty levels: a billion paths through thirty exceptions. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyWaysThroughFewExceptionsEndSoon() {
        Stuck top = new Stuck("bottom", null);
        for (int i = 0; i < 30; i++) {
            Stuck above = new Stuck("level " + i, top);
            above.addSuppressed(top);
            top = above;
        }
        assertThat(codec.roundTrip(top)).isInstanceOf(StandInException.class).hasMessageContaining("level 29");
    }

    record Picky(String value) implements Serializable {
        Picky {
            if (value.isEmpty()) {
                throw new IllegalArgumentException("empty");
            }
        }

        private Object writeReplace() {
            return new Proxy();
        }

        private static final class Proxy implements Serializable {
            private static final long serialVersionUID = 1L;

            private Object readResolve() {
                return new Picky("");
            }
        }
    }

    @Test
    void whatCannotBeRebuiltSaysSo() throws Exception {
        byte[] bytes = codec.encode(new Picky("value"), Direction.RESULT);
        assertThatThrownBy(() -> codec.decode(bytes, Direction.RESULT))
                .isInstanceOfSatisfying(
                        UnsendableException.class,
                        e -> assertThat(e.direction()).isEqualTo(Direction.RESULT))
                .hasMessageContaining("could not be unpacked")
                .hasRootCauseMessage("empty");
    }

    @Test
    void garbageIsRefused() {
        for (byte[] bytes : List.of(new byte[0], new byte[] {1, 2, 3, 4, 5}, new byte[64])) {
            assertThatThrownBy(() -> codec.decode(bytes, Direction.RESULT)).isInstanceOf(UnsendableException.class);
        }
    }

    @Test
    void classesAreFoundWhereTheDecodingThreadFindsThem() throws Exception {
        byte[] bytes = codec.encode(new Point(1, List.of()), Direction.ARGUMENT);
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        try {
            current.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            assertThat(codec.decode(bytes, Direction.ARGUMENT)).isEqualTo(new Point(1, List.of()));
            current.setContextClassLoader(null);
            assertThat(codec.decode(bytes, Direction.ARGUMENT)).isEqualTo(new Point(1, List.of()));
        } finally {
            current.setContextClassLoader(before);
        }
    }

    private static final int FEW = 10_000;

    @Test
    void aMessageThatIsTooLongIsRefusedByItsSize() throws Exception {
        Codec small = codec.atMost(FEW);
        List<String> some = new ArrayList<>(Collections.nCopies(100, "a"));
        assertThat(small.decode(small.encode(some, Direction.RESULT), Direction.RESULT))
                .isEqualTo(some);
        List<String> many = new ArrayList<>(Collections.nCopies(FEW, "a"));
        assertThatThrownBy(() -> small.encode(many, Direction.RESULT))
                .isInstanceOf(UnsendableException.class)
                .hasMessageStartingWith("cannot be sent: it takes more than")
                .hasNoCause();
    }

    /** Catches what the stream throws, as a class that writes a cache of its own may. */
    private static final class Careless implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            try {
                out.write(new byte[FEW]);
                out.flush();
            } catch (IOException ignored) {
                out.writeInt(0);
            }
        }
    }

    @Test
    void aClassThatCatchesTheRefusalIsRefusedAllTheSame() {
        assertThatThrownBy(() -> codec.atMost(FEW).encode(new Careless(), Direction.RESULT))
                .isInstanceOf(UnsendableException.class)
                .hasMessageStartingWith("cannot be sent: it takes more than");
    }

    /** Finds no memory when it is written, nor when it is read. */
    static class Starved implements Serializable {
        private static final long serialVersionUID = 1L;
        private final boolean writes;

        Starved(boolean writes) {
            this.writes = writes;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            if (!writes) {
                throw new OutOfMemoryError("as if");
            }
            out.defaultWriteObject();
        }

        private void readObject(ObjectInputStream in) {
            throw new OutOfMemoryError("as if");
        }
    }

    @Test
    void aFullHeapIsNotTakenForAFaultOfTheObjectsCode() throws Exception {
        assertThatThrownBy(() -> codec.encode(new Starved(false), Direction.ARGUMENT))
                .isInstanceOf(UnsendableException.class)
                .hasMessage("cannot be sent: the heap of the JVM that wrote it was full (java.lang.OutOfMemoryError:"
                        + " as if): send less, or give that JVM a larger heap")
                .hasCauseInstanceOf(OutOfMemoryError.class);
        byte[] bytes = codec.encode(new Starved(true), Direction.RESULT);
        assertThatThrownBy(() -> codec.decode(bytes, Direction.RESULT))
                .isInstanceOf(UnsendableException.class)
                .hasMessage("was sent, but could not be unpacked where it arrived: the heap was full there"
                        + " (java.lang.OutOfMemoryError: as if): send less, or give that JVM a larger heap")
                .hasCauseInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void aFullHeapOnTheShortWayIsToldAsOnTheLongOne() {
        Codec starved = new Codec(new LoaderNumbers() {
            @Override
            public int numberOf(Class<?> type) {
                throw new OutOfMemoryError("as if");
            }

            @Override
            public ClassLoader numbered(int number) {
                throw new AssertionError("nothing is read");
            }
        });
        int captured = 5;
        assertThatThrownBy(() -> starved.pack((Callable<Integer> & Serializable) () -> captured))
                .isInstanceOf(UnsendableException.class)
                .hasMessageContaining("the heap of the JVM that wrote it was full")
                .hasCauseInstanceOf(OutOfMemoryError.class);
    }
}
