package dev.pando.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFailedException;
import dev.pando.local.Threads;
import java.io.IOException;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of tasks travels, and that of two programs never meets. */
class TravellingCodeTest {
    @TempDir
    Path folder;

    /** Counts in a static field, so that a test sees which tasks share a class. */
    static final class Counter {
        static int count;

        private Counter() {}

        static int next() {
            return ++count;
        }
    }

    record Order(String name, List<Integer> amounts) implements Serializable {}

    static final class ShopException extends Exception {
        private static final long serialVersionUID = 1L;
        final int code;

        ShopException(int code) {
            super("closed");
            this.code = code;
        }
    }

    @Test
    void recordsCollectionsAndExceptionsOfTheProgramComeBackAsThemselves() {
        try (Pool pool = Pool.open(Cluster.local(Threads.of(1)))) {
            Order order = new Order("tea", List.of(1, 2));

            assertThat(pool.submit(() -> new Order(order.name() + "!", order.amounts()))
                            .result())
                    .isEqualTo(new Order("tea!", List.of(1, 2)));
            assertThatThrownBy(() -> pool.submit((Task<Integer>) () -> {
                                throw new ShopException(7);
                            })
                            .result())
                    .isInstanceOf(TaskFailedException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            ShopException.class, e -> assertThat(e.code).isEqualTo(7));
        }
    }

    @Test
    void aTaskRunsInClassesOfItsOwnAndNotInThoseOfTheProgram() {
        Counter.count = 100;
        try (Pool pool = Pool.open(Cluster.local(Threads.of(1)));
                Pool other = Pool.open(Cluster.local(Threads.of(1)))) {
            assertThat(pool.submit(Counter::next).result()).isEqualTo(1);
            assertThat(pool.submit(Counter::next).result()).isEqualTo(2);
            assertThat(other.submit(Counter::next).result())
                    .as("another program")
                    .isEqualTo(1);
            assertThat(Counter.count).isEqualTo(100);
        }
    }

    @Test
    void whatCannotTravelIsRefusedAtTheCall() {
        try (Pool pool = Pool.open(Cluster.local(Threads.of(1)))) {
            Thread me = Thread.currentThread();

            assertThatThrownBy(() -> pool.submit(() -> me.getName()))
                    .isInstanceOf(NotSendableException.class)
                    .hasMessageContaining("Thread");
            assertThatThrownBy(() -> pool.submit(Thread::currentThread).result())
                    .isInstanceOf(NotSendableException.class)
                    .hasMessageContaining("result");
        }
    }

    @Test
    void twoVersionsOfOneClassAnswerEachForItself() throws Exception {
        try (URLClassLoader first = version(1);
                URLClassLoader second = version(2);
                Pool pool = Pool.open(Cluster.local(Threads.of(2)))) {
            for (int i = 0; i < 20; i++) {
                assertThat(pool.submit(task(first)).result()).isEqualTo("version 1");
                assertThat(pool.submit(task(second)).result()).isEqualTo("version 2");
            }
        }
    }

    @Test
    void theClassesOfAProgramThatHasLeftAreGone() throws Exception {
        WeakReference<Class<?>> there;
        URLClassLoader loader = version(1);
        try (Pool pool = Pool.open(Cluster.local(Threads.of(1)))) {
            assertThat(pool.submit(task(loader)).result()).isEqualTo("version 1");
            there = new WeakReference<>(lastClass());
        }
        loader.close();

        while (there.get() != null) { // the test's own timeout ends it
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(there.get()).isNull();
    }

    @SuppressWarnings("unchecked")
    private static Callable<String> task(ClassLoader loader) throws ReflectiveOperationException {
        return (Callable<String>)
                loader.loadClass("shop.Quote").getConstructor().newInstance();
    }

    /** Compiles a task, and a class that the task needs, into a folder that only this loader knows. */
    private URLClassLoader version(int number) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("src" + number));
        Path classes = Files.createDirectories(folder.resolve("classes" + number));
        Path helper = Files.writeString(sources.resolve("Text.java"), """
            package shop;
            class Text {
                static String text() {
                    return "version %d";
                }
            }
            """.formatted(number));
        Path quote = Files.writeString(sources.resolve("Quote.java"), """
            package shop;
            public class Quote implements java.util.concurrent.Callable<String>, java.io.Serializable {
                public String call() {
                    System.getProperties().put("pando.test.seen", getClass());
                    return Text.text();
                }
            }
            """);
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), helper.toString(), quote.toString());
        assertThat(code).isZero();
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, null);
    }

    /** Returns the class in which the last task of {@link #version} ran, in a thread of this JVM. */
    private static Class<?> lastClass() {
        return (Class<?>) System.getProperties().remove("pando.test.seen");
    }

    @Test
    void aLargeArgumentArrives() {
        try (Pool pool = Pool.open(Cluster.local(Threads.of(1)))) {
            byte[] large = new byte[8 << 20];
            large[large.length - 1] = 7;

            assertThat(pool.timeout(Duration.ofSeconds(60))
                            .submit(() -> large[large.length - 1])
                            .result())
                    .isEqualTo((byte) 7);
            assertThat(pool.submit(() -> new byte[8 << 20]).result()).hasSize(8 << 20);
        }
    }
}
