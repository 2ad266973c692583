package dev.pando.internal.process.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.process.Output;
import dev.pando.process.OutputSinks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which task a line belongs to. */
class LineAttributionTest extends OutputFixture {
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
        OutputReader output = OutputReader.start(
                "w",
                filledPipe,
                OutputSinks.of(Output.to(line -> {
                    if (slowness.nextInt(4) == 0) {
                        for (int i = slowness.nextInt(20_000); i > 0; i--) {
                            Thread.onSpinWait();
                        }
                    }
                    got.add(line.task().orElse("-") + ":" + line.text());
                })),
                _ -> {},
                false);
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
}
