package dev.pando.testkit;

import static dev.pando.testkit.SourceTexts.SHOW;
import static dev.pando.testkit.SourceTexts.SHOWN;
import static dev.pando.testkit.SourceTexts.program;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Worker processes inside the executable jars of Spring Boot, made by Boot's own packer: Pando, the libraries and the
 * program are nested in one jar, which no class path can name.
 */
@Timeout(180)
class ExecutableJarTest {
    /** What only a worker with the loader of the whole jar can do: no class is fetched, and resources are there. */
    private static final String NESTED = """
        System.out.println(pool.submit(() -> tool.Tool.name()).result());
        System.out.println(pool.submit(() -> Main.class.getClassLoader().getClass().getSimpleName()).result());
        System.out.println(pool.submit(() -> tool.Tool.note()).result());
        System.out.println(pool.submit(() -> Thread.currentThread().getContextClassLoader()
                == Main.class.getClassLoader()).result());
        """;

    private static final String PACKER = """
        import java.io.File;
        import org.springframework.boot.loader.tools.*;

        public class Packer {
            public static void main(String[] args) throws Exception {
                Repackager packer = new Repackager(new File(args[0]));
                packer.setMainClass("Main");
                packer.setLayout(args[1].endsWith(".war") ? new Layouts.War() : new Layouts.Jar());
                packer.setLayers(Layers.IMPLICIT);
                FURTHER
                packer.repackage(new File(args[1]), libraries -> {
                    for (int i = 2; i < args.length; i++) {
                        libraries.library(new Library(new File(args[i]), LibraryScope.COMPILE));
                    }
                });
            }
        }
        """;

