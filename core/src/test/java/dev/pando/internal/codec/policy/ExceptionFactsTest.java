package dev.pando.internal.codec.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.codec.ForeignClasses;
import java.io.IOException;
import java.io.NotActiveException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;
import org.opentest4j.ValueWrapper;

/** Exceptions of the class path that no task comes from: which of them any worker may send. */
@SuppressWarnings({"serial", "unused", "OverrideThrowableToString"})
class ExceptionFactsTest extends ExceptionFixture {
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
