package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.PoolRecording;
import dev.pando.Recordings;
import dev.pando.TaskFuture;
import dev.pando.Worker;
import dev.pando.WorkerLostException;
import dev.pando.local.Threads;
import dev.pando.process.Processes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One recording of a program and of the workers of its pool, put together from what each JVM has recorded. */
@Timeout(120)
@Tag("processes")
@EnabledOnOs(OS.LINUX)
class PoolRecordingTest {
    private static final String RUN = "dev.pando.TaskRun";

    @RegisterExtension
    final Pools pools = new Pools();

    @TempDir
    Path folder;

    private static List<RecordedEvent> named(List<RecordedEvent> events, String kind) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(kind))
                .toList();
    }

    /** The numbers of the processes that a file has something of. */
    private static Set<Long> processes(List<RecordedEvent> events) {
        return named(events, "jdk.JVMInformation").stream()
                .map(event -> event.getLong("pid"))
                .collect(Collectors.toSet());
    }

    private List<RecordedEvent> dumped(PoolRecording recording, String file) throws IOException {
        Path target = folder.resolve(file);
        assertThat(recording.dump(target)).isEmpty();
        return RecordingFile.readAllEvents(target);
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    /** What recorders leave in the temporary folder: ours, and that of the JVM of this process. */
    private static List<Path> left(Set<Long> pids) throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> pids.stream()
                            .anyMatch(pid -> path.getFileName().toString().matches("\\d{4}(_\\d{2}){5}_" + pid)))
                    .toList();
        }
    }

    @Test
    void theProgramAndItsWorkersAreInOneFile() throws Exception {
        Pool pool = pools.open(Pool.with(Processes.of(2).eager()));
        String name = pool.stats().name();
        assertThat(pool.submit(PoolRecordingTest::pid).result()).isPositive(); // one works before it is recorded
        try (PoolRecording recording = Recordings.of(pool).start()) {
            List<TaskFuture<Long>> futures = Stream.of(1, 2, 3, 4)
                    .map(_ -> pool.named("render").submit(PoolRecordingTest::pid))
                    .toList();
            Set<Long> pids = futures.stream().map(TaskFuture::result).collect(Collectors.toSet());
            List<RecordedEvent> events = dumped(recording, "two.jfr");

            assertThat(processes(events)).contains(pid()).containsAll(pids);
            assertThat(named(events, RUN)).hasSize(4).allSatisfy(run -> {
                assertThat(run.getString("task")).startsWith("render-");
                assertThat(run.getString("worker")).startsWith(name + "-");
                assertThat(run.getInt("attempt")).isEqualTo(1);
                assertThat(run.getThread().getJavaName()).isIn("main", run.getString("worker"));
            });
            assertThat(named(events, "dev.pando.TaskFinished"))
                    .extracting(event -> event.getString("task"))
                    .containsAll(named(events, RUN).stream()
                            .map(run -> run.getString("task"))
                            .toList());
            assertThat(named(events, "dev.pando.TaskFinished"))
                    .allSatisfy(event -> assertThat(event.getInt("attempt")).isEqualTo(1));
        }
        assertThatThrownBy(() -> Recordings.of(pool).mostBytes(1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Waits until this JVM has twice brought its events to the disk, the second time with all that was before this. */
    private static void awaitFlush() throws IOException {
        byte last = generation();
        for (int flushes = 0; flushes < 2; ) {
            byte now = generation();
            if (now != last && now != -1) { // -1: it is being written
                last = now;
                flushes++;
            }
            Thread.onSpinWait();
        }
    }

    /** What the JVM counts up in the file that it writes whenever all before is there. */
    private static byte generation() throws IOException {
        try (Stream<Path> chunks = Files.list(Path.of(System.getProperty("jdk.jfr.repository")));
                RandomAccessFile chunk = new RandomAccessFile(
                        chunks.max(Comparator.naturalOrder()).orElseThrow().toFile(), "r")) {
            chunk.seek(64);
            return chunk.readByte();
        }
    }

    @Test
    void whatAKilledWorkerHasRecordedIsThereAndItsSuccessorToo() throws Exception {
        Pool pool = pools.open(Pool.with(Processes.of(1)));
        Set<Long> pids;
        try (PoolRecording recording = Recordings.of(pool).start()) {
            long first = pool.submit(PoolRecordingTest::pid).result();
            TaskFuture<Integer> killed = pool.named("fatal").submit(() -> {
                awaitFlush();
                Runtime.getRuntime().halt(9);
                return 0;
            });
            assertThat(killed.exception()).isInstanceOf(WorkerLostException.class);
            TaskFuture<Integer> again = pool.retries(1).named("again").submit(() -> {
                if (Worker.attempt() == 1) {
                    new ProcessBuilder("kill", "-SEGV", String.valueOf(pid()))
                            .start()
                            .waitFor();
                    new CountDownLatch(1).await();
                }
                return Worker.attempt();
            });
            assertThat(again.result()).isEqualTo(2);
            long last = pool.submit(PoolRecordingTest::pid).result();
            pool.close();

            List<RecordedEvent> events = dumped(recording, "dead.jfr");
            pids = Set.of(first, last);
            assertThat(processes(events)).contains(pid()).containsAll(pids);
            assertThat(named(events, RUN))
                    .extracting(run -> run.getString("task").replaceAll("-\\d+$", "") + run.getInt("attempt"))
                    .contains("task1", "again2");
        }
        assertThat(left(pids)).isEmpty();
        try (Stream<Path> here = Files.list(Path.of(""))) {
            assertThat(here)
                    .as("what a JVM that crashes leaves")
                    .noneMatch(file -> file.toString().endsWith(".jfr"));
        }
    }

    @Test
    void aPoolOfThreadsIsRecordedWithSettingsOfItsOwn() throws Exception {
        Pool threads = pools.open(Pool.with(Threads.of(1)));
        Path missing = folder.resolve("none").resolve("a.jfr");
        PoolRecording ended;
        try (PoolRecording recording = Recordings.of(threads)
                .detailed()
                .settings(Map.of("dev.pando.TaskQueued#enabled", "false"))
                .start()) {
            ended = recording;
            assertThat(threads.named("here").submit(() -> 1).result()).isEqualTo(1);
            threads.close();
            assertThatThrownBy(() -> recording.dump(missing)).isInstanceOf(IOException.class);
            List<RecordedEvent> events = dumped(recording, "here.jfr");
            assertThat(named(events, "dev.pando.TaskFinished")).isNotEmpty();
            assertThat(named(events, "dev.pando.TaskQueued")).isEmpty();
        }
        assertThatThrownBy(() -> ended.dump(missing)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void onePoolOfProcessesHasOneRecordingAtATime() throws Exception {
        Pool processes = pools.open(Pool.with(Processes.of(1)));
        try (PoolRecording recording = Recordings.of(processes).start()) {
            assertThatThrownBy(() -> Recordings.of(processes).start()).isInstanceOf(IllegalStateException.class);
            assertThat(dumped(recording, "none.jfr")).isNotEmpty();
        }
        try (PoolRecording again = Recordings.of(processes).start()) {
            assertThat(processes.submit(() -> 1).result()).isEqualTo(1);
            assertThat(named(dumped(again, "again.jfr"), RUN)).hasSize(1);
        }
        try (PoolRecording third = Recordings.of(processes).start()) { // of a worker that has ended its recording
            assertThat(processes.submit(() -> 1).result()).isEqualTo(1);
            assertThat(named(dumped(third, "third.jfr"), RUN)).hasSize(1);
        }
    }
}
