package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Fn;
import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import dev.pando.process.Processes;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tasks whose classes are on no class path, because a class loader of the program defined them. */
@Timeout(120)
class ChildLoadersTest {
    @RegisterExtension
    final Pools pools = new Pools();

    private ProgramWorkshop shop;
    private Pool pool;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        shop = new ProgramWorkshop(folder);
        pool = pools.open(Pool.with(Processes.of(1)).named(pools.name()));
    }

    /** Compiles one version of a plugin's classes. */
    private Path plugin(String version) {
        return shop.compile(
                version,
                List.of("-cp", ProgramWorkshop.pando() + File.pathSeparator + ProgramWorkshop.placeOf(Gate.class)),
                shop.write(version + "-src/plugin/Plugin.java", """
                    package plugin;
                    import dev.pando.*;
                    import dev.pando.testkit.*;
                    public class Plugin implements Task<Object> {
                        public record Page(String version) implements java.io.Serializable {}
                        public static class Bad extends RuntimeException {
                            public final int code = 7;
                        }
                        static class Late { static final String SAYS = "late VERSION"; }
                        static class Later { static String says() { return "later VERSION"; } }
                        public Object call() { return new Page("VERSION"); }
                        public static Task<String> lambda() { return () -> Late.SAYS.length() + Later.says(); }
                        public static Task<String> lambda(Gate.Handle gate) { return () -> { gate.await(); return Later.says(); }; }
                        public static Fn<Object, String> eater() { return page -> ((Page) page).version() + " eaten by VERSION"; }
                        public static Task<String> thrower() { return () -> { throw new Bad(); }; }
                    }
                    """.replace("VERSION", version)));
    }

    private static URLClassLoader loader(Path... places) throws IOException {
        URL[] urls = new URL[places.length];
        for (int i = 0; i < places.length; i++) {
            urls[i] = places[i].toUri().toURL();
        }
        return new URLClassLoader(urls, ChildLoadersTest.class.getClassLoader());
    }

    private static Object make(ClassLoader loader) throws ReflectiveOperationException {
        return loader.loadClass("plugin.Plugin").getConstructor().newInstance();
    }

    @SuppressWarnings("unchecked")
    private static <T> T ask(ClassLoader loader, String method) throws ReflectiveOperationException {
        return (T) loader.loadClass("plugin.Plugin").getMethod(method).invoke(null);
    }

    @SuppressWarnings("unchecked")
    private static Task<Object> task(Object plugin) {
        return (Task<Object>) plugin;
    }

    @Test
    void tasksResultsAndExceptionsOfAChildLoaderAreOfThatLoaderHere() throws Exception {
        try (URLClassLoader loader = loader(plugin("one"))) {
            Object page = pool.submit(task(make(loader))).result();
            assertThat(page).hasToString("Page[version=one]");
            assertThat(page.getClass().getClassLoader()).isSameAs(loader);
            assertThat(pool.submit(ChildLoadersTest.<Task<String>>ask(loader, "lambda"))
                            .result())
                    .isEqualTo("8later one");
            assertThatThrownBy(() -> pool.submit(ChildLoadersTest.<Task<String>>ask(loader, "thrower"))
                            .result())
                    .isInstanceOf(TaskFailedException.class)
                    .satisfies(thrown -> assertThat(thrown.getCause().getClass().getClassLoader())
                            .isSameAs(loader))
                    .satisfies(thrown -> assertThat(thrown.getCause()).hasFieldOrPropertyWithValue("code", 7));
        }
    }

    @Test
    void twoLoadersWithClassesOfTheSameNameAreToldApartInOneWorker() throws Exception {
        try (URLClassLoader one = loader(plugin("one"));
                URLClassLoader two = loader(plugin("two"))) {
            Object pageOne = pool.submit(task(make(one))).result();
            Object pageTwo = pool.submit(task(make(two))).result();
            assertThat(List.of(pageOne, pageTwo)).hasToString("[Page[version=one], Page[version=two]]");
            Fn<Object, String> eaterOne = ask(one, "eater");
            assertThat(pool.submit(eaterOne, pageOne).result()).isEqualTo("one eaten by one");
            assertThatThrownBy(() -> pool.submit(eaterOne, pageTwo).result())
                    .hasCauseInstanceOf(ClassCastException.class);
        }
    }

    /** The loader's getResource asks the parent first, as usual, and so finds the file of the wrong version. */
    @Test
    void aLoaderThatPrefersItsOwnVersionToThatOfItsParent() throws Exception {
        Path one = plugin("one");
        Path two = shop.jar("two.jar", "", plugin("two"));
        try (URLClassLoader parent = loader(one);
                URLClassLoader childFirst = childFirst(two, parent)) {
            assertThat(pool.submit(task(make(childFirst))).result()).hasToString("Page[version=two]");
            assertThat(pool.submit(task(make(parent))).result()).hasToString("Page[version=one]");
            assertThat(pool.submit(ChildLoadersTest.<Task<String>>ask(childFirst, "lambda"))
                            .result())
                    .isEqualTo("8later two");
        }
    }

    private static URLClassLoader childFirst(Path place, ClassLoader parent) throws IOException {
        return new URLClassLoader(new URL[] {place.toUri().toURL()}, parent) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (!name.startsWith("plugin.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> known = findLoadedClass(name);
                return known != null ? known : findClass(name);
            }
        };
    }

    @Test
    void aTaskWhoseClassesAreSpreadOverALoaderAndItsParent() throws Exception {
        Path base = shop.compile("base", List.of(), shop.write("base-src/base/Base.java", """
            package base;
            public abstract class Base implements dev.pando.Task<Object> {
                public Object call() { return "base of " + name(); }
                protected abstract String name();
            }
            """));
        Path top = shop.compile(
                "top",
                List.of("-cp", base + File.pathSeparator + ProgramWorkshop.pando()),
                shop.write("top-src/plugin/Plugin.java", """
                    package plugin;
                    public class Plugin extends base.Base { protected String name() { return getClass().getSimpleName(); } }
                    """));
        try (URLClassLoader parent = loader(base);
                URLClassLoader child = new URLClassLoader(new URL[] {top.toUri().toURL()}, parent)) {
            assertThat(pool.submit(task(make(child))).result()).isEqualTo("base of Plugin");
        }
    }

    @Test
    void aClassIsLoadedInTheMiddleOfATaskAlthoughTheProgramHasForgottenTheLoader() throws Exception {
        Gate gate = pools.gate();
        TaskFuture<String> future = pool.submit(midway(loader(plugin("one")), gate.handle()));
        gate.awaitArrivals(1);
        System.gc(); // collects an object that only a WeakReference holds
        gate.open();
        assertThat(future.result()).isEqualTo("later one");
    }

    @SuppressWarnings("unchecked")
    private static Task<String> midway(ClassLoader loader, Gate.Handle gate) throws ReflectiveOperationException {
        return (Task<String>) loader.loadClass("plugin.Plugin")
                .getMethod("lambda", Gate.Handle.class)
                .invoke(null, gate);
    }

    @Test
    void aClassThatHasNoFileIsNamedWithTheReason() throws Exception {
        Path classes = shop.compile("made", List.of(), shop.write("Plugin.java", """
            package plugin;
            public class Plugin implements dev.pando.Task<Object> { public Object call() { return 1; } }
            """));
        byte[] file = Files.readAllBytes(classes.resolve("plugin/Plugin.class"));
        ClassLoader maker = new ClassLoader("maker", getClass().getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (!name.equals("plugin.Plugin")) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, file, 0, file.length);
            }
        };
        assertThatThrownBy(() -> pool.submit(task(make(maker))).result())
                .hasMessageContaining("plugin.Plugin: its loader")
                .hasMessageContaining("such a class cannot travel");
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }

    @Test
    void aClassThatIsMissingHereTooIsMissedByTheTask() throws Exception {
        Path classes = plugin("one");
        Files.delete(classes.resolve("plugin/Plugin$Later.class"));
        try (URLClassLoader loader = loader(classes)) {
            assertThatThrownBy(() -> pool.submit(ChildLoadersTest.<Task<String>>ask(loader, "lambda"))
                            .result())
                    .hasCauseInstanceOf(NoClassDefFoundError.class)
                    .hasMessageContaining("plugin/Plugin$Later");
        }
    }
}
