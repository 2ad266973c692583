package dev.pando.testkit;

import static dev.pando.testkit.SourceTexts.SHOW;
import static dev.pando.testkit.SourceTexts.SHOWN;
import static dev.pando.testkit.SourceTexts.program;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Classes travel if they and Pando are named modules, although the module of the classes exports no package. Programs
 * are compiled with no module but Pando's, which is what a build tool gives a user: the annotations of its signatures
 * are not asked for.
 */
@Timeout(120)
class NamedModulesTest {
    private static final String WHERE = """
        System.out.println(pool.submit(() -> Main.class.getModule() + ", " + Pool.class.getModule()).result());
        """;
    private static final String SQL = """
        System.out.println(pool.submit(() -> Class.forName("java.sql.Types").getModule().toString()).result());
        """;

    private ProgramWorkshop shop;
    private Path pando;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        shop = new ProgramWorkshop(folder);
        pando = shop.pandoJar("mods/pando.jar");
    }

    private Path module(String descriptor, String body) {
        return shop.compile(
                "app",
                List.of("-p", pando.toString()),
                shop.write("src/module-info.java", descriptor),
                shop.write(
                        "src/app/hidden/Main.java",
                        "package app.hidden;\n" + program("Main", "Processes.of(2)", body)));
    }

    @Test
    void aModuleWithoutAnyExport() throws Exception {
        Path app = module("module app { requires dev.pando; requires java.sql; }", SHOW + WHERE + SQL);
        shop.jar("mods/app.jar", "", app);
        var ran = shop.java("-p", "mods", "-m", "app/app.hidden.Main").succeeded();
        assertThat(ran.lines())
                .startsWith(SHOWN.toArray(String[]::new))
                .endsWith("module app, module dev.pando", "module java.sql");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void aModuleWhosePathIsRelativeForWorkersInAnotherDirectory() throws Exception {
        shop.compile(
                "app",
                List.of("-p", pando.toString()),
                shop.write("src/module-info.java", "module app { requires dev.pando; }"),
                shop.write(
                        "src/app/Main.java",
                        "package app;\n" + program("Main", "Processes.of(2).directory(Path.of(\"/\"))", SHOW + WHERE)));
        var ran = shop.java("-p", "mods/pando.jar" + File.pathSeparator + "app", "-m", "app/app.Main")
                .succeeded();
        assertThat(ran.lines()).startsWith(SHOWN.toArray(String[]::new)).endsWith("module app, module dev.pando");
    }

    /** As surefire runs tests of a module: surefire's booter on the class path, the tests patched into the module. */
    @Test
    void testsThatArePatchedIntoTheirModule() throws Exception {
        module("module app { requires dev.pando; }", SHOW);
        shop.compile(
                "tests",
                List.of(
                        "-p",
                        pando + File.pathSeparator + shop.at("app"),
                        "--patch-module",
                        "app=" + shop.at("test-src")),
                shop.write(
                        "test-src/app/hidden/MainTest.java",
                        "package app.hidden;\n"
                                + program(
                                        "MainTest", "Processes.of(2).directory(Path.of(\"/\"))", SHOW + WHERE + SQL)));
        shop.compile("booter", List.of(), shop.write("Booter.java", """
            public class Booter {
                public static void main(String[] args) throws Exception {
                    Class.forName("app.hidden.MainTest").getMethod("main", String[].class).invoke(null, (Object) args);
                    try (var pool = dev.pando.Pool.open(dev.pando.process.Processes.of(1))) {
                        System.out.println(pool.submit(() -> "booter in a named module: " + Booter.class.getModule().isNamed()).result());
                    }
                }
            }
            """));
        shop.write("arguments", """
            --module-path
            "mods/pando.jar%1$sapp"
            --class-path
            "booter"
            --patch-module
            app="tests"
            --add-opens
            app/app.hidden=ALL-UNNAMED
            --add-modules
            app
            --add-reads
            app=ALL-UNNAMED
            Booter
            """.formatted(File.pathSeparator));
        assertThat(shop.java("@arguments").succeeded().lines())
                .startsWith(SHOWN.toArray(String[]::new))
                .endsWith("module app, module dev.pando", "module java.sql", "booter in a named module: false");
    }

    /** As surefire runs tests without the module path, in this build too. */
    @Test
    void aModuleThatIsOnTheClassPathNevertheless() throws Exception {
        Path app = module("module app { requires dev.pando; }", SHOW + SQL);
        Path booter = shop.jar(
                "booter.jar",
                "Main-Class: app.hidden.Main\nClass-Path: " + app.toUri() + " " + pando.toUri() + "\n",
                shop.write("nothing/at.all", "").getParent());
        assertThat(shop.java("-jar", booter).succeeded().lines())
                .startsWith(SHOWN.toArray(String[]::new))
                .endsWith("module java.sql");
    }

    @Test
    void anOpenedPackageIsOpenInTheWorker() throws Exception {
        module("module app { requires dev.pando; }", """
            System.out.println(pool.submit(() -> String.class.getDeclaredField("value").trySetAccessible()).result());
            """);
        var ran = shop.java(
                        "-p",
                        "mods/pando.jar" + File.pathSeparator + "app",
                        "--add-opens",
                        "java.base/java.lang=app",
                        "-m",
                        "app/app.hidden.Main",
                        "--add-opens",
                        "nonsense")
                .succeeded();
        assertThat(ran.lines()).containsExactly("true");
    }

    /** Native access is granted to the module, and asked for in its name; workers have what their parent has. */
    @Test
    void sharedMemoryIsSealedByTheModule() throws Exception {
        module("module app { requires dev.pando; }", """
            try (var array = dev.pando.process.SharedArray.ofInts(2)) {
                System.out.println(array.segment().byteSize());
                System.out.println(pool.submit(() -> array.segment().byteSize()).result());
            } catch (UnsupportedOperationException refusal) {
                System.out.println(refusal.getMessage());
            }
            """);
        String modules = "mods/pando.jar" + File.pathSeparator + "app";
        var granted = shop.java("-p", modules, "--enable-native-access=dev.pando", "-m", "app/app.hidden.Main")
                .succeeded();
        assertThat(granted.lines()).containsExactly("8", "8");
        assertThat(granted.err()).isEmpty();
        var denied = shop.java("-p", modules, "--illegal-native-access=deny", "-m", "app/app.hidden.Main")
                .succeeded();
        assertThat(denied.out()).contains("--enable-native-access=dev.pando");
        assertThat(denied.err()).isEmpty();
    }

    /** The image has no class path and no module path: a worker must be told to load the module of the application. */
    @Test
    void anImageThatHoldsTheApplication() throws Exception {
        shop.jar(
                "mods/app.jar",
                "",
                module("module app { requires dev.pando; requires java.sql; }", SHOW + WHERE + SQL));
        Path image = image("app");
        var ran = shop.run(List.of(image.resolve("bin/java").toString(), "-m", "app/app.hidden.Main"), "")
                .succeeded();
        assertThat(ran.lines())
                .startsWith(SHOWN.toArray(String[]::new))
                .endsWith("module app, module dev.pando", "module java.sql");
        assertThat(ran.err()).isEmpty();
    }

    /** Pando is a module of the image; the application is on the class path. */
    @Test
    void anImageThatHoldsPandoAlone() throws Exception {
        Path classes = shop.compile("classes", List.of(), shop.write("Main.java", program("Main")));
        Path image = image("dev.pando");
        var ran = shop.run(List.of(image.resolve("bin/java").toString(), "-cp", classes.toString(), "Main"), "")
                .succeeded();
        assertThat(ran.lines()).isEqualTo(SHOWN);
    }

    private Path image(String module) {
        ProgramWorkshop.call(
                "jlink",
                List.of(
                        "--module-path",
                        shop.at("mods").toString(),
                        "--add-modules",
                        module,
                        "--strip-debug",
                        "--output",
                        shop.at("image").toString()));
        return shop.at("image");
    }

    /** For example a container of plugins, each with its own modules. */
    @Test
    void pandoAndTheTasksInALayerOfTheProgramsOwn() throws Exception {
        module("module app { requires dev.pando; exports app.hidden; }", SHOW);
        shop.compile("container", List.of("-p", "."), shop.write("Container.java", """
            import java.lang.module.*;
            import java.nio.file.*;
            import java.util.*;
            public class Container {
                public static void main(String[] args) throws Exception {
                    var finder = ModuleFinder.of(Path.of("mods/pando.jar"), Path.of("app"));
                    var boot = ModuleLayer.boot();
                    var plan = boot.configuration().resolveAndBind(finder, ModuleFinder.of(), Set.of("app"));
                    var layer = boot.defineModulesWithOneLoader(plan, ClassLoader.getSystemClassLoader());
                    layer.findLoader("app").loadClass("app.hidden.Main").getMethod("main", String[].class).invoke(null, (Object) args);
                }
            }
            """));
        assertThat(shop.java("-cp", "container", "Container").succeeded().lines())
                .isEqualTo(SHOWN);
    }
}
