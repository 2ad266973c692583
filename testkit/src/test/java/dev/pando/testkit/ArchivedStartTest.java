package dev.pando.testkit;

import static dev.pando.testkit.SourceTexts.SHOW;
import static dev.pando.testkit.SourceTexts.SHOWN;
import static dev.pando.testkit.SourceTexts.program;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

    /** Damage that comes with the right sum: that of other damaged files shows before a worker is started with them. */
    @Test
    void oneThatWasSpoiledCostsNoTaskAndNoWordOnTheConsole() throws Exception {
        make();
        Path archive = archives().getFirst();
        byte[] sound = Files.readAllBytes(archive);
        Path crashes = Files.createDirectory(shop.at("crashes")); // a JVM that crashes writes its log there
        for (int seed = 0; seed < 2; seed++) {
            byte[] spoiled = spoil(sound, new Random(2L * seed));
            for (Path left : archives()) {
                Files.delete(left);
            }
            Files.setPosixFilePermissions(
                    Files.write(cache.resolve(nameOfSound(archive, spoiled)), spoiled),
                    PosixFilePermissions.fromString("rw-------"));
            ProgramWorkshop.Ran ran = shop.java("-Djava.io.tmpdir=" + crashes, "-cp", path, "Tell")
                    .succeeded();
            assertThat(ran.err()).as("seed %s", seed).isEmpty();
            assertThat(ran.lines()).as("seed %s", seed).startsWith(SHOWN.toArray(String[]::new));
            assertThat(ran.lines()).as("seed %s", seed).endsWith("false", path).hasSize(SHOWN.size() + 2);
            assertThat(archives())
                    .as("broken archives that a later program would meet")
                    .noneMatch(left -> left.endsWith(nameOfSound(archive, spoiled)));
        }
    }

    /** Changes all behind some byte, so that no JVM starts with it. The header, checked first by the JDK, stays. */
    private static byte[] spoil(byte[] sound, Random seeded) {
        byte[] spoiled = sound.clone();
        int from = 4096 + seeded.nextInt(spoiled.length / 2);
        Arrays.fill(spoiled, from, spoiled.length, (byte) seeded.nextInt());
        return spoiled;
    }
}
