package dev.pando.testkit;

import static dev.pando.testkit.SourceTexts.SHOW;
import static dev.pando.testkit.SourceTexts.SHOWN;
import static dev.pando.testkit.SourceTexts.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Programs in places that lack something most programs find. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class OddPlacesTest {
    private ProgramWorkshop shop;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        shop = new ProgramWorkshop(folder);
    }

    /** Returns the command line of a program with this backend and body, and with these options of the JVM. */
    private List<String> line(String backend, String body, String... options) {
        Path classes = shop.compile("classes", List.of(), shop.write("Main.java", program("Main", backend, body)));
        List<String> line = new ArrayList<>(List.of(ProgramWorkshop.tool("java").toString()));
        line.addAll(List.of(options));
        line.addAll(List.of("-cp", classes + File.pathSeparator + shop.pandoJar(), "Main"));
        return line;
    }

    private ProgramWorkshop.Ran show(String... options) throws Exception {
        return shop.run(line("Processes.of(2)", SHOW, options), "").succeeded();
    }

    private static List<String> under(List<String> wrapper, List<String> line) {
        return Stream.concat(wrapper.stream(), line.stream()).toList();
    }

    @Test
    void noHomeAndNoVariablesAtAll() throws Exception {
        List<String> line = under(List.of("/usr/bin/env", "-i", "PANDO_WORKSHOP=kept"), line("Processes.of(2)", SHOW));
        assertThat(shop.run(line, "").succeeded().lines()).isEqualTo(SHOWN);
    }

    /** A file stands in place of the directory, because root, as in some builds, may write to any directory. */
    @Test
    void aHomeThatNobodyCanWriteTo() throws Exception {
        shop.environment.put("HOME", Files.createFile(shop.at("home")).toString());
        assertThat(show("-Duser.home=" + shop.at("home")).lines()).isEqualTo(SHOWN);
    }

    /** As images for containers have it. Only root can become another user, whose home is then that of root. */
    @Test
    void aUserThatIsNotRoot() throws Exception {
        List<String> user = List.of("/usr/bin/setpriv", "--reuid=61835", "--regid=61835", "--clear-groups");
        List<String> line = line("Processes.of(2)", SHOW);
        Files.setPosixFilePermissions(shop.folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        assumeTrue(
                shop.run(
                                        under(
                                                user,
                                                List.of(
                                                        "/usr/bin/test",
                                                        "-r",
                                                        shop.at("classes").toString())),
                                        "")
                                .exit()
                        == 0,
                "this test may be another user");
        assertThat(shop.run(under(user, line), "").succeeded().lines()).isEqualTo(SHOWN);
    }

    @Test
    void noTemporaryFolderThatCouldBeWrittenTo() throws Exception {
        for (String folder : List.of("/proc/nothing", "/dev/full")) {
            shop = new ProgramWorkshop(Files.createTempDirectory(shop.folder, "with"));
            shop.environment.put("TMPDIR", folder);
            List<String> lines =
                    new ArrayList<>(show("-Djava.io.tmpdir=" + folder).lines());
            // each JVM says so
            lines.removeIf(line -> line.endsWith("WARNING: java.io.tmpdir directory does not exist"));
            assertThat(lines).isEqualTo(SHOWN);
        }
    }

    /** As images that are hardened have it. Making such a folder needs rights that not every machine gives. */
    @Test
    void aTemporaryFolderThatIsFullAndWhereNothingMayBeExecuted() throws Exception {
        Path folder = Files.createDirectory(shop.at("mounted"));
        String mount = "mount -t tmpfs -o noexec,size=4k tmpfs " + folder + " && cp /bin/sh " + folder + "/filler; ";
        List<String> namespace = List.of("/usr/bin/env", "unshare", "-m", "/bin/sh", "-c");
        assumeTrue(
                shop.run(under(namespace, List.of(mount + "test -s " + folder + "/filler")), "")
                                .exit()
                        == 0,
                "the system lets a test mount a folder");
        List<String> line = line("Processes.of(2)", SHOW, "-Djava.io.tmpdir=" + folder);
        assertThat(shop.run(under(namespace, under(List.of(mount + "exec \"$@\"", "sh"), line)), "")
                        .succeeded()
                        .lines())
                .isEqualTo(SHOWN);
    }

    /** As some supervisors start a program: what it opens first then gets the numbers of the standard streams. */
    @Test
    void closedStandardStreams() throws Exception {
        List<String> line = line("Processes.of(2)", """
            Files.writeString(Path.of("result"), pool.submit(() -> new Doc("a", 3)).result().toString());
            """);
        shop.run(under(List.of("/bin/sh", "-c", "exec \"$@\" <&- >&- 2>&-", "sh"), line), "")
                .succeeded();
        assertThat(shop.at("result")).hasContent("Doc[name=a, pages=3]");
    }

    @Test
    void aProgramThatIsNoJvmIsToldAtOnce() throws Exception {
        List<String> line = line("dev.pando.local.Threads.of(1)", """
            try (Pool processes = Pool.open(Processes.of(1))) {
                System.out.println("opened");
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
            """, "-Dorg.graalvm.nativeimage.imagecode=runtime");
        assertThat(shop.run(line, "").succeeded().lines())
                .containsExactly(
                        "worker processes are JVMs, and a native image has none to start: run this program on a"
                                + " JVM, or take Threads or Virtual in the image");
    }

    @Test
    void aTemporaryFolderOfTheLongestName() throws Exception {
        Path folder = Files.createDirectories(
                shop.at(String.join("/", java.util.Collections.nCopies(15, "long".repeat(60)))));
        assertThat(show("-Djava.io.tmpdir=" + folder).lines()).isEqualTo(SHOWN);
        assertThat(folder).isEmptyDirectory();
    }

    /** A JVM does not start in a directory that was removed. */
    @Test
    void aDirectoryThatWasRemovedUnderTheProgram() throws Exception {
        List<String> line = line("Processes.of(1).output(Output.discard())", """
            Files.delete(Path.of(args[0]));
            try {
                pool.submit(() -> 1).result();
            } catch (PoolBrokenException e) {
                System.out.println(e.getMessage());
            }
            try (Pool elsewhere = Pool.open(Processes.of(1).directory(Path.of("/")))) {
                System.out.println(elsewhere.submit(() -> 1).result());
            }
            """);
        shop.directory = Files.createDirectory(shop.at("gone"));
        line.add(shop.directory.toString());
        assertThat(shop.run(line, "").succeeded().out())
                .contains("Could not determine current working directory")
                .endsWith("1\n");
    }

    private static final String MANY = """
        var futures = new ArrayList<TaskFuture<Integer>>();
        var wrong = new TreeSet<String>();
        int right = 0;
        try {
            for (int i = 0; i < 60; i++) futures.add(pool.submit(x -> x, i));
            for (var future : futures) if (future.exception() == null) right++; else wrong.add(future.exception().getMessage());
        } catch (PoolBrokenException e) {
            wrong.add(e.getMessage());
        }
        pool.close();
        System.out.println("right " + right);
        wrong.forEach(message -> System.out.println("wrong " + message));
        System.out.println("pipes " + Stream.of(new java.io.File("/proc/self/fd").list())
                .map(name -> { try { return Files.readSymbolicLink(Path.of("/proc/self/fd", name)).toString(); } catch (Exception e) { return ""; } })
                .filter(target -> target.startsWith("pipe:")).count());
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("pool") && !thread.join(java.time.Duration.ofSeconds(20))) System.out.println("left " + thread);
        }
        """.replace("Stream.of", "java.util.stream.Stream.of");

    private ProgramWorkshop.Ran withFiles(int limit) throws Exception {
        String script = "ulimit -n " + limit + " && exec \"$@\"";
        return shop.run(under(List.of("/bin/sh", "-c", script, "sh"), line("Processes.of(30)", MANY)), "")
                .succeeded();
    }

    @Test
    void withFewFileDescriptorsThereAreFewerWorkers() throws Exception {
        assertThat(withFiles(40).lines()).containsExactly("right 60", "pipes 0");
    }

    @Test
    void withTooFewForASingleWorkerThePoolSaysSoAndLeaksNothing() throws Exception {
        List<String> lines = withFiles(15).lines();
        assertThat(lines).hasSize(3).startsWith("right 0").endsWith("pipes 0");
        assertThat(lines.get(1)).contains("no worker could be made ready", "too many files open", "ulimit -n");
    }

    private List<String> withFewFiles(String backend, String body) throws Exception {
        List<String> wrapper = List.of("/bin/sh", "-c", "ulimit -n 200 && exec \"$@\"", "sh");
        return shop.run(under(wrapper, line(backend, body)), "").succeeded().lines();
    }

    /** The task keeps its arrays until the program has looked. */
    private static final String HOARD = """
        String made = Files.createTempFile("made", "").toString();
        String seen = Files.createTempFile("seen", "").toString();
        var hoard = pool.submit(() -> {
            var arrays = new ArrayList<Object>();
            try {
                while (true) arrays.add(dev.pando.process.SharedArray.ofBytes(20_000));
            } catch (java.io.UncheckedIOException e) {
                Files.writeString(Path.of(made), "made");
                while (Files.exists(Path.of(seen))) Thread.sleep(10);
                return arrays.size() + " " + e.getMessage();
            }
        });
        while (Files.size(Path.of(made)) == 0 && !hoard.isDone()) Thread.sleep(10);
        var open = new ArrayList<java.io.InputStream>();
        for (int i = 0; i < 80; i++) open.add(Files.newInputStream(Path.of(made)));
        System.out.println("opened " + open.size());
        System.out.println("other " + pool.submit(() -> {
            try (var mine = dev.pando.process.SharedArray.ofBytes(100)) { return mine.length(); }
        }).result());
        for (var stream : open) stream.close();
        Files.delete(Path.of(seen));
        System.out.println(hoard.result());
        Files.delete(Path.of(made));
        """;

    @Test
    void aWorkerThatMakesArraysWithoutEndLeavesDescriptorsForAllOthers() throws Exception {
        List<String> lines = withFewFiles("Processes.of(2)", HOARD);
        assertThat(lines).hasSize(3).startsWith("opened 80", "other 100");
        assertThat(lines.get(2))
                .startsWith("25 the workers of a program may have 50 of its file descriptors")
                .contains("ulimit -n is 200", "close arrays", "raise that limit")
                .doesNotContain("/dev/shm");
    }

    @Test
    void aProgramThatHasNoDescriptorForAnArrayIsToldSo() throws Exception {
        assertThat(withFewFiles("dev.pando.local.Threads.of(1)", """
            var arrays = new ArrayList<AutoCloseable>();
            try {
                while (true) arrays.add(dev.pando.process.SharedArray.ofBytes(20_000));
            } catch (java.io.UncheckedIOException e) {
                for (var array : arrays) array.close();
                System.out.println(e.getMessage());
            }
            """))
                .singleElement()
                .asString()
                .contains("no file descriptor left, of 200", "close arrays", "ulimit -n")
                .doesNotContain("/dev/shm");
    }

    /** As in a container: each JVM would take half of the little memory, and the kernel would kill the workers. */
    @Test
    void workersShareLittleMemoryToo() throws Exception {
        for (int megabytes : new int[] {200, 1000}) {
            shop = new ProgramWorkshop(Files.createDirectory(shop.at("with" + megabytes)));
            List<String> line = line("Processes.of(4)", """
                System.out.println(pool.submit(() -> Runtime.getRuntime().maxMemory() >> 20).result());
                """, "-XX:MaxRAM=" + megabytes + "m");
            long each = Long.parseLong(shop.run(line, "").succeeded().out().strip());
            assertThat(each).as("heap in %d MB", megabytes).isBetween(megabytes / 10L, megabytes * 15L / 100);
        }
    }

    @Test
    void aJavaThatIsCalledByASymbolicLinkOrARelativePath() throws Exception {
        Path home = Path.of(System.getProperty("java.home"));
        List<String> line = new ArrayList<>(line("Processes.of(2)", SHOW));
        Files.createSymbolicLink(shop.at("jdk link"), home);
        line.set(0, "./jdk link/bin/java");
        assertThat(shop.run(line, "").succeeded().lines()).isEqualTo(SHOWN);
        Files.createSymbolicLink(shop.at("my-program"), home.resolve("bin/java"));
        line.set(0, shop.at("my-program").toString());
        assertThat(shop.run(line, "").succeeded().lines()).isEqualTo(SHOWN);
        Files.delete(shop.at("jdk link")); // JUnit could not delete it
        Files.delete(shop.at("my-program"));
        String elsewhere = "cd / && exec -a '-odd name' \"$@\"";
        line.set(0, home.resolve("bin/java").toString());
        assertThat(shop.run(under(List.of("/usr/bin/env", "bash", "-c", elsewhere, "sh"), line), "")
                        .succeeded()
                        .lines())
                .isEqualTo(SHOWN);
    }

    /** Without setsid, workers have no session of their own; the processes that they start are found by the mark. */
    @Test
    void aPathWithoutSetsid() throws Exception {
        shop.environment.put("PATH", "/nowhere");
        List<String> line = line("Processes.of(2)", SHOW + """
            pool.submit(() -> new ProcessBuilder("/bin/sleep", "100").start().pid()).result();
            """);
        assertThat(shop.run(line, "").succeeded().lines()).isEqualTo(SHOWN);
    }

    @Test
    void aPandoThatTheClassPathDoesNotHave() throws Exception {
        assertThat(apart("").lines()).isEqualTo(SHOWN);
    }

    @Test
    void aPandoWhereTheClassPathHasAnother() throws Exception {
        shop.compile("other", List.of(), shop.write("other-src/dev/pando/internal/process/child/WorkerMain.java", """
            package dev.pando.internal.process.child;
            public class WorkerMain { public static void main(String[] args) { System.err.println("the wrong one"); } }
            """));
        assertThat(apart(File.pathSeparator + "other").lines()).isEqualTo(SHOWN);
    }

    private ProgramWorkshop.Ran apart(String classPath) throws Exception {
        shop.compile("classes", List.of(), shop.write("Main.java", program("Main")));
        shop.pandoJar("hidden/pando.jar");
        shop.compile("boot", List.of("-cp", "."), shop.write("Boot.java", """
            import java.net.*;
            import java.nio.file.*;
            public class Boot {
                public static void main(String[] args) throws Exception {
                    URL[] urls = {Path.of("hidden/pando.jar").toUri().toURL(), Path.of("classes").toUri().toURL()};
                    try (var loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
                        loader.loadClass("Main").getMethod("main", String[].class).invoke(null, (Object) args);
                    }
                }
            }
            """));
        return shop.java("-cp", "boot" + classPath, "Boot").succeeded();
    }
}
