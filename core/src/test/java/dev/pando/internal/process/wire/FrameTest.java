package dev.pando.internal.process.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Written messages are read again, however long they are and however they arrive. */
class FrameTest extends FrameFixture {
    private static final int ROUNDS = 2_000;

    private static List<Message> some(Class<?> way, SplittableRandom random) {
        return RandomMessages.oneOfEach(random).stream().filter(way::isInstance).toList();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyMessageArrivesAsItWas(Class<?> kind) throws IOException {
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < ROUNDS; i++) {
            Message message = RandomMessages.random(kind, random);
            FrameReader reader = reader(FrameWriter.frame(message));
            boolean toWorker = message instanceof Message.ToWorker;
            assertThat(RandomMessages.fields(read(reader, toWorker))).isEqualTo(RandomMessages.fields(message));
            assertThat(read(reader, toWorker)).isNull();
        }
    }

    @Test
    void theNameOfTheOrdinaryLoaderIsNotWorthSending() throws IOException {
        var frame = new StackTraceElement("app", "m", "1", "a.B", "c", "B.java", 7);
        var seen = (Message.Seen) reader(FrameWriter.frame(new Message.Seen(1, new StackTraceElement[] {frame})))
                .toParent();
        assertThat(seen.frames()).containsExactly(new StackTraceElement(null, "m", "1", "a.B", "c", "B.java", 7));
    }

    @ParameterizedTest
    @ValueSource(classes = {Message.ToWorker.class, Message.ToParent.class})
    void whereverAStreamIsCutItEndsCleanlyBetweenTwoFramesOrElseIsBad(Class<?> way) {
        SplittableRandom random = new SplittableRandom(7); // small enough to cut everywhere
        List<Message> messages = new ArrayList<>();
        while (messages.isEmpty() || stream(messages).length > 5_000) {
            messages = some(way, random);
        }
        List<Integer> ends = new ArrayList<>(List.of(0));
        for (Message message : messages) {
            ends.add(ends.getLast() + FrameWriter.frame(message).length);
        }
        byte[] whole = stream(messages);
        for (int cut = 0; cut <= whole.length; cut++) {
            FrameReader reader = reader(Arrays.copyOf(whole, cut));
            int read = 0;
            boolean clean;
            try {
                while (read(reader, way == Message.ToWorker.class) != null) {
                    read++;
                }
                clean = true;
            } catch (BadFrameException bad) {
                assertThat(bad).hasMessageContaining("half a frame");
                clean = false;
            } catch (IOException e) {
                throw new AssertionError("cut at " + cut, e);
            }
            assertThat(clean).as("cut at " + cut).isEqualTo(ends.contains(cut));
            int before = cut;
            assertThat(read)
                    .isEqualTo((int) ends.stream().filter(end -> end <= before).count() - 1);
        }
    }

    @Test
    void everyMessageHasATagOfItsOwn() {
        assertThat(tags(new SplittableRandom())).hasSize(32).doesNotHaveDuplicates();
    }

    private static StackTraceElement[] told(int count, String text) throws IOException {
        StackTraceElement[] frames = new StackTraceElement[count];
        Arrays.fill(frames, new StackTraceElement(text, text, text, text, text, text, 1));
        byte[] frame = FrameWriter.frame(new Message.Seen(1, frames));
        return ((Message.Seen) new FrameReader(new ByteArrayInputStream(frame)).toParent()).frames();
    }

    @Test
    void ofADeepStackTheInnermostFramesAreTold() throws IOException {
        assertThat(told(1024, "a")).hasSize(1024);
        assertThat(told(100_000, "a")).hasSize(1024);
        assertThat(told(1024, "a".repeat(65_535))).hasSize(2);
    }

    @Test
    void anAnswerHasHalfOfTheHeap() {
        assertThat(MessageLimits.answerBytes(512L << 20)).isEqualTo(256 << 20);
        assertThat(MessageLimits.answerBytes(1L << 40)).isEqualTo(FrameReader.LARGEST_FRAME - (1 << 20));
        assertThat(MessageLimits.frameBytes(1L << 40)).isEqualTo(FrameReader.LARGEST_FRAME);
        assertThat(MessageLimits.frameBytes(1)).isEqualTo(2 << 20);
    }

    @Test
    void aFrameMayArriveByteByByte() throws IOException {
        SplittableRandom random = new SplittableRandom();
        List<Message> messages = some(Message.ToParent.class, random);
        byte[] bytes = stream(messages);
        FrameReader reader = new FrameReader(new InputStream() {
            private int at;

            @Override
            public int read() {
                return at == bytes.length ? -1 : bytes[at++] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                if (length == 0) {
                    return 0;
                }
                if (at == bytes.length) {
                    return -1;
                }
                into[from] = bytes[at++];
                return 1;
            }
        });
        for (Message message : messages) {
            assertThat(RandomMessages.fields(reader.toParent())).isEqualTo(RandomMessages.fields(message));
        }
        assertThat(reader.toParent()).isNull();
    }
}
