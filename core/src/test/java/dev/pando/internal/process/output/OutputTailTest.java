package dev.pando.internal.process.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The last lines of a worker, which its death report shows. */
class OutputTailTest extends OutputFixture {
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
}
