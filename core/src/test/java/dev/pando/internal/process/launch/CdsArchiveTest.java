package dev.pando.internal.process.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.internal.process.os.OperatingSystem;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The archive that speeds up the start of workers, made by the real JDK. No fault in it may disturb a worker. */
@EnabledOnOs(OS.LINUX)
@Tag("processes")
class CdsArchiveTest {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final List<String> WORKER = List.of(
            JAVA,
            "-XX:+UseSerialGC",
            "-Xlog:disable",
            "-Xlog:all=warning:stderr",
            "-Xlog:class+load=info:stdout",
            "-cp",
            "/nowhere",
            "dev.pando.internal.process.child.ArchiveTraining");

    private static File jar;

    @TempDir
    private Path place;

    private Path folder;

    /** Packs Pando as a jar, as its users have it. Tests have it in a directory. */
    @BeforeAll
    static void pack(@TempDir Path folder) throws Exception {
        Path classes = Path.of(CdsArchive.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        jar = folder.resolve("pando.jar").toFile();
        try (OutputStream file = Files.newOutputStream(jar.toPath());
                JarOutputStream out = new JarOutputStream(file)) {
            Files.walkFileTree(classes, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path each, BasicFileAttributes about) throws IOException {
                    out.putNextEntry(new JarEntry(classes.relativize(each).toString()));
                    Files.copy(each, out);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }

    @BeforeEach
    void nothingThere() {
        folder = place.resolve("cache/pando");
    }

    private CdsArchive archive() {
        return archive(JAVA);
    }

    private CdsArchive archive(String java) {
        return new CdsArchive(OperatingSystem.here(), folder.toFile(), jar, List.of(java, "-XX:+UseSerialGC"));
    }

    private static void await(BooleanSupplier what) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!what.getAsBoolean()) {
            assertThat(System.nanoTime() - end)
                    .as("nanoseconds beyond the bound")
                    .isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return files.toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private boolean isMade() {
        return files().stream().anyMatch(file -> file.toString().endsWith(".jsa"));
    }

    private CdsArchive made() throws Exception {
        CdsArchive archive = archive();
        archive.makeNow();
        assertThat(file()).isNotEmptyFile();
        return archive;
    }

    private Path file() {
        assertThat(files()).hasSize(1);
        return files().getFirst();
    }

    private record Ran(int exit, String out, String err) {}

    /** Runs a worker that finds its commands in itself, with our jar as the only existing entry of its class path. */
    private static Ran run(List<String> command) throws Exception {
        List<String> line = new ArrayList<>(command);
        int path = line.indexOf("-cp") + 1;
        if (line.get(path).equals("/nowhere")) {
            line.set(path, jar.getPath());
        }
        Process process = new ProcessBuilder(line).start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out, err);
    }

    private static long archived(Ran ran) {
        assertThat(ran.exit).as(ran.err).isZero();
        assertThat(ran.err).as("output that would count as a task's").isEmpty();
        return ran.out
                .lines()
                .filter(line -> line.contains(" dev.pando.") && line.contains("(top)"))
                .count();
    }

    @Test
    void aWorkerFindsInItWhatItWouldHaveLoaded() throws Exception {
        assertThat(archived(run(archive().with(WORKER)))).isZero();
        Ran ran = run(made().with(WORKER));
        assertThat(archived(ran)).isGreaterThan(30);
        assertThat(ran.out.lines().filter(line -> line.contains(" dev.pando.") && line.contains("source: file:")))
                .as("ours, from the jar")
                .isEmpty();
    }

    private static String archiveOf(List<String> command) {
        return command.stream()
                .filter(argument -> argument.startsWith("-XX:SharedArchiveFile="))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the file that a worker with this command reads. */
    private static Path openedBy(List<String> command) throws IOException {
        return Files.readSymbolicLink(Path.of(archiveOf(command).substring("-XX:SharedArchiveFile=".length())));
    }

    @Test
    void ourJarComesFirstBecauseThatIsAllThatItKnows() throws Exception {
        assertThat(archive().with(WORKER)).isEqualTo(WORKER);
        List<String> with = made().with(WORKER);
        assertThat(with).containsSubsequence(JAVA, archiveOf(with), "-cp", jar + ":/nowhere", WORKER.getLast());
    }

    @Test
    void whoeverHasAnotherJarFirstOrOtherFlagsDoesWithoutAWord() throws Exception {
        CdsArchive archive = made();
        List<String> elsewhere = new ArrayList<>(archive.with(WORKER));
        elsewhere.set(elsewhere.indexOf("-cp") + 1, place + ":" + jar);
        assertThat(archived(run(elsewhere))).isZero();
        for (String flag : new String[] {"-XX:+UseZGC", "-XX:-UseCompressedOops", "-Xshare:off"}) {
            List<String> other = new ArrayList<>(archive.with(WORKER));
            if (flag.endsWith("GC")) {
                other.remove("-XX:+UseSerialGC");
            }
            other.add(1, flag);
            assertThat(archived(run(other))).as(flag).isZero();
        }
        List<String> opened = new ArrayList<>(archive.with(WORKER));
        opened.addAll(1, List.of("--add-opens=java.base/java.lang=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED"));
        assertThat(archived(run(opened)))
                .as("classes from the archive with these options")
                .isPositive();
    }

    @Test
    void oneThatIsCutOffAfterItWasOpenedHarmsNobody() throws Exception {
        CdsArchive archive = made();
        List<String> with = archive.with(WORKER);
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length / 2));
        assertThat(archived(run(with))).isZero();
        Files.writeString(file(), "no archive at all");
        assertThat(archived(run(with))).isZero();
    }

    @Test
    void oneThatWasDamagedIsDeletedBeforeAWorkerReadsIt() throws Exception {
        CdsArchive archive = made();
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(), bytes);
        assertThat(archive.with(WORKER)).isEqualTo(WORKER);
        assertThat(files()).isEmpty();
    }

