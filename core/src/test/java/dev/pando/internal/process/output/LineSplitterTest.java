package dev.pando.internal.process.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.process.Output;
import dev.pando.process.OutputSinks;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where one line ends and the next begins. */
class LineSplitterTest extends OutputFixture {
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
    @Tag("slow")
    void aHundredMegabytesWithoutALineEndAreHarmless() {
        long size = 100_000_000;
        AtomicLong got = new AtomicLong();
        AtomicInteger longest = new AtomicInteger();
        OutputReader output = OutputReader.start(
                "w",
                flood(size),
                OutputSinks.of(Output.to(line -> {
                    got.addAndGet(line.text().length());
                    longest.accumulateAndGet(line.text().length(), Math::max);
                })),
                _ -> {},
                false);
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
}
