package dev.pando.internal.process.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Delta encoding of runs. {@link FrameTest} checks that they arrive unchanged, like all messages. */
class RunBatchTest {
    /** Length of the frame and its tag. */
    private static final int HEAD = 5;

    private static List<Message.Run> read(byte[] frame) throws IOException {
        Message.Several several = (Message.Several) new FrameReader(new ByteArrayInputStream(frame)).toWorker();
        return java.util.Objects.requireNonNull(several).runs();
    }

    private static Message.Run run(int... bytes) {
        byte[] work = new byte[bytes.length];
        for (int i = 0; i < work.length; i++) {
            work[i] = (byte) bytes[i];
        }
        return new Message.Run(1, work);
    }

    /** A frame as a foreign writer might send it: each task says how many bytes are the same, and how many differ. */
    private static byte[] frame(byte[]... tasks) {
        ByteBuffer frame = ByteBuffer.allocate(
                HEAD + Arrays.stream(tasks).mapToInt(task -> task.length).sum());
        frame.putInt(frame.capacity() - 4).put((byte) 'Y');
        for (byte[] task : tasks) {
            frame.put(task);
        }
        return frame.array();
    }

    private static byte[] task(int same, int length) {
        return ByteBuffer.allocate(12 + length)
                .putInt(7)
                .putInt(same)
                .putInt(length)
                .array();
    }

    @Test
    void oneMoreTakesWhatWasSaid() {
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < 500; i++) {
            List<Message.Run> runs = RandomMessages.runs(random);
            int size = HEAD;
            byte[] before = {};
            for (Message.Run run : runs) {
                size += RunBatch.size(before, run.work());
                before = run.work();
            }
            assertThat(FrameWriter.frame(new Message.Several(runs))).hasSize(size);
        }
    }

    @Test
    void aTaskThatIsTheSameAgainTakesNearlyNothing() {
        Message.Run run = new Message.Run(1, new byte[300]);
        assertThat(FrameWriter.frame(new Message.Several(List.of(run, run, run))))
                .hasSize(HEAD + 312 + 12 + 12);
    }

    @Test
    void aTaskMayBeTheBeginningOfTheOneBeforeAndTheOtherWayRound() throws IOException {
        List<Message.Run> runs = List.of(run(1, 2, 3), run(1, 2), run(), run(1, 2, 3, 4));
        List<Message.Run> read = read(FrameWriter.frame(new Message.Several(runs)));
        assertThat(read)
                .extracting(Message.Run::work)
                .containsExactly(runs.stream().map(Message.Run::work).toArray(byte[][]::new));
    }

    @Test
    void nothingIsLikeMoreThanThereWasBefore() {
        for (int same : new int[] {1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> read(frame(task(same, 0))))
                    .isInstanceOf(BadFrameException.class)
                    .hasMessageContaining("like the one before it");
        }
        assertThatThrownBy(() -> read(frame(task(0, 8), task(9, 0))))
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining("9 bytes of 8");
    }

    @Test
    void whatIsSmallOnItsWayDoesNotBecomeLarge() throws IOException {
        List<byte[]> tasks = new ArrayList<>(List.of(task(0, RunBatch.LARGEST_GAIN / 2)));
        for (int i = 0; i < 2; i++) {
            tasks.add(task(RunBatch.LARGEST_GAIN / 2, 0));
        }
        assertThat(read(frame(tasks.toArray(byte[][]::new)))).hasSize(3);
        tasks.add(task(1, 0));
        assertThatThrownBy(() -> read(frame(tasks.toArray(byte[][]::new))))
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining("alike");
    }

    @Test
    void aLargeTaskTravelsInSpiteOfThat() throws IOException {
        List<Message.Run> read = read(frame(task(0, 3 * RunBatch.LARGEST_GAIN)));
        assertThat(read).singleElement().matches(run -> run.work().length == 3 * RunBatch.LARGEST_GAIN);
    }
}
