package dev.pando.internal.map;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Fn;
import dev.pando.Pool;
import dev.pando.Progress;
import dev.pando.local.Threads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bar paints, by a clock of the test, and when a map tells a progress of its begin and its end. */
class ProgressBarTest {
    private static final long MILLI = 1_000_000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, false, US_ASCII); // the bar flushes
    private final AtomicLong clock = new AtomicLong(-5 * MILLI);
    private final ProgressBar bar = new ProgressBar(out, true, clock::get);

    private void after(long millis, long delivered) {
        clock.addAndGet(millis * MILLI);
        bar.update(delivered, delivered + 4);
    }

    /** Returns what stands on the terminal, each paint as a line of its own. */
    private List<String> painted() {
        String all = bytes.toString(US_ASCII);
        assertThat(all).startsWith("\r");
        return List.of(all.substring(1).split("\r(?!\n)"));
    }

    @Test
    void rateAndTimeLeftStandOnOneLine() {
        bar.begin(OptionalLong.of(1000));
        after(1000, 35);
        after(1000, 70);
        assertThat(painted())
                .containsExactly(
                        "  3 % [------------------------] 35 of 1000, 35/s, 0:28 left",
                        "  7 % [#-----------------------] 70 of 1000, 35/s, 0:27 left");
    }

    @Test
    void ofAnUnknownNumberTheTimeIsToldThatHasPassed() {
        bar.begin(OptionalLong.empty());
        after(3_600_000, 90);
        assertThat(painted()).containsExactly("90 done, 1.5/min, 1:00:00");
    }

    @Test
    void itIsPaintedTenTimesASecondAtMost() {
        bar.begin(OptionalLong.of(1_000_000));
        for (int i = 1; i <= 10_000; i++) {
            clock.addAndGet(MILLI / 10);
            bar.update(i, i);
        }
        assertThat(painted()).hasSize(10);
    }

    @Test
    void aShorterLineHidesTheLongerOneAndTheEndHasALineOfItsOwn() {
        bar.begin(OptionalLong.of(200));
        after(1000, 199);
        bar.update(200, 200);
        bar.end();
        List<String> lines = painted();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).isEqualTo(" 99 % [#######################-] 199 of 200, 199/s, 0:01 left");
        assertThat(lines.get(1))
                .isEqualTo("100 % [########################] 200 of 200, 200/s, 0:01     " + System.lineSeparator());
    }

    @Test
    void aRateThatChangesIsFollowed() {
        bar.begin(OptionalLong.of(100_000));
        after(1000, 1000);
        for (int second = 1; second <= 60; second++) {
            after(1000, 1000 + 10L * second);
        }
        assertThat(painted().getLast()).contains(" 1600 of 100000, 10/s, 2:43:55 left");
    }

    @Test
    void whatTheNumbersCannotSayIsNotSaid() {
        bar.begin(OptionalLong.of(0));
        bar.end();
        bar.begin(OptionalLong.of(2));
        after(200, 0);
        after(200, 3); // more than was expected
        assertThat(painted().getFirst()).startsWith("100 % [########################] 0 of 0, 0:00");
        assertThat(bytes.toString(US_ASCII))
                .contains("  0 % [------------------------] 0 of 2\r")
                .contains("100 % [########################] 3 of 3, 15/s, 0:00 left");
    }

    @Test
    void whereNoTerminalIsNothingIsPrinted(@TempDir Path folder) throws IOException {
        ProgressBar quiet = new ProgressBar(out, false, clock::get);
        quiet.begin(OptionalLong.of(2));
        clock.addAndGet(1000 * MILLI);
        quiet.update(1, 2);
        quiet.end();
        assertThat(bytes.size()).isZero();
        assertThat(StandardStreams.isTerminal(out))
                .as("a stream of the program's own")
                .isFalse();
        assertThat(StandardStreams.isTerminal(link(folder, "pipe", "pipe:[4711]")))
                .isFalse();
        assertThat(StandardStreams.isTerminal(link(folder, "file", "/tmp/out.txt")))
                .isFalse();
        assertThat(StandardStreams.isTerminal(link(folder, "screen", "/dev/pts/3")))
                .isTrue();
    }

    private static Path link(Path folder, String name, String target) throws IOException {
        return Files.createSymbolicLink(folder.resolve(name), Path.of(target));
    }

    /** What a map tells. */
    private static final class Heard implements Progress {
        final List<String> all = new ArrayList<>();

        @Override
        public void begin(OptionalLong expected) {
            all.add("begin " + expected.orElse(-1));
        }

        @Override
        public void update(long delivered, long started) {
            all.add(String.valueOf(delivered));
        }

        @Override
        public void end() {
            all.add("end");
        }
    }

    private static final Fn<Integer, Integer> HALF = n -> 100 / n;

    @Test
    void aMapTellsItsBeginItsSizeAndItsEnd() {
        try (Pool pool = Pool.open(Threads.of(2))) {
            List<Integer> two = List.of(1, 2);
            Heard list = new Heard();
            assertThat(pool.mapping(HALF).progress(list).over(two).toList()).hasSize(2);
            assertThat(list.all).containsExactly("begin 2", "1", "2", "end");
            Heard stream = new Heard();
            assertThat(pool.mapping(HALF).progress(stream).over(two.stream()).toList())
                    .hasSize(2);
            assertThat(stream.all).containsExactly("begin 2", "1", "2", "end");
            Heard unknown = new Heard();
            assertThat(pool.mapping(HALF)
                            .progress(unknown)
                            .over(two.stream().filter(n -> n > 1))
                            .toList())
                    .hasSize(1);
            assertThat(unknown.all).containsExactly("begin -1", "1", "end");
            Heard gathered = new Heard();
            assertThat(two.stream()
                            .gather(pool.mapping(HALF).progress(gathered))
                            .toList())
                    .hasSize(2);
            assertThat(gathered.all).containsExactly("begin -1", "1", "2", "end");
        }
    }

    @Test
    void aMapThatIsCutShortEndsOnceToo() {
        try (Pool pool = Pool.open(Threads.of(2))) {
            List<Integer> many = IntStream.range(1, 100).boxed().toList();
            Heard cut = new Heard();
            assertThat(pool.mapping(HALF).progress(cut).over(many).limit(2).toList())
                    .hasSize(2);
            assertThat(cut.all).startsWith("begin 99").endsWith("end").containsOnlyOnce("end");
            Heard closed = new Heard();
            try (var stream = pool.mapping(HALF).progress(closed).over(many)) {
                assertThat(stream.iterator().next()).isEqualTo(100);
            }
            assertThat(closed.all).endsWith("end").containsOnlyOnce("end");
            Heard unread = new Heard();
            pool.mapping(HALF).progress(unread).over(many).close();
            assertThat(unread.all).isEmpty();
        }
    }

    @Test
    void whatTheMapFailedOfIsThrownAndNotWhatTheProgressThrowsInTheEnd() {
        try (Pool pool = Pool.open(Threads.of(2))) {
            Progress failing = new Progress() {
                @Override
                public void update(long delivered, long started) {}

                @Override
                public void end() {
                    throw new IllegalStateException("in the end");
                }
            };
            assertThatThrownBy(() -> pool.mapping(HALF)
                            .progress(failing)
                            .over(List.of(1, 0))
                            .toList())
                    .hasRootCauseInstanceOf(ArithmeticException.class)
                    .hasSuppressedException(new IllegalStateException("in the end"));
        }
    }
}
