package dev.pando.internal.process.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.output.StreamSplitter.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamSplitterTest {
    private final ByteArrayOutputStream pipe = new ByteArrayOutputStream();
    private final StreamSplitter splitter = new StreamSplitter();

    private void out(String text) {
        pipe.writeBytes(text.getBytes(UTF_8));
    }

    private void err(String text) {
        try {
            new MarkedStream(pipe).write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Text> lines() {
        List<Text> lines = new ArrayList<>();
        for (byte next : pipe.toByteArray()) {
            splitter.add(next, lines);
        }
        pipe.reset();
        return lines;
    }

    @Test
    void eachStreamHasItsOwnLinesAndTheirEndsKeepTheirOrder() {
        out("a");
        err("x");
        out("b\nc\n");
        err("y\n");
        out("d\n");
        assertThat(lines())
                .containsExactly(
                        new Text("ab", false), new Text("c", false), new Text("xy", true), new Text("d", false));
    }

    @Test
    void aLongWriteIsMarkedInPiecesThatFitAPipeAtOnce() {
        String text = "\u20ac".repeat(2_700);
        err(text + "\n");
        out("after\n");
        assertThat(pipe.toByteArray()[4096]).isEqualTo(MarkedStream.FIRST);
        assertThat(lines()).containsExactly(new Text(text, true), new Text("after", false));
    }

    @Test
    void aMarkInStandardErrorIsNoMark() {
        pipe.writeBytes(new byte[] {MarkedStream.FIRST, MarkedStream.SECOND, 0, 3});
        pipe.writeBytes(new byte[] {MarkedStream.FIRST, MarkedStream.SECOND, '\n'});
        out("b\n");
        assertThat(lines()).containsExactly(new Text("\ufffd\ufffd", true), new Text("b", false));
    }

    @Test
    void bytesThatOnlyBeginLikeAMarkAreKept() {
        pipe.writeBytes(new byte[] {MarkedStream.FIRST, MarkedStream.FIRST, 'a', '\n', MarkedStream.FIRST, '\n'});
        assertThat(lines()).containsExactly(new Text("\ufffd\ufffda", false), new Text("\ufffd", false));
    }

    @Test
    void whatIsUnfinishedIsToldOfBothStreams() {
        out("a");
        err("b");
        assertThat(lines()).isEmpty();
        assertThat(splitter.unfinished()).containsExactly("a", "b");
        assertThat(splitter.inLine()).isTrue();
        List<Text> ended = new ArrayList<>();
        splitter.finish(ended);
        assertThat(ended).containsExactly(new Text("a", false), new Text("b", true));
        assertThat(splitter.unfinished()).isEmpty();
    }
}
