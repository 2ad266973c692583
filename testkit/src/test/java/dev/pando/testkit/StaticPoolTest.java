package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A class that opens a pool when it is initialized, and whose lambdas go to that pool: processes must not breed. */
@Timeout(120)
class StaticPoolTest {
    private ProgramWorkshop shop;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        shop = new ProgramWorkshop(folder);
    }

    /** Runs a class with this body, which notes each process that initializes it. */
    private ProgramWorkshop.Ran run(String body) throws Exception {
        String source = SourceTexts.IMPORTS + """
            public class Main {
                static void born() {
                    try {
                        Files.writeString(Path.of("born"), ProcessHandle.current().pid() + "\\n",
                                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            BODY
            }
            """.replace("BODY", body);
        Path classes = shop.compile("classes", List.of(), shop.write("Main.java", source));
        return shop.java("-cp", classes + java.io.File.pathSeparator + shop.pandoJar(), "Main");
    }

    private List<String> born() throws IOException {
        return Files.readAllLines(shop.at("born"));
    }

    @Test
    void aStaticInitializerThatWaitsForItsOwnPoolEndsWithAMessage() throws Exception {
        ProgramWorkshop.Ran ran = run("""
            static final int N;
            static {
                born();
                try (Pool pool = Pool.open(Processes.of(1))) {
                    N = pool.submit(() -> 5).result();
                }
            }
            public static void main(String[] args) {
                System.out.println(N);
            }
            """);
        assertThat(ran.exit()).isNotZero();
        assertThat(ran.err())
                .contains("the static initializer of Main opened the pool")
                .contains("Open the pool in a method, or in a class that no task uses");
        assertThat(born()).as("the program and its worker").hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aPoolInAStaticFieldStartsNoMoreWorkersThanItPromises() throws Exception {
        ProgramWorkshop.Ran ran = run("""
            static final Pool POOL;
            static {
                born();
                POOL = Pool.open(Processes.of(3).eager());
            }
            static int nested() {
                return POOL.submit(() -> 6).result();
            }
            public static void main(String[] args) {
                for (int i = 0; i < 6; i++) {
                    System.out.println(POOL.submit(() -> 5).result());
                }
                System.out.println(POOL.submit(() -> nested()).exception().getMessage());
                POOL.close();
            }
            """);
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.lines()).hasSize(7).startsWith("5", "5", "5", "5", "5", "5");
        assertThat(ran.lines().getLast())
                .contains("this is a worker process")
                .contains("the static initializer of Main opened the pool");
        assertThat(born()).as("the program and its three workers").hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void aPoolThatATaskOpensForItselfIsItsOwnAffair() throws Exception {
        ProgramWorkshop.Ran ran = run("""
            static int inner() {
                try (Pool pool = Pool.open(Processes.of(1))) {
                    return pool.submit(() -> 5).result();
                }
            }
            public static void main(String[] args) {
                try (Pool pool = Pool.open(Processes.of(1))) {
                    System.out.println(pool.submit(() -> inner()).result());
                }
            }
            """);
        assertThat(ran.succeeded().lines()).containsExactly("5");
    }
}