    @Test
    void aFolderThatIsExchangedExchangesNothing() throws Exception {
        List<String> with = made().with(WORKER);
        String name = file().getFileName().toString();
        Files.move(folder, place.resolve("aside"));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name), "no archive at all");
        assertThat(archived(run(with))).isGreaterThan(30);
    }

    /** What another user could have put there under a good name. */
    enum Doubt {
        WRITABLE_BY_ALL {
            @Override
            void cast(Path file, Path place) throws IOException {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            }
        },
        OF_ANOTHER_OWNER {
            @Override
            void cast(Path file, Path place) throws IOException {
                Files.setAttribute(file, "unix:uid", 65_534);
            }
        },
        LINKED_FROM_ELSEWHERE {
            @Override
            void cast(Path file, Path place) throws IOException {
                Files.createLink(place.resolve("second-name"), file);
            }
        },
        A_SYMBOLIC_LINK {
            @Override
            void cast(Path file, Path place) throws IOException {
                Files.move(file, place.resolve("elsewhere"));
                Files.createSymbolicLink(file, place.resolve("elsewhere"));
            }
        },
        A_FOLDER_ABOVE_IS_OPEN {
            @Override
            void cast(Path file, Path place) throws IOException {
                Files.setPosixFilePermissions(
                        file.getParent().getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
            }
        };

        abstract void cast(Path file, Path place) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void whatAnotherUserMayHaveWrittenIsNotUsed(Doubt doubt) throws Exception {
        CdsArchive archive = made();
        try {
            doubt.cast(file(), place);
        } catch (FileSystemException noRights) {
            assumeTrue(false, "only root can give a file away");
        }
        assertThat(archive.with(WORKER)).isEqualTo(WORKER);
    }

    @Test
    void itIsWrittenForThisUserAloneWhateverTheUmask() throws Exception {
        Path script = place.resolve("careless");
        Files.writeString(script, "#!/bin/sh\numask 0\nexec " + JAVA + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        archive(script.toString()).makeNow();
        assertThat(file()).isNotEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void aJarThatWasReplacedHasOneOfItsOwn() throws Exception {
        CdsArchive before = made();
        FileTime then = Files.getLastModifiedTime(jar.toPath());
        try {
            Files.setLastModifiedTime(jar.toPath(), FileTime.from(Instant.EPOCH));
            assertThat(archive().with(WORKER)).isEqualTo(WORKER);
            assertThat(archived(run(before.with(WORKER))))
                    .as("classes from the old archive")
                    .isZero();
        } finally {
            Files.setLastModifiedTime(jar.toPath(), then);
        }
        assertThat(archive("/another/java").with(WORKER)).isEqualTo(WORKER);
        assertThat(archive().with(WORKER)).isNotEqualTo(WORKER);
    }

    @Test
    void nobodyElseCanReadOrReplaceIt() throws Exception {
        made();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void whereSomebodyElseMayWriteItIsNeitherMadeNorUsed() throws Exception {
        CdsArchive archive = made();
        for (String open : new String[] {"rwxrwx---", "rwxr-x-w-"}) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(open));
            assertThat(archive.with(WORKER)).as(open).isEqualTo(WORKER);
        }
        Files.delete(file());
        archive("/bin/true").makeNow();
        assertThat(files()).isEmpty();
    }

    @Test
    void whereNoFolderCanBeMadeWorkersStartAsTheyAre() throws Exception {
        Files.writeString(place.resolve("cache"), "a file");
        assertThatThrownBy(() -> archive().makeNow()).isInstanceOf(IOException.class);
        assertThat(archive().with(WORKER)).isEqualTo(WORKER);
    }

    @Test
    void aJavaThatCannotIsNotAskedAgainByAnyProgram() throws Exception {
        for (String java : new String[] {"/bin/false", "/bin/true"}) {
            archive(java).makeNow();
            assertThat(file()).isEmptyFile();
            archive(java).make(); // or the thread would find the folder gone
            assertThat(archive(java).with(WORKER)).isEqualTo(WORKER);
            Files.delete(file());
        }
    }

    @Test
    void oneThatSomebodyStoppedIsTriedAgain() throws Exception {
        Path script = place.resolve("stopped");
        Files.writeString(script, "#!/bin/sh\nkill -TERM $$\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        archive(script.toString()).makeNow();
        assertThat(files()).isEmpty();
    }

    @Test
    void itsFolderIsTheSameInEveryDirectory() throws Exception {
        folder = Path.of("").toAbsolutePath().relativize(folder);
        assertThat(openedBy(made().with(WORKER)))
                .isEqualTo(file().toAbsolutePath().normalize().toRealPath());
    }

    @Test
    void itIsMadeInTheBackground() {
        archive().make();
        await(this::isMade);
        assertThat(archive().with(WORKER)).isNotEqualTo(WORKER);
    }

    @Test
    void whoeverDiedEarlyMayHaveDiedOfIt() throws Exception {
        CdsArchive archive = made();
        archive.doubt();
        assertThat(files()).as("archives after doubt of a worker without one").hasSize(1);
        archive = archive();
        assertThat(archive.with(WORKER)).isNotEqualTo(WORKER);
        archive.doubt();
        assertThat(archive.with(WORKER)).isEqualTo(WORKER);
        assertThat(files()).as("archives after doubt").isEmpty();
    }

    /** A java that never ends, and writes down its process id. */
    private Path stuck() throws IOException {
        Path script = place.resolve("stuck");
        Files.writeString(
                script,
                "#!/bin/sh\necho $$ > " + place + "/pid.new; mv " + place + "/pid.new " + place
                        + "/pid; exec sleep 1000\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    @Test
    void aPoolThatEndsDoesNotWaitForIt() throws Exception {
        CdsArchive archive = archive(stuck().toString());
        Thread maker = Thread.startVirtualThread(() -> {
            try {
                archive.makeNow();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        await(() -> Files.exists(place.resolve("pid")));
        long pid = Long.parseLong(Files.readString(place.resolve("pid")).strip());
        archive.close();
        assertThat(ProcessHandle.of(pid)).as("the process, at once").isEmpty();
        maker.join();
        assertThat(files()).isEmpty();
        archive.makeNow();
        assertThat(files()).as("archives of a java that was ended").isEmpty();
    }

    @Test
    void whatOthersLeftBehindIsTidiedUp() throws Exception {
        made();
        Path mine = file();
        Files.delete(mine);
        Path left = Files.createFile(folder.resolve("a.jsa.77.tmp"));
        Path young = Files.createFile(folder.resolve("b.jsa.78.tmp"));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        List<Path> old = IntStream.range(0, 10)
                .mapToObj(age -> folder.resolve(age + ".jsa"))
                .toList();
        for (int age = 0; age < old.size(); age++) {
            Files.createFile(old.get(age));
            Files.setLastModifiedTime(old.get(age), FileTime.from(Instant.now().minus(Duration.ofHours(age + 1))));
        }
        CdsArchive another = archive("/bin/false");
        another.makeNow();
        assertThat(files())
                .hasSize(9)
                .contains(young)
                .containsAll(old.subList(0, 7))
                .doesNotContain(left)
                .doesNotContainAnyElementsOf(old.subList(7, 10));
    }
}
