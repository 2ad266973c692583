package dev.pando.internal.codec.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.ForeignClasses;
import dev.pando.internal.codec.StandInException;
import dev.pando.internal.codec.policy.ClassPatterns;
import dev.pando.internal.codec.policy.CodeOrigin;
import dev.pando.internal.codec.policy.ResultPolicy;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exceptions that travel to a side that lacks some of their classes. */
class EncodedThrowableTest {
    private static final ResultPolicy OURS =
            new ResultPolicy(CodeOrigin.NONE, ClassPatterns.of(List.of("dev.pando.internal.codec.message.*")));
    private static final ResultPolicy TRUSTS_NOTHING = new ResultPolicy(CodeOrigin.NONE, ClassPatterns.NOTHING);

    private final Codec codec = new Codec();

    static class ParseException extends Exception {
        private static final long serialVersionUID = 1L;

        final int line;

        ParseException(String message, Throwable cause, int line) {
            super(message, cause);
            this.line = line;
        }
    }

    private static ParseException thrown() {
        ParseException thrown = new ParseException("line 3", new IOException("disk"), 3);
        thrown.addSuppressed(new IllegalStateException("also"));
        return thrown;
    }

    @Test
    void whatIsKnownAndLetInArrivesAsItself() {
        ParseException thrown = thrown();
        assertThat(codec.decodeThrowable(codec.encodeThrowable(thrown), OURS))
                .isInstanceOfSatisfying(
                        ParseException.class,
                        arrived -> assertThat(arrived.line).isEqualTo(3))
                .hasMessage("line 3")
                .hasCause(new IOException("disk"))
                .hasSuppressedException(new IllegalStateException("also"))
                .satisfies(arrived -> assertThat(arrived.getStackTrace()).isEqualTo(thrown.getStackTrace()));
    }

    @Test
    void soDoesWhatIsPlainDataWithoutLeave() {
        ParseException thrown = thrown();
        assertThat(codec.decodeThrowable(codec.encodeThrowable(thrown), TRUSTS_NOTHING))
                .isInstanceOfSatisfying(
                        ParseException.class,
                        arrived -> assertThat(arrived.line).isEqualTo(3))
                .hasMessage("line 3")
                .hasCause(new IOException("disk"))
                .hasSuppressedException(new IllegalStateException("also"))
                .satisfies(arrived -> assertThat(arrived.getStackTrace()).isEqualTo(thrown.getStackTrace()));
    }

    /** An exception with code of its own for the way. */
    static class ActiveException extends ParseException {
        private static final long serialVersionUID = 1L;

        static int read;

        ActiveException(ParseException model) {
            super(model.getMessage(), model.getCause(), model.line);
            addSuppressed(model.getSuppressed()[0]);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            read++;
            in.defaultReadObject();
        }
    }

    @Test
    void whatIsNotLetInArrivesAsItsStandInThatSaysHowToLetItIn() {
        ActiveException thrown = new ActiveException(thrown());
        EncodedThrowable encodedThrowable = codec.encodeThrowable(thrown);
        ActiveException.read = 0;
        Throwable arrived = codec.decodeThrowable(encodedThrowable, TRUSTS_NOTHING);
        String name = ActiveException.class.getName();
        assertThat(ActiveException.read).as("calls of its readObject").isZero();
        assertThat(arrived)
                .isInstanceOf(StandInException.class)
                .hasMessage(name + ": line 3")
                .hasToString(name + ": line 3 (a stand-in: the exception itself holds " + name
                        + ", which is not accepted from a worker, because neither the task nor its result type comes"
                        + " from there, and reading it can call the readObject of " + name
                        + ": allow it with Processes.accept(\"dev.pando.internal.codec.message.*\"))");
        assertThat(arrived.getStackTrace()).isEqualTo(thrown.getStackTrace());
        assertThat(arrived.getCause()).hasMessage("java.io.IOException: disk");
        assertThat(arrived.getCause()).hasToString("java.io.IOException: disk (a stand-in)");
        assertThat(arrived.getSuppressed()).hasSize(1);
        assertThat(codec.decodeThrowable(encodedThrowable, OURS)).isInstanceOf(ActiveException.class);
    }

    @Test
    void whatIsKnownOnlyWhereItWasThrownArrivesAsItsStandIn(@TempDir Path directory) throws Exception {
        ForeignClasses foreignClasses = ForeignClasses.compile(
                directory,
                "Own.java",
                "package org.x; public class Own extends RuntimeException { public static Throwable own() { return new"
                        + " Own(); } }");
        Throwable own = (Throwable) foreignClasses.call("org.x.Own", "own");
        EncodedThrowable encodedThrowable = new Codec(null, foreignClasses.loader).encodeThrowable(own);
        assertThat(encodedThrowable.original()).isNotNull();
        assertThat(codec.decodeThrowable(
                        encodedThrowable, new ResultPolicy(CodeOrigin.NONE, ClassPatterns.of(List.of("org.x.*")))))
                .hasMessage("org.x.Own")
                .isInstanceOf(StandInException.class);
        assertThat(new Codec(null, foreignClasses.loader)
                        .decodeThrowable(
                                encodedThrowable,
                                new ResultPolicy(CodeOrigin.NONE, ClassPatterns.of(List.of("org.x.*")))))
                .isInstanceOf(own.getClass());
    }

    /** An exception whose methods all lie. */
    static class Liar extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // must not be serialisable
        final Object connection = new Object();

        @Override
        public String getMessage() {
            throw new StackOverflowError();
        }

        @Override
        public synchronized Throwable getCause() {
            return this;
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            return new StackTraceElement[] {null, new StackTraceElement("A", "b", "A.java", 1)};
        }
    }

    @Test
    void aLiarHasAStandInToo() {
        EncodedThrowable encodedThrowable = codec.encodeThrowable(new Liar());
        assertThat(encodedThrowable.original()).isNull();
        Throwable arrived = codec.decodeThrowable(encodedThrowable, TRUSTS_NOTHING);
        assertThat(arrived).hasMessage(Liar.class.getName() + ": (it cannot say why)");
        assertThat(arrived.toString())
                .contains("the exception itself cannot be sent: EncodedThrowableTest.Liar → field connection");
        assertThat(arrived.getStackTrace()).hasSize(1);
    }

    @Test
    void whateverArrivesThereIsAnException() {
        assertThat(codec.decodeThrowable(new EncodedThrowable(new byte[] {1}, new byte[0]), TRUSTS_NOTHING))
                .isInstanceOf(StandInException.class);
        assertThat(codec.decodeThrowable(
                        new EncodedThrowable(null, "no stream".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        TRUSTS_NOTHING))
                .isInstanceOf(StandInException.class);
    }

    @Test
    void errorsAndThoseOfTheJdkNeedNoLeave() {
        for (Throwable thrown : List.of(
                new StackOverflowError(),
                new java.sql.SQLException("no", "42", 7),
                new java.nio.file.NoSuchFileException("f"))) {
            assertThat(codec.decodeThrowable(codec.encodeThrowable(thrown), TRUSTS_NOTHING))
                    .hasSameClassAs(thrown)
                    .hasMessage(thrown.getMessage());
        }
    }
}
