package dev.pando.internal.process.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.process.Output;
import dev.pando.process.Output.Line;
import dev.pando.process.OutputSinks;
import dev.pando.process.OutputTest;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines are shown as {@code task:text}, with {@code -} for no task. */
class OutputReaderTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(30);

    private final FilledPipe filledPipe = new FilledPipe();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch gate = new CountDownLatch(1);

    private void keep(Line line) {
        lines.add(line.task().orElse("-") + ":" + line.text());
    }

    private OutputReader output() {
        return drain(this::keep);
    }

    private OutputReader drain(Consumer<Line> consumer) {
        return OutputReader.start("w", filledPipe, OutputSinks.of(Output.to(consumer)));
    }

    /** A drain whose consumer is blocked at the first line until the gate opens. */
    private OutputReader stopped() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        OutputReader output = drain(line -> {
            inside.countDown();
            await(gate);
            keep(line);
        });
        filledPipe.print("first\n");
        inside.await();
        return output;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the printed lines up to the end of the stream. */
    private List<String> all(OutputReader output) {
        filledPipe.end();
        output.awaitEnd(LONG);
        return lines;
    }

    private List<String> all(String printed) {
        OutputReader output = output();
        filledPipe.print(printed);
        return all(output);
    }

    @AfterEach
    void noThreadIsLeft() throws Exception {
        gate.countDown();
        filledPipe.release();
        filledPipe.end();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!thread.getName().equals("w-output")) {
                continue;
            }
            thread.join(TimeUnit.NANOSECONDS.toMillis(LONG));
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void aLineEndsInThreeWays() {
        assertThat(all("a\nb\r\nc\rd\n\n\r\ne\n")).containsExactly("-:a", "-:b", "-:c", "-:d", "-:", "-:", "-:e");
    }

    @Test
    void aProgressBarIsALineEachTimeItMoves() {
        assertThat(all("\r10%\r20%\r100%\r\ndone\n")).containsExactly("-:10%", "-:20%", "-:100%", "-:done");
    }

    @Test
    void aProgressBarIsSeenWhileItMoves() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        drain(line -> seen.countDown());
        filledPipe.print("10%\r");
        assertThat(seen.await(LONG, TimeUnit.NANOSECONDS)).isTrue();
    }

    @Test
    void aCharacterMayComeInPieces() {
        OutputReader output = output();
        for (byte one : "zwölf € 𝄞\n".getBytes(UTF_8)) {
            filledPipe.print(one);
            filledPipe.awaitIdle();
        }
        assertThat(all(output)).containsExactly("-:zwölf € 𝄞");
    }

    @Test
    void malformedBytesAreReplaced() {
        OutputReader output = output();
        filledPipe.print((byte) 'a', (byte) 0xff, (byte) 0xe2, (byte) 0x82, (byte) '\n', (byte) 'b', (byte) 0xc3);
        assertThat(all(output)).containsExactly("-:a\ufffd\ufffd", "-:b\ufffd");
    }

    @Test
    void aLineThatIsTooLongComesInPiecesOfWholeCharacters() {
        for (String character : List.of("x", "ö", "€", "𝄞")) {
            for (int shift = 0; shift < 4; shift++) {
                LineSplitter splitter = new LineSplitter();
                String text = "x".repeat(shift) + character.repeat(LineSplitter.LONGEST);
                List<String> pieces = new ArrayList<>();
                for (byte one : text.getBytes(UTF_8)) {
                    String piece = splitter.add(one);
                    if (piece != null) {
                        pieces.add(piece);
                    }
                }
                pieces.add(splitter.finish());
                assertThat(String.join("", pieces)).isEqualTo(text);
                assertThat(pieces)
                        .allSatisfy(piece ->
                                assertThat(piece.getBytes(UTF_8).length).isLessThanOrEqualTo(LineSplitter.LONGEST));
            }
        }
    }

    @Test
    void aLineThatJustFitsIsOne() {
        String longest = "x".repeat(LineSplitter.LONGEST);
        assertThat(all(longest + "\n" + longest + "y\n")).containsExactly("-:" + longest, "-:" + longest, "-:y");
    }

    @Test
    void aHundredMegabytesWithoutALineEndAreHarmless() {
        long size = 100_000_000;
        AtomicLong got = new AtomicLong();
        AtomicInteger longest = new AtomicInteger();
        OutputReader output = OutputReader.start("w", flood(size), OutputSinks.of(Output.to(line -> {
            got.addAndGet(line.text().length());
            longest.accumulateAndGet(line.text().length(), Math::max);
        })));
        output.awaitEnd(LONG);
        assertThat(got).hasValue(size);
        assertThat(longest).hasValue(LineSplitter.LONGEST);
        assertThat(output.last("any").stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(OutputTail.CHARS);
    }

    private static InputStream flood(long size) {
        return new InputStream() {
            private long left = size;

            @Override
            public int available() {
                return (int) Math.min(left, 65_536);
            }

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                int read = (int) Math.min(left, length);
                java.util.Arrays.fill(into, from, from + read, (byte) 'x');
                left -= read;
                return read == 0 ? -1 : read;
            }
        };
    }

    @Test
    void whatWasReadBeforeTheEndOfATaskIsItsOwn() {
        OutputReader output = output();
        filledPipe.print("hello\n");
        filledPipe.awaitIdle();
        output.began("a");
        filledPipe.print("one\n");
        filledPipe.awaitIdle();
        output.ended();
        filledPipe.print("between\n");
        filledPipe.awaitIdle();
        output.began("b");
        filledPipe.print("two\n");
        assertThat(all(output)).containsExactly("-:hello", "a:one", "-:between", "b:two");
    }

    @Test
    void whatIsStillUnreadAtTheEndOfATaskIsItsOwnAndNobodyWaitsForASlowConsumer() throws Exception {
        OutputReader output = stopped();
        for (String task : List.of("a", "b", "silent", "c")) {
            output.began(task);
            if (!task.equals("silent")) {
                filledPipe.print(task + "1\n" + task + "2\n");
            }
            output.ended();
        }
        filledPipe.print("between\n");
        assertThat(lines).isEmpty();
        gate.countDown();
        assertThat(all(output)).containsExactly("-:first", "a:a1", "a:a2", "b:b1", "b:b2", "c:c1", "c:c2", "-:between");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void aByteOnItsWayIsCounted(String end) {
        OutputReader output = output();
        output.began("a");
        filledPipe.hold();
        filledPipe.print("one" + end);
        filledPipe.awaitHeld();
        output.ended();
        output.began("b");
        filledPipe.print("two" + end);
        output.ended();
        output.began("c");
        filledPipe.release();
        filledPipe.print("three" + end);
        assertThat(all(output)).containsExactly("a:one", "b:two", "c:three");
    }

    @Test
    void aLineEndAloneOnItsWayIsCounted() {
        OutputReader output = output();
        output.began("a");
        filledPipe.print("one");
        filledPipe.hold();
        filledPipe.print("\n");
        filledPipe.awaitHeld();
        output.ended();
        output.began("b");
        filledPipe.release();
        filledPipe.print("two\n");
        assertThat(all(output)).containsExactly("a:one", "b:two");
    }

    @Test
    void aByteThatWasAboutToBeTakenIsNotCountedTwice() {
        OutputReader output = output();
        output.began("a");
        filledPipe.hold();
        filledPipe.print("one\n");
        filledPipe.awaitHeld();
        output.ended();
        filledPipe.release();
        filledPipe.awaitIdle();
        output.began("b");
        filledPipe.print("\ntwo\n");
        assertThat(all(output)).containsExactly("a:one", "b:", "b:two");
    }

    @Test
    void aLineEndAfterAPromptThatWasAllReadIsOfWhoeverPrintsIt() throws Exception {
        OutputReader output = stopped();
        output.began("a");
        filledPipe.print("name? ");
        output.ended();
        output.began("b");
        filledPipe.print("\ntwo\n");
        gate.countDown();
        assertThat(all(output)).containsExactly("-:first", "a:name? ", "b:", "b:two");
    }

    @Test
    void aPromptIsOfTheTaskThatLeftIt() {
        OutputReader output = output();
        output.began("a");
        filledPipe.print("name? ");
        filledPipe.awaitIdle();
        output.ended();
        output.began("b");
        assertThat(output.last("a")).containsExactly("name? ");
        filledPipe.print("two\n");
        assertThat(all(output)).containsExactly("a:name? ", "b:two");
    }

    @Test
    void aPromptThatIsUnreadIsOfTheTaskThatLeftIt() throws Exception {
        OutputReader output = stopped();
        output.began("a");
        filledPipe.print("name? ");
        output.ended();
        output.began("b");
        filledPipe.print("two\n");
        gate.countDown();
        assertThat(all(output)).containsExactly("-:first", "a:name? ", "b:two");
    }

    @Test
    void tasksThatPrintNothingLeaveNothing() throws Exception {
        OutputReader output = stopped();
        for (int i = 0; i < 100_000; i++) {
            output.began("silent");
            output.ended();
        }
        var field = OutputReader.class.getDeclaredField("turns");
        field.setAccessible(true);
        assertThat((java.util.Collection<?>) field.get(output)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void everyLineIsOfTheTaskThatPrintedIt() {
        for (int seed = 0; seed < 60; seed++) {
            attribution(new FilledPipe(), new SplittableRandom(seed), "seed " + seed);
        }
    }

    private static void attribution(FilledPipe filledPipe, SplittableRandom random, String as) {
        List<String> got = Collections.synchronizedList(new ArrayList<>());
        List<String> expected = new ArrayList<>();
        SplittableRandom slowness = random.split();
        OutputReader output = OutputReader.start("w", filledPipe, OutputSinks.of(Output.to(line -> {
            if (slowness.nextInt(4) == 0) {
                for (int i = slowness.nextInt(20_000); i > 0; i--) {
                    Thread.onSpinWait();
                }
            }
            got.add(line.task().orElse("-") + ":" + line.text());
        })));
        boolean holds = false;
        for (int number = 0; number < 300; number++) {
            boolean nobody = random.nextInt(5) == 0;
            String task = nobody ? "-" : "t" + number;
            if (!nobody) {
                output.began(task);
            }
            if (!holds && random.nextInt(3) == 0) {
                filledPipe.hold();
                holds = true;
            }
            for (int i = random.nextInt(4) - 1; i > 0; i--) {
                String line = "ö€x".substring(random.nextInt(3)) + random.nextLong();
                expected.add(task + ":" + line);
                printInPieces(filledPipe, line + List.of("\n", "\r\n", "\r").get(random.nextInt(3)), random);
                if (holds) {
                    filledPipe.awaitHeld();
                }
            }
            if (!nobody) {
                output.ended();
            }
            if (holds && random.nextInt(3) == 0) {
                filledPipe.release();
                holds = false;
            }
            if (random.nextInt(10) == 0 && !holds) {
                filledPipe.awaitIdle();
            }
        }
        filledPipe.release();
        filledPipe.end();
        output.awaitEnd(LONG);
        assertThat(got).as(as).isEqualTo(expected);
    }

    private static void printInPieces(FilledPipe filledPipe, String line, SplittableRandom random) {
        byte[] bytes = line.getBytes(UTF_8);
        for (int from = 0; from < bytes.length; ) {
            int to = random.nextInt(from, bytes.length) + 1;
            filledPipe.print(java.util.Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
    }

    @Test
    void theLastLinesAreThoseOfTheTaskIfItPrintedAny() {
        OutputReader output = output();
        filledPipe.print("hello\n");
        filledPipe.awaitIdle();
        output.began("a");
        filledPipe.print("one\ntwo\nthr");
        filledPipe.awaitIdle();
        assertThat(output.last("a")).containsExactly("one", "two", "thr");
        assertThat(output.last("b")).containsExactly("hello", "one", "two", "thr");
        filledPipe.print("ee\n");
        all(output);
        assertThat(output.last("a")).containsExactly("one", "two", "three");
    }

    @Test
    void theLastLinesOfATaskAreNotThoseOfAnEarlierOneOfThatName() {
        OutputReader output = output();
        for (String text : List.of("old\n", "new\n")) {
            output.began("a");
            filledPipe.print(text);
            filledPipe.awaitIdle();
            output.ended();
        }
        assertThat(output.last("a")).containsExactly("new");
    }

    @Test
    void theLastLinesAreTwentyAndOfTheRestFewAreKept() {
        OutputReader output = output();
        output.began("a");
        filledPipe.print("mine\n");
        filledPipe.awaitIdle();
        output.ended();
        for (int i = 0; i < OutputTail.LINES - 1; i++) {
            filledPipe.print(i + "\n");
        }
        filledPipe.awaitIdle();
        assertThat(output.last("a")).containsExactly("mine");
        assertThat(output.last("b")).hasSize(OutputTail.REPORTED).endsWith("47", "48");
        filledPipe.print("one more\n");
        filledPipe.awaitIdle();
        assertThat(output.last("a")).hasSize(OutputTail.REPORTED).endsWith("48", "one more");
    }

    @Test
    void longLinesPushOthersOutEarlier() {
        OutputReader output = output();
        for (int i = 0; i < 9; i++) {
            filledPipe.print(("" + i).repeat(LineSplitter.LONGEST) + "\n");
        }
        filledPipe.awaitIdle();
        assertThat(output.last("a")).extracting(line -> line.substring(0, 1)).containsExactly("5", "6", "7", "8");
    }

    @Test
    void anUnfinishedLineIsDeliveredAtTheEnd() {
        OutputReader output = output();
        output.began("a");
        filledPipe.print("Killed");
        filledPipe.awaitIdle();
        output.ended();
        assertThat(lines).isEmpty();
        assertThat(all(output)).containsExactly("a:Killed");
    }

    @Test
    void aStreamThatIsClosedHasEnded() {
        OutputReader output = output();
        output.began("a");
        filledPipe.print("one\ntwo");
        filledPipe.awaitIdle();
        output.close();
        output.awaitEnd(LONG);
        output.began("b");
        output.ended();
        assertThat(lines).containsExactly("a:one", "a:two");
    }

    @Test
    void whoAwaitsTheEndWaitsForTheConsumerButNotForEver() throws Exception {
        OutputReader output = stopped();
        filledPipe.end();
        output.awaitEnd(1_000_000);
        assertThat(lines).isEmpty();
        gate.countDown();
        output.awaitEnd(LONG);
        assertThat(lines).containsExactly("-:first");
    }

    @Test
    void whoIsInterruptedWaitsNoLongerAndStaysInterrupted() {
        OutputReader output = output();
        Thread.currentThread().interrupt();
        output.awaitEnd(Long.MAX_VALUE);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aConsumerThatThrowsIsLoggedOnceAndGetsTheRest() {
        try (OutputTest.Records records = new OutputTest.Records("dev.pando")) {
            OutputReader output = drain(line -> {
                keep(line);
                throw new AssertionError(line.text());
            });
            filledPipe.print("one\ntwo\n");
            assertThat(all(output)).containsExactly("-:one", "-:two");
            assertThat(records.got).hasSize(1);
            assertThat(records.got.getFirst().getMessage()).contains("worker w", "still gets");
            assertThat(records.got.getFirst().getThrown()).hasMessage("one");
        }
    }

    @Test
    void aConsumerThatIsSlowStopsTheWorkerAndNothingPilesUp() throws Exception {
        OutputReader output = stopped();
        byte[] much = "x\n".repeat(500_000).getBytes(UTF_8);
        filledPipe.print(much);
        assertThat(filledPipe.available()).isEqualTo(much.length);
        gate.countDown();
        assertThat(all(output)).hasSize(500_001);
    }
}
