package dev.pando.testkit;

import java.util.List;

/** Programs as text, all of which show that lambdas, method references, records and exceptions travel. */
final class SourceTexts {
    /** What {@link #SHOW} prints. */
    static final List<String> SHOWN = List.of(
            "lambda 21", "reference 42", "record Doc[name=a, pages=3]", "map [2, 4, 6]", "exception no 7 inner");

    static final String IMPORTS = """
        import dev.pando.*;
        import dev.pando.process.*;
        import java.nio.file.*;
        import java.util.*;
        """;

    static final String MEMBERS = """
        record Doc(String name, int pages) implements java.io.Serializable {}

        static class Bad extends RuntimeException {
            final int code;

            Bad(String message, int code) {
                super(message, new IllegalStateException("inner"));
                this.code = code;
            }
        }

        static int twice(int x) {
            return 2 * x;
        }
        """;

    /** Statements that use a {@code pool}. */
    static final String SHOW = """
        int captured = 20;
        System.out.println("lambda " + pool.submit(() -> captured + 1).result());
        System.out.println("reference " + pool.submit(CLASS::twice, 21).result());
        System.out.println("record " + pool.submit(() -> new Doc("a", 3)).result());
        System.out.println("map " + pool.map(x -> twice(x), List.of(1, 2, 3)).toList());
        try {
            pool.submit(() -> { throw new Bad("no", 7); }).result();
        } catch (TaskFailedException e) {
            Bad bad = (Bad) e.getCause();
            System.out.println("exception " + bad.getMessage() + " " + bad.code + " " + bad.getCause().getMessage());
        }
        """;

    private SourceTexts() {}

    /** Returns a class that opens a pool over this backend and runs this body with it. */
    static String program(String name, String backend, String body) {
        return IMPORTS
                + """
                public class CLASS {
                MEMBERS
                    public static void main(String[] args) throws Exception {
                        try (Pool pool = Pool.open(BACKEND)) {
                BODY
                        }
                    }
                }
                """.replace("MEMBERS", MEMBERS)
                        .replace("BACKEND", backend)
                        .replace("BODY", body)
                        .replace("CLASS", name);
    }

    /** Returns a program that runs {@link #SHOW}. */
    static String program(String name) {
        return program(name, "Processes.of(2)", SHOW);
    }
}
