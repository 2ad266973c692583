package dev.pando.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.WhenFull;
import dev.pando.internal.task.TaskOptions;
import dev.pando.spi.Job;
import dev.pando.spi.RecordingPlan;
import dev.pando.spi.Seat;
import dev.pando.spi.VisibleEngine;
import dev.pando.spi.WorkerFacts;
import dev.pando.spi.WorkerRecordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording of a pool whose workers are none, on a disk that the test fills. */
class PoolRecorderTest {
    private static final long MUCH = 1L << 40;
    private static final long MOST_BYTES = 8L << 20;

    private static final Map<String, String> SETTINGS =
            Map.of("jdk.JVMInformation#enabled", "true", "jdk.JVMInformation#period", "beginChunk");

    private final List<String> asked = new ArrayList<>();
    private final AtomicLong room = new AtomicLong(MUCH);

    @TempDir
    Path folder;

    private final class NotingEngine implements VisibleEngine, WorkerRecordings {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public void wake() {}

        @Override
        public void rescue(Job job) {}

        @Override
        public List<WorkerFacts> workers() {
            return List.of();
        }

        @Override
        public void look(Job job, int attempt, Seat seat, Consumer<List<StackTraceElement>> seen) {}

        @Override
        public WorkerRecordings recordings() {
            return this;
        }

        @Override
        public Map<String, String> begin(RecordingPlan plan, long patienceNanos) {
            asked.add("begin");
            return Map.of("w-1", "it has no recorder");
        }

        @Override
        public Map<String, String> write(Path into, long patienceNanos) {
            asked.add("write");
            return Map.of("w-2", "it does not answer");
        }

        @Override
        public Map<String, String> end(long patienceNanos) {
            asked.add("end");
            return Map.of();
        }
    }

    private PoolRecorder start() throws IOException {
        PoolCore core = new PoolCore(new PoolOptions(
                host -> new NotingEngine(),
                "taped",
                10,
                WhenFull.BLOCK,
                TaskOptions.NO_TIMEOUT,
                List.of(),
                List.of(),
                false,
                true,
                null));
        Path inside = Files.createDirectories(folder.resolve("inside"));
        return PoolRecorder.start(core.stats(), SETTINGS, MOST_BYTES, inside, room::get);
    }

    @Test
    void itStopsBeforeTheDiskIsFullAndKeepsWhatItHas() throws Exception {
        Path file = folder.resolve("taped.jfr");
        PoolRecorder recorder = start();
        recorder.look();
        assertThat(asked).containsExactly("begin");
        assertThat(recorder.dump(file))
                .containsOnly(Map.entry("w-1", "it has no recorder"), Map.entry("w-2", "it does not answer"));
        room.set(1);
        recorder.look();
        recorder.look();
        assertThat(asked).containsExactly("begin", "write", "end");
        Map<String, String> missing = recorder.dump(file);
        assertThat(missing).containsOnlyKeys("w-1", "taped");
        assertThat(missing.get("taped")).contains("less than 256 MiB were free");
        assertThat(RecordingFile.readAllEvents(file)).isNotEmpty();
        recorder.close();
        recorder.close();
        assertThat(asked).as("no worker is asked any more").containsExactly("begin", "write", "end");
        assertThat(folder.resolve("inside")).doesNotExist();
    }

    @Test
    void aFullDiskIsRefusedAndAFileThatCannotBeWrittenLeavesNothing() throws Exception {
        room.set(1);
        assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessageContaining("256 MiB are free");
        assertThat(asked).isEmpty();
        room.set(MUCH);
        try (PoolRecorder recorder = start()) {
            Path there = Files.createDirectories(folder.resolve("there").resolve("not-empty"));
            assertThatThrownBy(() -> recorder.dump(there.getParent())).isInstanceOf(IOException.class);
            assertThat(folder.resolve("there.part")).doesNotExist();
        }
    }
}
