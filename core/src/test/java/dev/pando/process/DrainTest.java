package dev.pando.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.process.Output.Line;
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
class DrainTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(30);

    private final Faucet faucet = new Faucet();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch gate = new CountDownLatch(1);

    private void keep(Line line) {
        lines.add(line.task().orElse("-") + ":" + line.text());
    }

    private Drain drain() {
        return drain(this::keep);
    }

    private Drain drain(Consumer<Line> consumer) {
        return Drain.start("w", faucet, OutputSinks.of(Output.to(consumer)));
    }

    /** A drain whose consumer is blocked at the first line until the gate opens. */
    private Drain stopped() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        Drain drain = drain(line -> {
            inside.countDown();
            await(gate);
            keep(line);
        });
        faucet.print("first\n");
        inside.await();
        return drain;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the printed lines up to the end of the stream. */
    private List<String> all(Drain drain) {
        faucet.end();
        drain.awaitEnd(LONG);
        return lines;
    }

    private List<String> all(String printed) {
        Drain drain = drain();
        faucet.print(printed);
        return all(drain);
    }

    @AfterEach
    void noThreadIsLeft() throws Exception {
        gate.countDown();
        faucet.release();
        faucet.end();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!thread.getName().equals("w-output")) continue;
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
        faucet.print("10%\r");
        assertThat(seen.await(LONG, TimeUnit.NANOSECONDS)).isTrue();
    }

    @Test
    void aCharacterMayComeInPieces() {
        Drain drain = drain();
        for (byte one : "zwölf € 𝄞\n".getBytes(UTF_8)) {
            faucet.print(one);
            faucet.awaitIdle();
        }
        assertThat(all(drain)).containsExactly("-:zwölf € 𝄞");
    }

    @Test
    void malformedBytesAreReplaced() {
        Drain drain = drain();
        faucet.print((byte) 'a', (byte) 0xff, (byte) 0xe2, (byte) 0x82, (byte) '\n', (byte) 'b', (byte) 0xc3);
        assertThat(all(drain)).containsExactly("-:a\ufffd\ufffd", "-:b\ufffd");
    }

    @Test
    void aLineThatIsTooLongComesInPiecesOfWholeCharacters() {
        for (String character : List.of("x", "ö", "€", "𝄞")) {
            for (int shift = 0; shift < 4; shift++) {
                Splitter splitter = new Splitter();
                String text = "x".repeat(shift) + character.repeat(Splitter.LONGEST);
                List<String> pieces = new ArrayList<>();
                for (byte one : text.getBytes(UTF_8)) {
                    String piece = splitter.add(one);
                    if (piece != null) pieces.add(piece);
                }
                pieces.add(splitter.finish());
                assertThat(String.join("", pieces)).isEqualTo(text);
                assertThat(pieces).allSatisfy(piece ->
                        assertThat(piece.getBytes(UTF_8).length).isLessThanOrEqualTo(Splitter.LONGEST));
            }
        }
    }

    @Test
    void aLineThatJustFitsIsOne() {
        String longest = "x".repeat(Splitter.LONGEST);
        assertThat(all(longest + "\n" + longest + "y\n")).containsExactly("-:" + longest, "-:" + longest, "-:y");
    }

    @Test
    void aHundredMegabytesWithoutALineEndAreHarmless() {
        long size = 100_000_000;
        AtomicLong got = new AtomicLong();
        AtomicInteger longest = new AtomicInteger();
        Drain drain = Drain.start("w", flood(size), OutputSinks.of(Output.to(line -> {
            got.addAndGet(line.text().length());
            longest.accumulateAndGet(line.text().length(), Math::max);
        })));
        drain.awaitEnd(LONG);
        assertThat(got).hasValue(size);
        assertThat(longest).hasValue(Splitter.LONGEST);
        assertThat(drain.last("any").stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(Tail.CHARS);
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
        Drain drain = drain();
        faucet.print("hello\n");
        faucet.awaitIdle();
        drain.began("a");
        faucet.print("one\n");
        faucet.awaitIdle();
        drain.ended();
        faucet.print("between\n");
        faucet.awaitIdle();
        drain.began("b");
        faucet.print("two\n");
        assertThat(all(drain)).containsExactly("-:hello", "a:one", "-:between", "b:two");
    }

    @Test
    void whatIsStillUnreadAtTheEndOfATaskIsItsOwnAndNobodyWaitsForASlowConsumer() throws Exception {
        Drain drain = stopped();
        for (String task : List.of("a", "b", "silent", "c")) {
            drain.began(task);
            if (!task.equals("silent")) faucet.print(task + "1\n" + task + "2\n");
            drain.ended();
        }
        faucet.print("between\n");
        assertThat(lines).isEmpty();
        gate.countDown();
        assertThat(all(drain)).containsExactly("-:first", "a:a1", "a:a2", "b:b1", "b:b2", "c:c1", "c:c2", "-:between");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void aByteOnItsWayIsCounted(String end) {
        Drain drain = drain();
        drain.began("a");
        faucet.hold();
        faucet.print("one" + end);
        faucet.awaitHeld();
        drain.ended();
        drain.began("b");
        faucet.print("two" + end);
        drain.ended();
        drain.began("c");
        faucet.release();
        faucet.print("three" + end);
        assertThat(all(drain)).containsExactly("a:one", "b:two", "c:three");
    }

    @Test
    void aLineEndAloneOnItsWayIsCounted() {
        Drain drain = drain();
        drain.began("a");
        faucet.print("one");
        faucet.hold();
        faucet.print("\n");
        faucet.awaitHeld();
        drain.ended();
        drain.began("b");
        faucet.release();
        faucet.print("two\n");
        assertThat(all(drain)).containsExactly("a:one", "b:two");
    }

    @Test
    void aByteThatWasAboutToBeTakenIsNotCountedTwice() {
        Drain drain = drain();
        drain.began("a");
        faucet.hold();
        faucet.print("one\n");
        faucet.awaitHeld();
        drain.ended();
        faucet.release();
        faucet.awaitIdle();
        drain.began("b");
        faucet.print("\ntwo\n");
        assertThat(all(drain)).containsExactly("a:one", "b:", "b:two");
    }

    @Test
    void aLineEndAfterAPromptThatWasAllReadIsOfWhoeverPrintsIt() throws Exception {
        Drain drain = stopped();
        drain.began("a");
        faucet.print("name? ");
        drain.ended();
        drain.began("b");
        faucet.print("\ntwo\n");
        gate.countDown();
        assertThat(all(drain)).containsExactly("-:first", "a:name? ", "b:", "b:two");
    }

    @Test
    void aPromptIsOfTheTaskThatLeftIt() {
        Drain drain = drain();
        drain.began("a");
        faucet.print("name? ");
        faucet.awaitIdle();
        drain.ended();
        drain.began("b");
        assertThat(drain.last("a")).containsExactly("name? ");
        faucet.print("two\n");
        assertThat(all(drain)).containsExactly("a:name? ", "b:two");
    }

    @Test
    void aPromptThatIsUnreadIsOfTheTaskThatLeftIt() throws Exception {
        Drain drain = stopped();
        drain.began("a");
        faucet.print("name? ");
        drain.ended();
        drain.began("b");
        faucet.print("two\n");
        gate.countDown();
        assertThat(all(drain)).containsExactly("-:first", "a:name? ", "b:two");
    }

    @Test
    void tasksThatPrintNothingLeaveNothing() throws Exception {
        Drain drain = stopped();
        for (int i = 0; i < 100_000; i++) {
            drain.began("silent");
            drain.ended();
        }
        var field = Drain.class.getDeclaredField("turns");
        field.setAccessible(true);
        assertThat((java.util.Collection<?>) field.get(drain)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void everyLineIsOfTheTaskThatPrintedIt() {
        for (int seed = 0; seed < 60; seed++) attribution(new Faucet(), new SplittableRandom(seed), "seed " + seed);
    }

    private static void attribution(Faucet faucet, SplittableRandom random, String as) {
        List<String> got = Collections.synchronizedList(new ArrayList<>());
        List<String> expected = new ArrayList<>();
        SplittableRandom slowness = random.split();
        Drain drain = Drain.start("w", faucet, OutputSinks.of(Output.to(line -> {
            if (slowness.nextInt(4) == 0) for (int i = slowness.nextInt(20_000); i > 0; i--) Thread.onSpinWait();
            got.add(line.task().orElse("-") + ":" + line.text());
        })));
        boolean holds = false;
        for (int number = 0; number < 300; number++) {
            boolean nobody = random.nextInt(5) == 0;
            String task = nobody ? "-" : "t" + number;
            if (!nobody) drain.began(task);
            if (!holds && random.nextInt(3) == 0) {
                faucet.hold();
                holds = true;
            }
            for (int i = random.nextInt(4) - 1; i > 0; i--) {
                String line = "ö€x".substring(random.nextInt(3)) + random.nextLong();
                expected.add(task + ":" + line);
                printInPieces(faucet, line + List.of("\n", "\r\n", "\r").get(random.nextInt(3)), random);
                if (holds) faucet.awaitHeld();
            }
            if (!nobody) drain.ended();
            if (holds && random.nextInt(3) == 0) {
                faucet.release();
                holds = false;
            }
            if (random.nextInt(10) == 0 && !holds) faucet.awaitIdle();
        }
        faucet.release();
        faucet.end();
        drain.awaitEnd(LONG);
        assertThat(got).as(as).isEqualTo(expected);
    }

    private static void printInPieces(Faucet faucet, String line, SplittableRandom random) {
        byte[] bytes = line.getBytes(UTF_8);
        for (int from = 0; from < bytes.length; ) {
            int to = random.nextInt(from, bytes.length) + 1;
            faucet.print(java.util.Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
    }

    @Test
    void theLastLinesAreThoseOfTheTaskIfItPrintedAny() {
        Drain drain = drain();
        faucet.print("hello\n");
        faucet.awaitIdle();
        drain.began("a");
        faucet.print("one\ntwo\nthr");
        faucet.awaitIdle();
        assertThat(drain.last("a")).containsExactly("one", "two", "thr");
        assertThat(drain.last("b")).containsExactly("hello", "one", "two", "thr");
        faucet.print("ee\n");
        all(drain);
        assertThat(drain.last("a")).containsExactly("one", "two", "three");
    }

    @Test
    void theLastLinesOfATaskAreNotThoseOfAnEarlierOneOfThatName() {
        Drain drain = drain();
        for (String text : List.of("old\n", "new\n")) {
            drain.began("a");
            faucet.print(text);
            faucet.awaitIdle();
            drain.ended();
        }
        assertThat(drain.last("a")).containsExactly("new");
    }

    @Test
    void theLastLinesAreTwentyAndOfTheRestFewAreKept() {
        Drain drain = drain();
        drain.began("a");
        faucet.print("mine\n");
        faucet.awaitIdle();
        drain.ended();
        for (int i = 0; i < Tail.LINES - 1; i++) faucet.print(i + "\n");
        faucet.awaitIdle();
        assertThat(drain.last("a")).containsExactly("mine");
        assertThat(drain.last("b")).hasSize(Tail.REPORTED).endsWith("47", "48");
        faucet.print("one more\n");
        faucet.awaitIdle();
        assertThat(drain.last("a")).hasSize(Tail.REPORTED).endsWith("48", "one more");
    }

    @Test
    void longLinesPushOthersOutEarlier() {
        Drain drain = drain();
        for (int i = 0; i < 9; i++) faucet.print(("" + i).repeat(Splitter.LONGEST) + "\n");
        faucet.awaitIdle();
        assertThat(drain.last("a")).extracting(line -> line.substring(0, 1)).containsExactly("5", "6", "7", "8");
    }

    @Test
    void anUnfinishedLineIsDeliveredAtTheEnd() {
        Drain drain = drain();
        drain.began("a");
        faucet.print("Killed");
        faucet.awaitIdle();
        drain.ended();
        assertThat(lines).isEmpty();
        assertThat(all(drain)).containsExactly("a:Killed");
    }

    @Test
    void aStreamThatIsClosedHasEnded() {
        Drain drain = drain();
        drain.began("a");
        faucet.print("one\ntwo");
        faucet.awaitIdle();
        drain.close();
        drain.awaitEnd(LONG);
        drain.began("b");
        drain.ended();
        assertThat(lines).containsExactly("a:one", "a:two");
    }

    @Test
    void whoAwaitsTheEndWaitsForTheConsumerButNotForEver() throws Exception {
        Drain drain = stopped();
        faucet.end();
        drain.awaitEnd(1_000_000);
        assertThat(lines).isEmpty();
        gate.countDown();
        drain.awaitEnd(LONG);
        assertThat(lines).containsExactly("-:first");
    }

    @Test
    void whoIsInterruptedWaitsNoLongerAndStaysInterrupted() {
        Drain drain = drain();
        Thread.currentThread().interrupt();
        drain.awaitEnd(Long.MAX_VALUE);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aConsumerThatThrowsIsLoggedOnceAndGetsTheRest() {
        try (OutputTest.Records records = new OutputTest.Records("dev.pando")) {
            Drain drain = drain(line -> {
                keep(line);
                throw new AssertionError(line.text());
            });
            faucet.print("one\ntwo\n");
            assertThat(all(drain)).containsExactly("-:one", "-:two");
            assertThat(records.got).hasSize(1);
            assertThat(records.got.getFirst().getMessage()).contains("worker w", "still gets");
            assertThat(records.got.getFirst().getThrown()).hasMessage("one");
        }
    }

    @Test
    void aConsumerThatIsSlowStopsTheWorkerAndNothingPilesUp() throws Exception {
        Drain drain = stopped();
        byte[] much = "x\n".repeat(500_000).getBytes(UTF_8);
        faucet.print(much);
        assertThat(faucet.available()).isEqualTo(much.length);
        gate.countDown();
        assertThat(all(drain)).hasSize(500_001);
    }
}
