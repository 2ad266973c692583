package dev.pando.internal.process.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Written messages are read again; any other bytes are refused, and cost no more memory than their number. */
class FrameTest {
    private static final int ROUNDS = 2_000;

    static List<Class<?>> kinds() {
        return RandomMessages.kinds();
    }

    /** Reads a message in this direction. */
    private static Message read(FrameReader reader, boolean toWorker) throws IOException {
        return toWorker ? reader.toWorker() : reader.toParent();
    }

    private static FrameReader reader(byte... bytes) {
        return new FrameReader(new ByteArrayInputStream(bytes));
    }

    private static byte[] stream(List<Message> messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Message message : messages) {
            all.writeBytes(FrameWriter.frame(message));
        }
        return all.toByteArray();
    }

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

    @ParameterizedTest
    @MethodSource("kinds")
    void aMessageThatGoesTheOtherWayIsRefused(Class<?> kind) {
        Message message = RandomMessages.random(kind, new SplittableRandom());
        assertThatThrownBy(() -> read(reader(FrameWriter.frame(message)), message instanceof Message.ToParent))
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining("goes the other way")
                .hasMessageContaining(kind.getSimpleName());
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

    /** Reads everything; anything but messages, an end, or {@link BadFrameException} is a failure. */
    private static void swallow(byte[] bytes, long seed) {
        for (boolean toWorker : new boolean[] {true, false}) {
            FrameReader reader = reader(bytes);
            try {
                while (read(reader, toWorker) != null) {}
            } catch (BadFrameException bad) {
                assertThat(bad.getMessage()).isNotEmpty();
            } catch (Throwable t) {
                throw new AssertionError("seed " + seed, t);
            }
        }
    }

    /** Those of all messages, and one that is none. */
    private static byte[] tags(SplittableRandom random) {
        ByteArrayOutputStream tags = new ByteArrayOutputStream();
        for (Message message : RandomMessages.oneOfEach(random)) {
            tags.write(FrameWriter.frame(message)[4]);
        }
        tags.write('?');
        return tags.toByteArray();
    }

    @Test
    void everyMessageHasATagOfItsOwn() {
        assertThat(tags(new SplittableRandom())).hasSize(24).doesNotHaveDuplicates();
    }

    @Test
    void randomBytesAreMessagesOrBad() {
        SplittableRandom seeds = new SplittableRandom();
        byte[] tags = tags(seeds);
        for (int i = 0; i < 100_000; i++) {
            long seed = seeds.nextLong();
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (bytes.length > 5 && random.nextInt(4) > 0) { // or hardly any would come past its length
                ByteBuffer.wrap(bytes).putInt(bytes.length - 4).put(tags[random.nextInt(tags.length)]);
                for (int at = 5; at < bytes.length; at++) {
                    if (random.nextInt(3) > 0) {
                        bytes[at] = (byte) random.nextInt(-1, 3);
                    }
                }
            }
            swallow(bytes, seed);
        }
    }

    @Test
    void messagesWithAFewWrongBytesAreMessagesOrBad() {
        SplittableRandom seeds = new SplittableRandom();
        for (int i = 0; i < 5_000; i++) {
            long seed = seeds.nextLong();
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = stream(RandomMessages.oneOfEach(random));
            for (int wrong = 1 + random.nextInt(4); wrong > 0; wrong--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            swallow(bytes, seed);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, FrameReader.LARGEST_FRAME + 1, Integer.MAX_VALUE})
    void aLengthThatCannotBeIsRefusedBeforeAnythingIsRead(int length) {
        byte[] bytes = ByteBuffer.allocate(1000).putInt(length).put((byte) 'R').array();
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        assertThatThrownBy(() -> new FrameReader(in).toParent())
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining("a frame of " + Integer.toUnsignedString(length) + " bytes");
        assertThat(in.available()).isEqualTo(996);
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

    @ParameterizedTest
    @ValueSource(ints = {1025, 30_000, Integer.MAX_VALUE})
    void noMoreFramesAreTakenThanAWorkerTells(int count) {
        byte[] fields = new byte[1_000_000];
        ByteBuffer.wrap(fields).putInt(1).putInt(count);
        byte[] frame = ByteBuffer.allocate(5 + fields.length)
                .putInt(1 + fields.length)
                .put((byte) 'K')
                .put(fields)
                .array();
        assertThatThrownBy(() -> new FrameReader(new ByteArrayInputStream(frame)).toParent())
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining(count + " stack frames");
    }

    @ParameterizedTest
    @ValueSource(chars = {'Q', 'K'})
    void aQuestionAndAStackAreNoLongerThanAWorkerMakesThem(char tag) {
        byte[] bytes =
                ByteBuffer.allocate(1000).putInt(2_000_000).put((byte) tag).array();
        assertThatThrownBy(() -> new FrameReader(new ByteArrayInputStream(bytes)).toParent())
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining("a frame of 2000000 bytes, where " + tag + " has at most");
    }

    @Test
    void anAnswerHasHalfOfTheHeap() {
        assertThat(MessageLimits.answerBytes(512L << 20)).isEqualTo(256 << 20);
        assertThat(MessageLimits.answerBytes(1L << 40)).isEqualTo(FrameReader.LARGEST_FRAME - (1 << 20));
        assertThat(MessageLimits.frameBytes(1L << 40)).isEqualTo(FrameReader.LARGEST_FRAME);
        assertThat(MessageLimits.frameBytes(1)).isEqualTo(2 << 20);
    }

    @Test
    void aFrameOfExactlyTheMostIsRead() throws IOException {
        byte[] frame = FrameWriter.frame(new Message.Value(1, new byte[95]));
        assertThat(new FrameReader(new ByteArrayInputStream(frame), 100).toParent())
                .isInstanceOf(Message.Value.class);
        assertThatThrownBy(() -> new FrameReader(new ByteArrayInputStream(frame), 99).toParent())
                .isInstanceOf(BadFrameException.class);
    }

    /** The frame is as long as announced, but its field claims more bytes, or a negative number. */
    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 21, 1 << 20, Integer.MAX_VALUE})
    void aFieldThatClaimsMoreThanItsFrameHoldsIsRefused(int claim) {
        for (char tag : "HUQ".toCharArray()) {
            int before = tag == 'Q' ? 8 : 0;
            byte[] bytes = ByteBuffer.allocate(4 + 1 + before + 4 + 20)
                    .putInt(1 + before + 4 + 20)
                    .put((byte) tag)
                    .position(5 + before)
                    .putInt(claim)
                    .array();
            assertThatThrownBy(() -> read(reader(bytes), tag == 'H'))
                    .as("%s", tag)
                    .isInstanceOf(BadFrameException.class)
                    .hasMessageContaining("a field of " + claim + " bytes, where 20 are left");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, Integer.MAX_VALUE})
    void moreStackFramesThanFitAreRefused(int count) {
        byte[] bytes = ByteBuffer.allocate(4 + 1 + 8 + 56)
                .putInt(1 + 8 + 56)
                .put((byte) 'K')
                .putInt(1)
                .putInt(count)
                .array();
        assertThatThrownBy(() -> reader(bytes).toParent())
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining(count + " stack frames");
    }

    @Test
    void bytesTooManyAreRefused() {
        byte[] bytes = ByteBuffer.allocate(4 + 2).putInt(2).put((byte) 'R').array();
        assertThatThrownBy(() -> reader(bytes).toParent())
                .isInstanceOf(BadFrameException.class)
                .hasMessage("1 bytes too many after Ready");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, Integer.MAX_VALUE})
    void anUnknownUseOfMemoryIsRefused(int use) {
        assertThatThrownBy(() -> MemoryUse.of(use))
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining("a use of memory that there is not: " + use);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 'h', 'Z', 255})
    void anUnknownTagIsRefused(int tag) {
        assertThatThrownBy(() -> reader((byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) tag)
                        .toParent())
                .isInstanceOf(BadFrameException.class)
                .hasMessage("no message has the tag " + tag);
    }

    /** A frame announces all that it may, in every possible way, and a few bytes arrive. */
    @Test
    void whatIsOnlyAnnouncedTakesNoMemory() {
        int most = FrameReader.LARGEST_FRAME;
        byte[] rest =
                ByteBuffer.allocate(100).putInt(most).put((byte) 'V').putInt(1).array();
        byte[] block = ByteBuffer.allocate(100)
                .putInt(most)
                .put((byte) 'U')
                .putInt(most - 5)
                .array();
        byte[] text = ByteBuffer.allocate(100)
                .putInt(most)
                .put((byte) 'N')
                .putLong(1)
                .putInt(most - 13)
                .array();
        byte[] frames = ByteBuffer.allocate(100)
                .putInt(MessageLimits.STACK_BYTES)
                .put((byte) 'K')
                .putInt(1)
                .putInt(MessageLimits.STACK_FRAMES)
                .array();
        for (byte[] bytes : List.of(rest, block, text, frames)) {
            long before = allocated();
            assertThatThrownBy(() -> reader(bytes).toParent())
                    .isInstanceOf(BadFrameException.class)
                    .hasMessageContaining("half a frame");
            assertThat(allocated() - before).as("%c", bytes[4]).isLessThan(4_000_000);
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
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
