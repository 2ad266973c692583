package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program, and a library in a jar of its own whose exceptions its tasks throw. */
class LibraryExceptionsTest {
    private static final String LIBRARY = """
        package org.lib;
        public class Driver {
            public enum Code { BUSY }
            public static class DriverException extends java.sql.SQLException {
                public final Code code;
                public DriverException(String message, Code code, Throwable cause) {
                    super(message, "42000", 7, cause);
                    this.code = code;
                }
            }
            public static class ActiveException extends java.io.IOException {
                public ActiveException(String message) { super(message); }
                private void readObject(java.io.ObjectInputStream in) throws java.io.IOException, ClassNotFoundException {
                    in.defaultReadObject();
                    if (System.getProperty("parent") != null) System.out.println("read in the parent");
                }
            }
            public static int query() throws Exception {
                DriverException no = new DriverException("no table", Code.BUSY, new java.io.EOFException("socket"));
                no.addSuppressed(new DriverException("close", Code.BUSY, null));
                throw no;
            }
            public static int act() throws Exception { throw new ActiveException("active"); }
        }
        """;

    private static final String PROGRAM = """
        import dev.pando.*;
        import dev.pando.process.*;
        import org.lib.Driver;
        public class Main {
            static int wrapped() {
                try { return Driver.query(); } catch (Exception e) { throw new IllegalStateException(e); }
            }
            static void show(Processes workers) {
                try (Pool pool = Pool.open(workers)) {
                    Task<Integer> query = () -> wrapped();
                    Task<Integer> act = () -> { Driver.act(); return 1; };
                    Throwable thrown = pool.submit(query).exception();
                    if (thrown.getCause() instanceof java.sql.SQLException e) {
                        System.out.println(e.getClass().getName() + " " + e.getErrorCode() + " " + e.getSQLState());
                        System.out.println(((Driver.DriverException) e).code == Driver.Code.BUSY);
                        System.out.println(e.getStackTrace()[0]);
                        System.out.println(e.getCause() + ", " + e.getSuppressed()[0].getMessage());
                    }
                    try {
                        pool.submit(act).result();
                    } catch (TaskFailedException e) {
                        System.out.println(e.getMessage());
                        System.out.println(e.getCause() instanceof Driver.ActiveException);
                    }
                }
            }
            public static void main(String[] args) {
                System.setProperty("parent", "");
                show(Processes.of(1));
                show(Processes.of(1).accept("org.lib.*"));
            }
        }
        """;

    private ProgramWorkshop shop;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        shop = new ProgramWorkshop(folder);
    }

    @Test
    void plainExceptionsArriveAsThemselvesAndOthersNameTheirAccept() throws Exception {
        Path library =
                shop.jar("lib.jar", "", shop.compile("lib", List.of(), shop.write("org/lib/Driver.java", LIBRARY)));
        String path = library + File.pathSeparator + ProgramWorkshop.pando();
        Path classes = shop.compile("classes", List.of("-cp", path), shop.write("Main.java", PROGRAM));
        List<String> lines = shop.java("-cp", classes + File.pathSeparator + path, "Main")
                .succeeded()
                .lines();
        List<String> sql = List.of(
                "org.lib.Driver$DriverException 7 42000",
                "true",
                "org.lib.Driver.query(Driver.java:19)",
                "java.io.EOFException: socket, close");
        assertThat(lines).hasSize(13);
        assertThat(lines.subList(0, 4)).isEqualTo(sql);
        assertThat(lines.get(4))
                .contains(" threw org.lib.Driver$ActiveException: active (a stand-in: the exception itself holds ")
                .endsWith("reading it can call the readObject of org.lib.Driver$ActiveException: allow it with"
                        + " Processes.accept(\"org.lib.*\"))");
        assertThat(lines.get(5)).isEqualTo("false");
        assertThat(lines.subList(6, 10)).isEqualTo(sql);
        assertThat(lines.get(10)).isEqualTo("read in the parent");
        assertThat(lines.get(11)).endsWith(" threw org.lib.Driver$ActiveException: active");
        assertThat(lines.get(12)).isEqualTo("true");
    }
}
