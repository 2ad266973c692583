package dev.pando.internal.process.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are no message are refused, and cost no more memory than their number. */
class FrameRefusalTest extends FrameFixture {
    @ParameterizedTest
    @MethodSource("kinds")
    void aMessageThatGoesTheOtherWayIsRefused(Class<?> kind) {
        Message message = RandomMessages.random(kind, new SplittableRandom());
        assertThatThrownBy(() -> read(reader(FrameWriter.frame(message)), message instanceof Message.ToParent))
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining("goes the other way")
                .hasMessageContaining(kind.getSimpleName());
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
        assertThatThrownBy(() -> new FrameReader(in, FrameReader.LARGEST_FRAME, 4).toParent()) // reads no byte ahead
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining("a frame of " + Integer.toUnsignedString(length) + " bytes");
        assertThat(in.available()).isEqualTo(996);
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
    @ValueSource(ints = {0, 'h', '?', 255})
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
            isHalfAFrame(bytes); // the loading of classes takes memory of this thread as well, but only once
            long before = allocated();
            isHalfAFrame(bytes);
            assertThat(allocated() - before).as("%c", bytes[4]).isLessThan(4_000_000);
        }
    }

    private static void isHalfAFrame(byte[] bytes) {
        assertThatThrownBy(() -> reader(bytes).toParent())
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining("half a frame");
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
