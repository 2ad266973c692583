package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.local.Threads;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the JDK's flight recorder shows of a pool. */
@Timeout(60)
class FlightRecordingTest {
    @RegisterExtension
    final Pools pools = new Pools();

    private static List<RecordedEvent> named(List<RecordedEvent> events, String pool, String kind) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("dev.pando." + kind))
                .filter(event -> event.getString("pool").equals(pool))
                .toList();
    }

    @Test
    void theLifeOfATaskIsRecorded(@TempDir Path folder) throws Exception {
        String name = pools.name();
        List<RecordedEvent> events;
        try (Recording recording = new Recording()) {
            for (String kind : List.of("TaskQueued", "TaskStarted", "TaskFinished", "TaskRejected", "WorkerStarted")) {
                recording.enable("dev.pando." + kind);
            }
            recording.start();
            Pool pool = pools.open(Pool.with(Threads.of(1)).named(name));
            assertThat(pool.named("good").submit(() -> 1).result()).isEqualTo(1);
            assertThat(pool.named("bad").submit(() -> Math.floorDiv(1, 0)).exception())
                    .isNotNull();
            pool.close();
            assertThatThrownBy(() -> pool.submit(() -> 2)).isInstanceOf(RejectedExecutionException.class);
            recording.stop();
            Path file = folder.resolve("pool.jfr");
            recording.dump(file);
            events = RecordingFile.readAllEvents(file);
        }
        assertThat(named(events, name, "TaskQueued"))
                .extracting(event -> event.getString("task"))
                .containsExactlyInAnyOrder("good-1", "bad-2");
        assertThat(named(events, name, "TaskStarted"))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.getString("worker")).isEqualTo(name + "-1"))
                .allSatisfy(event -> assertThat(event.getInt("attempt")).isEqualTo(1));
        assertThat(named(events, name, "TaskFinished"))
                .extracting(event -> event.getString("task") + " " + event.getString("outcome"))
                .containsExactlyInAnyOrder("good-1 SUCCESS", "bad-2 FAILED");
        assertThat(named(events, name, "TaskRejected"))
                .singleElement()
                .satisfies(event -> assertThat(event.getString("reason")).contains("shut down"));
        assertThat(named(events, name, "WorkerStarted"))
                .extracting(event -> event.getString("worker"))
                .contains(name + "-1");
    }

    @Test
    void aLostWorkerIsRecorded(@TempDir Path folder) throws Exception {
        String name = pools.name();
        try (Recording recording = new Recording()) {
            recording.enable("dev.pando.WorkerLost");
            recording.start();
            Pool pool = pools.open(Pool.with(new MortalBackend()).named(name));
            assertThat(pool.submit(() -> {
                                throw new MortalBackend.Death();
                            })
                            .exception())
                    .isNotNull();
            pool.close();
            recording.stop();
            Path file = folder.resolve("pool.jfr");
            recording.dump(file);
            assertThat(named(RecordingFile.readAllEvents(file), name, "WorkerLost"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getString("reason")).isEqualTo("it was shot"));
        }
    }
}