    private ProgramWorkshop shop;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        shop = new ProgramWorkshop(folder);
    }

    /** Returns the jars of Boot's packer, which the build has put there. */
    private static List<Path> packer(String boot) throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target", "boot" + boot))) {
            return jars.map(Path::toAbsolutePath).toList();
        }
    }

    /** Makes an executable archive of a program with this body, which has a library of its own beside Pando. */
    private Path archive(String boot, String name, String further, String body) throws Exception {
        Path tool = shop.compile("tool", List.of(), shop.write("tool-src/tool/Tool.java", """
            package tool;
            public class Tool {
                public static String name() { return "tool of " + Tool.class.getModule(); }
                public static String note() throws java.io.IOException {
                    try (var in = Tool.class.getResourceAsStream("/note.txt")) {
                        return new String(in.readAllBytes());
                    }
                }
            }
            """));
        shop.write("tool/note.txt", "a note in a nested jar");
        Path pando = shop.pandoJar("libs/pando.jar");
        Path library = shop.jar("libs/tool.jar", "", tool);
        boolean war = name.endsWith(".war");
        shop.compile(
                war ? "content/WEB-INF/classes" : "content",
                List.of("-cp", pando + File.pathSeparator + tool),
                shop.write("Main.java", program("Main", "Processes.of(2)", body)));
        Path plain = shop.jar(war ? "plain.war" : "plain.jar", "", shop.at("content"));
        List<Path> tools = packer(boot);
        String path = tools.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        Path packs = shop.compile(
                "packer", List.of("-cp", path), shop.write("Packer.java", PACKER.replace("FURTHER", further)));
        List<Object> line = new ArrayList<>(List.of("-cp", packs + File.pathSeparator + path, "Packer"));
        line.addAll(List.of(plain, shop.at(name), pando, library));
        tools.stream().filter(ExecutableJarTest::isOfSpring).forEach(line::add);
        shop.java(line.toArray()).succeeded();
        return shop.at(name);
    }

    /** What each application of Boot's has, and Boot's tools in its jar need. */
    private static boolean isOfSpring(Path jar) {
        String name = jar.getFileName().toString();
        return name.startsWith("spring-core") || name.startsWith("spring-jcl") || name.startsWith("commons-logging");
    }

    private static void assertNested(ProgramWorkshop.Ran ran, String loader) {
        assertThat(ran.succeeded().lines())
                .startsWith(SHOWN.toArray(String[]::new))
                .satisfies(lines -> assertThat(lines.subList(SHOWN.size(), lines.size()))
                        .satisfiesExactly(
                                line -> assertThat(line).startsWith("tool of unnamed module"),
                                line -> assertThat(line).isEqualTo(loader),
                                line -> assertThat(line).isEqualTo("a note in a nested jar"),
                                line -> assertThat(line).isEqualTo("true")));
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "4"})
    void aLayeredJarWithAnIndex(String boot) throws Exception {
        Path jar = archive(boot, "app.jar", "", SHOW + NESTED);
        assertNested(shop.java("-jar", jar), "LaunchedClassLoader");
    }

    /** The path of the jar is relative, and workers run elsewhere. */
    @Test
    void aJarWhoseWorkersRunInAnotherDirectory() throws Exception {
        archive("4", "app.jar", "", """
            try (Pool elsewhere = Pool.open(Processes.of(1).directory(Path.of("/")))) {
                System.out.println(elsewhere.submit(() -> tool.Tool.note() + " " + Path.of("").toAbsolutePath()).result());
            }
            """);
        assertThat(shop.java("-jar", "app.jar").succeeded().lines()).containsExactly("a note in a nested jar /");
    }

    /** The loader as it was before Boot 3.2. */
    @Test
    void aJarWithTheClassicLoader() throws Exception {
        Path jar =
                archive("3", "app.jar", "packer.setLoaderImplementation(LoaderImplementation.CLASSIC);", SHOW + NESTED);
        assertNested(shop.java("-jar", jar), "LaunchedURLClassLoader");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "4"})
    void aWar(String boot) throws Exception {
        Path war = archive(boot, "app.war", "", SHOW + NESTED);
        assertNested(shop.java("-jar", war), "LaunchedClassLoader");
    }

    /** The program names its main class in the property with which a worker names its own. */
    @Test
    void aJarThatTheUserStartsThroughTheLauncherOfAnyMainClass() throws Exception {
        Path jar = archive("4", "app.jar", "", SHOW + NESTED);
        String launcher = "org.springframework.boot.loader.launch.PropertiesLauncher";
        assertNested(shop.java("-Dloader.main=Main", "-cp", jar, launcher), "LaunchedClassLoader");
    }

    /** As images of containers have it: the layers are unpacked into one folder, which Boot's launcher runs. */
    @ParameterizedTest
    @ValueSource(strings = {"3", "4"})
    void aJarThatWasUnpacked(String boot) throws Exception {
        Path jar = archive(boot, "app.jar", "", SHOW + NESTED);
        Path folder = Files.createDirectory(shop.at("unpacked"));
        unpack(jar, folder);
        shop.directory = folder;
        assertNested(shop.java("org.springframework.boot.loader.launch.JarLauncher"), "LaunchedClassLoader");
    }

    private static void unpack(Path jar, Path folder) throws IOException {
        try (var file = new ZipFile(jar.toFile())) {
            for (var entry : Collections.list(file.entries())) {
                Path to = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(to);
                } else {
                    Files.createDirectories(to.getParent());
                    Files.copy(file.getInputStream(entry), to);
                }
            }
        }
    }

    /** Boot's own way to a plain class path, with which workers have their archive of classes too. */
    @ParameterizedTest
    @ValueSource(strings = {"3", "4"})
    void aJarThatWasExtractedByItsTools(String boot) throws Exception {
        Path jar = archive(boot, "app.jar", "", SHOW + NESTED);
        shop.java("-Djarmode=tools", "-jar", jar, "extract", "--destination", shop.at("extracted"))
                .succeeded();
        assertNested(shop.java("-jar", shop.at("extracted/app.jar")), "AppClassLoader");
    }
}
