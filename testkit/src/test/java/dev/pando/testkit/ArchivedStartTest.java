package dev.pando.testkit;

import static dev.pando.testkit.SourceTexts.SHOW;
import static dev.pando.testkit.SourceTexts.SHOWN;
import static dev.pando.testkit.SourceTexts.program;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A program with Pando as a jar makes an archive in the user's cache; later programs start their workers with it. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class ArchivedStartTest {
    /** Prints whether the worker was started with an archive, and the worker's class path. */
    private static final String TELL = SHOW + """
        System.out.println(pool.submit(() -> Files.readString(Path.of("/proc/self/cmdline")).contains("-XX:SharedArchiveFile=")).result());
        System.out.println(pool.submit(() -> System.getProperty("java.class.path")).result());
        """;

    private static final String AWAIT = """
        Path cache = Path.of(System.getenv("XDG_CACHE_HOME"), "pando");
        Files.createDirectory(cache, java.nio.file.attribute.PosixFilePermissions.asFileAttribute(java.nio.file.attribute.PosixFilePermissions.fromString("rwx------")));
        try (WatchService watch = cache.getFileSystem().newWatchService()) {
            cache.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            pool.submit(() -> 1).result();
            boolean made = false;
            while (!made) {
                WatchKey key = watch.poll(40, java.util.concurrent.TimeUnit.SECONDS);
                if (key == null) throw new AssertionError("none was made");
                for (WatchEvent<?> event : key.pollEvents()) made |= event.context().toString().endsWith(".jsa");
                key.reset();
            }
        }
        """;

    private ProgramWorkshop shop;
    private Path jar;
    private Path cache;
    private String path;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        shop = new ProgramWorkshop(folder);
        jar = shop.pandoJar("lib/pando.jar");
        cache = Files.createDirectory(shop.at("cache")).resolve("pando");
        shop.environment.put("XDG_CACHE_HOME", cache.getParent().toString());
        shop.write("Make.java", program("Make", "Processes.of(1)", AWAIT));
        shop.write("Tell.java", program("Tell", "Processes.of(1)", TELL));
        path = shop.compile("classes", List.of(), shop.at("Make.java"), shop.at("Tell.java"))
                + File.pathSeparator
                + jar;
    }

    private List<Path> archives() throws IOException {
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache)) {
            return files.toList();
        }
    }

    /**
     * What a program has left there whose pool was closed before its archive was made: a folder, or on a slow machine
     * all of it.
     */
    private void forget() throws IOException {
        for (Path each : archives()) {
            Files.delete(each);
        }
        Files.deleteIfExists(cache);
    }

    private void tells(boolean archived, String classPath, String... flags) throws Exception {
        ProgramWorkshop.Ran ran = shop.java(Stream.concat(Arrays.stream(flags), Stream.of("-cp", path, "Tell"))
                        .toArray())
                .succeeded();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.lines()).startsWith(SHOWN.toArray(String[]::new)).endsWith(String.valueOf(archived), classPath);
    }

    private void make() throws Exception {
        assertThat(shop.java("-cp", path, "Make").succeeded().err()).isEmpty();
        assertThat(archives()).singleElement().matches(file -> file.toFile().length() > 100_000);
    }

    @Test
    void whatOneProgramHasMadeTheNextOneUses() throws Exception {
        tells(false, path);
        forget();
        make();
        tells(true, jar + File.pathSeparator + path);
        tells(true, jar + File.pathSeparator + path, "--add-opens=java.base/java.lang=ALL-UNNAMED", "-Dsome=thing");
        assertThat(archives()).hasSize(1);
    }

    @Test
    void whoeverWantsNoneHasNone() throws Exception {
        assertThat(shop.java("-Dpando.cache=off", "-cp", path, "Tell")
                        .succeeded()
                        .lines())
                .contains("false");
        make();
        tells(false, path, "-Dpando.cache=off");
        tells(false, path, "-Dpando.cache=" + shop.at("elsewhere"));
    }

    /** Returns the name of an archive with these bytes. */
    private static String nameOfSound(Path archive, byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        String name = archive.getFileName().toString();
        return name.substring(0, name.indexOf('-') + 1) + Long.toHexString(sum.getValue()) + ".jsa";
    }

    @Test
    void oneThatWasSpoiledCostsNoTask() throws Exception {
        make();
        Path archive = archives().getFirst();
        byte[] bytes = Files.readAllBytes(archive);
        Arrays.fill(bytes, 64 << 10, bytes.length, (byte) 0x5a); // the header, which the JDK checks first, stays
        Files.write(archive, bytes);
        Files.move(archive, archive.resolveSibling(nameOfSound(archive, bytes))); // or no worker would read it
        Path crashes = Files.createDirectory(shop.at("crashes")); // a JVM that crashes writes its log there
        ProgramWorkshop.Ran ran =
                shop.java("-Djava.io.tmpdir=" + crashes, "-cp", path, "Tell").succeeded();
        assertThat(ran.lines()).containsSubsequence(SHOWN);
        assertThat(archives())
                .as("broken archives that a later program would meet")
                .isEmpty();
    }
}
