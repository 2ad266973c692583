package dev.pando.internal.process.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.internal.process.wire.BadFrameException;
import dev.pando.internal.process.wire.RecordMessage;
import dev.pando.spi.RecordingPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parent's side of a worker's recording: what it asks, and what it believes. */
class WorkerTapeTest {
    private final FakeWorker worker = new FakeWorker();

    @TempDir
    Path folder;

    private CompletableFuture<String> begun;
    private WorkerTape tape;

    @BeforeEach
    void begin() {
        worker.ready();
        begun = WorkerTape.begin(worker.handle, new RecordingPlan(Map.of("a", "b"), 1 << 20, folder));
        tape = worker.handle.tape();
    }

    @AfterEach
    void close() {
        worker.close();
    }

    @Test
    void aTaskHasItsTitleBeforeItAndNoneIsSentAhead() throws Exception {
        worker.submit("a");
        worker.submit("b");
        assertThat(worker.handle.feed(0)).isTrue();
        worker.handle.fill();
        assertThat(worker.sent()).containsExactly("Begin", "Title", "Run 1");
        var _ = tape.end();
        worker.submit("c");
        assertThat(worker.handle.feed(0)).isTrue();
        assertThat(worker.sent()).endsWith("Finish", "Run 2");
    }

    @Test
    void aQuestionIsAnsweredOnceAndADeadWorkerAnswersNone() throws Exception {
        assertThat(begun).isNotDone();
        tape.told(new RecordMessage.Told(1, "", "no recorder"));
        assertThat(begun).isCompletedWithValue("no recorder");
        assertThatThrownBy(() -> tape.told(new RecordMessage.Told(1, "", ""))).isInstanceOf(BadFrameException.class);
        CompletableFuture<String> written = tape.write(folder);
        tape.died();
        assertThat(written).isCompletedWithValue("the worker is gone");
        assertThat(tape.write(folder)).isCompletedWithValue("the worker is gone");
    }

    /** Recordings in the folder that a worker names are deleted when it is dead. */
    @Test
    void aWorkerCannotNameAnotherFolderThanThatOfItsJvm() throws Exception {
        long pid = worker.process.pid();
        for (String name :
                new String[] {"mine", "2026_01_01_00_00_00_" + (pid + 1), "2026_01_01_00_00_00_" + pid + "x"}) {
            Path named = Files.createDirectory(folder.resolve(name));
            Path precious = Files.writeString(named.resolve("precious.jfr"), "mine");
            var _ = tape.write(folder);
            tape.told(new RecordMessage.Told(name.equals("mine") ? 1 : 2, named + "", ""));
            tape.died();
            assertThat(precious).exists();
            tape = revived();
        }
        Path target = Files.createDirectory(folder.resolve("target"));
        Path precious = Files.writeString(target.resolve("precious.jfr"), "mine");
        Path link = Files.createSymbolicLink(folder.resolve("2026_01_01_00_00_00_" + pid), target);
        tape.told(new RecordMessage.Told(1, link + "", ""));
        tape.died();
        assertThat(precious).exists();
    }

    private WorkerTape revived() {
        FakeWorker other = new FakeWorker();
        other.ready();
        var _ = WorkerTape.begin(other.handle, new RecordingPlan(Map.of(), 1 << 20, folder));
        other.close();
        return java.util.Objects.requireNonNull(other.handle.tape());
    }

    @Test
    void theFolderOfADeadJvmIsMovedAway() throws Exception {
        Path repository = Files.createDirectory(folder.resolve("2026_01_01_00_00_00_" + worker.process.pid()));
        Files.writeString(repository.resolve("broken.jfr"), "no chunk");
        tape.told(new RecordMessage.Told(1, repository + "", ""));
        tape.died();
        assertThat(repository).doesNotExist();
        tape.died(); // as after a want of memory
    }
}
