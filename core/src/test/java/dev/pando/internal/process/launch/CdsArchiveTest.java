package dev.pando.internal.process.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The archive that speeds up the start of workers, made by the real JDK. No fault in it may disturb a worker. */
@EnabledOnOs(OS.LINUX)
@Tag("processes")
class CdsArchiveTest extends ArchiveFixture {
    private static final Duration BOUND = Duration.ofSeconds(60);

    private static void await(BooleanSupplier what) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!what.getAsBoolean()) {
            assertThat(System.nanoTime() - end)
                    .as("nanoseconds beyond the bound")
                    .isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private boolean isMade() {
        return files().stream().anyMatch(file -> file.toString().endsWith(".jsa"));
    }

    @Test
    void aWorkerFindsInItWhatItWouldHaveLoaded() throws Exception {
        assertThat(archived(run(archive().with(WORKER)))).isZero();
        Ran ran = run(made().with(WORKER));
        assertThat(archived(ran)).isGreaterThan(30);
        assertThat(ran.out().lines().filter(line -> line.contains(" dev.pando.") && line.contains("source: file:")))
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
        Path left = Files.createFile(folder.resolve("a.888888888.tmp"));
        Path young = Files.createFile(folder.resolve("b.888888889.tmp"));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Path future = Files.createFile(folder.resolve("c.888888889.tmp"));
        Files.setLastModifiedTime(future, FileTime.from(Instant.now().plus(Duration.ofDays(2))));
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
                .doesNotContain(left, future)
                .doesNotContainAnyElementsOf(old.subList(7, 10));
    }

    @Test
    void aDraftThatIsBeingMadeStaysHoweverOldAClockMakesItLook() throws Exception {
        made();
        Files.delete(file());
        Path live =
                Files.createFile(folder.resolve("a." + ProcessHandle.current().pid() + ".tmp"));
        Files.setLastModifiedTime(live, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        archive("/bin/false").makeNow();
        assertThat(files()).contains(live);
    }
}
