package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.TaskTrace;
import dev.pando.local.Caller;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.loop.Loop;
import dev.pando.process.Processes;
import dev.pando.spi.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A trace of what ran when, which is read here as ui.perfetto.dev reads it. */
@Timeout(60)
@Tag("processes")
class TaskTraceTest {
    @RegisterExtension
    final Pools pools = new Pools();

    @TempDir
    Path folder;

    static List<Backend> backends() {
        return List.of(
                Threads.of(2),
                Virtual.unlimited(),
                Loop.create(),
                Caller.inline(),
                Caller.serializing(),
                Processes.of(1),
                new MortalBackend());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> events(Path file) throws IOException {
        return (List<Map<String, Object>>) JsonText.read(Files.readString(file));
    }

    private static List<Map<String, Object>> of(List<Map<String, Object>> events, String phase) {
        return events.stream().filter(event -> event.get("ph").equals(phase)).toList();
    }

    private static Object fact(Map<String, Object> event, String name) {
        return ((Map<?, ?>) event.get("args")).get(name);
    }

    /** The name of the process, or of the row, that this event is in. */
    private static String place(List<Map<String, Object>> events, Map<String, Object> event, String kind) {
        return of(events, "M").stream()
                .filter(meta -> meta.get("name").equals(kind)
                        && meta.get("pid").equals(event.get("pid"))
                        && (kind.equals("process_name") || meta.get("tid").equals(event.get("tid"))))
                .map(meta -> fact(meta, "name").toString())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void everyTaskOfAnyKindOfWorkerIsABar(Backend backend) throws Exception {
        Path file = folder.resolve("trace.json");
        String name = pools.name();
        String evil = "a\"\\\n\u2028<b>";
        List<String> workers = new ArrayList<>();
        try (TaskTrace trace = TaskTrace.to(file);
                Pool pool = pools.open(Pool.with(backend).named(name))) {
            trace.add(pool);
            TaskFuture<Integer> good = pool.named(evil).submit(() -> 1);
            assertThat(good.result()).isEqualTo(1);
            assertThat(pool.named("bad").submit(() -> Math.floorDiv(1, 0)).exception())
                    .isNotNull();
            workers.add(good.info().worker().orElseThrow());
        }
        List<Map<String, Object>> events = events(file);
        List<Map<String, Object>> bars = of(events, "X");
        assertThat(bars)
                .extracting(bar -> bar.get("name") + " " + fact(bar, "outcome") + " " + fact(bar, "attempt"))
                .containsExactlyInAnyOrder(evil + "-1 SUCCESS 1", "bad-2 FAILED 1");
        assertThat(bars).allSatisfy(bar -> {
            assertThat(place(events, bar, "process_name")).startsWith(name + ", ");
            assertThat((Double) bar.get("dur")).isNotNegative();
            assertThat((Double) bar.get("ts")).isPositive();
        });
        assertThat(bars).extracting(bar -> place(events, bar, "thread_name")).containsAnyElementsOf(workers);
    }

    @Test
    void barsOfOneRowDoNotOverlapAndADeathIsAMoment() throws Exception {
        Path file = folder.resolve("overlap.json");
        try (TaskTrace trace = TaskTrace.to(file);
                Pool loop = pools.open(Pool.with(Loop.create()));
                Pool mortal = pools.open(Pool.with(new MortalBackend()))) {
            trace.add(loop);
            trace.add(mortal);
            for (int i = 0; i < 5; i++) {
                var _ = loop.submit(() -> Loop.sleep(Duration.ofMillis(20)));
            }
            assertThat(mortal.submit(() -> {
                                throw new MortalBackend.Death();
                            })
                            .exception())
                    .isNotNull();
        }
        List<Map<String, Object>> events = events(file);
        List<Map<String, Object>> bars = of(events, "X");
        assertThat(bars).hasSize(6);
        for (Map<String, Object> one : bars) {
            for (Map<String, Object> other : bars) {
                boolean isSameRow = one != other
                        && Objects.equals(one.get("pid"), other.get("pid"))
                        && Objects.equals(one.get("tid"), other.get("tid"));
                assertThat(isSameRow && start(one) < end(other) && start(other) < end(one))
                        .as(one + " and " + other)
                        .isFalse();
            }
        }
        assertThat(of(events, "i"))
                .singleElement()
                .satisfies(death -> assertThat(death.get("name")).isEqualTo("died: it was shot"));
    }

    private static double start(Map<String, Object> bar) {
        return (Double) bar.get("ts");
    }

    private static double end(Map<String, Object> bar) {
        return start(bar) + (Double) bar.get("dur");
    }

    @Test
    void aClosedTraceHearsNothingAndAFileThatCannotBeIsRefused() throws Exception {
        Path file = folder.resolve("closed.json");
        Pool pool = pools.open(Pool.with(Threads.of(1)));
        TaskTrace trace = TaskTrace.to(file);
        trace.add(pool);
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
        trace.close();
        trace.close();
        assertThat(pool.submit(() -> 2).result()).isEqualTo(2);
        assertThat(of(events(file), "X")).hasSizeLessThanOrEqualTo(1);
        assertThatThrownBy(() -> TaskTrace.to(folder.resolve("none").resolve("a.json")))
                .isInstanceOf(IOException.class);
    }
}
