package dev.pando.internal.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings are put together, and mended, by what their chunks say of themselves. */
@Tag("processes")
class ChunkFilesTest {
    private static final int METADATA_AT = 24;
    private static final int STATE_AT = 64;

    @TempDir
    Path folder;

    @Name("dev.pando.test.Mark")
    private static final class Mark extends Event {
        @SuppressWarnings("UnusedVariable") // the recorder reads it
        String text = "";
    }

    private Path recorded(String mark) throws IOException {
        Path file = folder.resolve(mark + ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(Mark.class);
            recording.start();
            Mark event = new Mark();
            event.text = mark;
            event.commit();
            recording.stop();
            recording.dump(file);
        }
        return file;
    }

    private static List<String> marks(Path file) throws IOException {
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("dev.pando.test.Mark"))
                .map(event -> event.getString("text"))
                .toList();
    }

    @Test
    void recordingsOfSeveralJvmsAreOneAndWhatIsNoChunkIsLeftOut() throws Exception {
        Path one = recorded("one");
        Path two = recorded("two");
        byte[] bytes = Files.readAllBytes(two);
        Path half = Files.write(folder.resolve("half.jfr"), Arrays.copyOf(bytes, bytes.length - 1));
        Path none = Files.writeString(folder.resolve("none.jfr"), "this is no recording ".repeat(50));
        Path empty = Files.createFile(folder.resolve("empty.jfr"));
        Path all = folder.resolve("all");
        ChunkFiles.join(List.of(none, one, half, empty, two), all);
        assertThat(marks(all)).containsExactly("one", "two");
        assertThat(ChunkFiles.in(folder)).containsExactly(half, none, one, two);
    }

    /** As a worker can write them that means harm. */
    @Test
    void aChunkWithoutADescriptionCostsNoOther() throws Exception {
        Path one = recorded("one");
        byte[] far = Files.readAllBytes(one);
        ByteBuffer.wrap(far).putLong(METADATA_AT, Long.MAX_VALUE);
        byte[] endless = Files.readAllBytes(one);
        int description = (int) ByteBuffer.wrap(endless).getLong(METADATA_AT);
        Arrays.fill(endless, description, endless.length, (byte) 0xff);
        Path all = folder.resolve("all");
        ChunkFiles.join(
                List.of(
                        Files.write(folder.resolve("far.jfr"), far),
                        one,
                        Files.write(folder.resolve("endless.jfr"), endless),
                        recorded("two")),
                all);
        assertThat(marks(all)).containsExactly("one", "two");
    }

    /** Each JVM numbers its types by itself; the JDK's reader must not take those of one for those of the other. */
    @Test
    void typesOfTwoJvmsAreToldApart() throws Exception {
        Path one = recorded("one");
        Path other = folder.resolve("other.jfr");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProgram.class.getName(),
                        other.toString())
                .inheritIO()
                .start();
        assertThat(program.waitFor()).isZero();
        Path all = folder.resolve("all");
        ChunkFiles.join(List.of(other, one, other, other), all);
        assertThat(marks(all)).containsExactly("one");
        assertThat(RecordingFile.readAllEvents(all).stream()
                        .filter(event -> event.getEventType().getName().equals("dev.pando.test.Other"))
                        .map(event -> event.getInt("number")))
                .containsExactly(42, 42, 42);
    }

    /** Records an event that the test's own JVM does not have. */
    static final class OtherProgram {
        @Name("dev.pando.test.Other")
        private static final class Other extends Event {
            @SuppressWarnings("UnusedVariable") // the recorder reads it
            int number = 42;
        }

        public static void main(String[] arguments) throws IOException {
            try (Recording recording = new Recording()) {
                recording.start();
                new Other().commit();
                recording.stop();
                recording.dump(Path.of(arguments[0]));
            }
        }
    }

    @Test
    void aChunkThatAJvmWasWritingEndsWhereTheDiskHasIt() throws Exception {
        Path one = recorded("one");
        byte[] bytes = Files.readAllBytes(one);
        byte[] growing = Arrays.copyOf(bytes, bytes.length + 1000); // the header does not know of these yet
        growing[STATE_AT] = 7;
        Path live = Files.write(folder.resolve("live.jfr"), growing);
        Path mended = folder.resolve("mended");
        ChunkFiles.join(List.of(live, recorded("two")), mended);
        assertThat(marks(mended)).containsExactly("one", "two");

        growing[STATE_AT] = (byte) 255;
        Files.write(live, growing);
        ChunkFiles.join(List.of(live), mended);
        assertThat(mended).isEmptyFile();
    }

    @Test
    void theNewestAreKeptAndNothingElseIsDeleted() throws Exception {
        Path one = Files.write(folder.resolve("1.jfr"), new byte[100]);
        Path two = Files.write(folder.resolve("2.jfr"), new byte[100]);
        Path three = Files.write(folder.resolve("3.jfr"), new byte[100]);
        Path other = Files.write(folder.resolve("notes.txt"), new byte[100]);
        Files.setLastModifiedTime(one, FileTime.fromMillis(3_000));
        Files.setLastModifiedTime(two, FileTime.fromMillis(1_000));
        Files.setLastModifiedTime(three, FileTime.fromMillis(2_000));
        ChunkFiles.keepNewest(folder, 250);
        assertThat(List.of(one, three, other))
                .allSatisfy(file -> assertThat(file).exists());
        assertThat(two).doesNotExist();

        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path link = Files.createSymbolicLink(inner.resolve("link.jfr"), one);
        Files.write(inner.resolve("a.jfr"), new byte[1]);
        try {
            ChunkFiles.delete(inner);
        } catch (IOException notEmpty) {
            assertThat(notEmpty).isInstanceOf(java.nio.file.DirectoryNotEmptyException.class);
        }
        assertThat(inner.resolve("a.jfr")).doesNotExist();
        assertThat(link).exists();
        assertThat(one).exists();
    }
}
