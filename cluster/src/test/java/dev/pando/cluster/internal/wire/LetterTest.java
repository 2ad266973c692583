package dev.pando.cluster.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.spi.Failure;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Letters survive the way, and what is no letter is refused whatever it is. */
class LetterTest {
    private static final byte[] BYTES = {1, 2, 3};

    static List<NodeMessage> messages() {
        Failure.Death death = new Failure.Death(
                "it was killed",
                137,
                "SIGKILL",
                List.of("last", "line"),
                Path.of("hs_err.log"),
                List.of("frame"),
                5L,
                7,
                9);
        List<StackTraceElement> frames = List.of(
                new StackTraceElement(null, "java.base", null, "java.lang.Thread", "sleep", "Thread.java", -2),
                new StackTraceElement(null, null, null, "Shop", "bill", null, 12));
        return List.of(
                new NodeMessage.Hello(1, "0.1", 25, "pool1", true),
                new NodeMessage.Run(7, "task-7", "alpha/1", 2, BYTES),
                new NodeMessage.Progress(7, 0.5, "half"),
                new NodeMessage.Call(7, 3, "twice", BYTES),
                new NodeMessage.Withdraw(3),
                new NodeMessage.Reply(3, BYTES),
                new NodeMessage.Stop(7),
                new NodeMessage.Code(3, 0, "abc", BYTES),
                new NodeMessage.Bye(),
                new NodeMessage.Who(),
                new NodeMessage.Welcome("alpha", 4, "Processes.of(4)"),
                new NodeMessage.Refused("alpha", "it is Pando 0.2"),
                new NodeMessage.Slots(0),
                new NodeMessage.Stuck(7, frames),
                new NodeMessage.Answer(7, 5, new NodeMessage.Bill(1, 2), BYTES),
                new NodeMessage.Lost(7, new Failure.Lost(Failure.Progress.RAN, death, 3)),
                new NodeMessage.Lost(8, new Failure.Lost(Failure.Progress.NOT_STARTED, Failure.Death.of("gone", 1))),
                new NodeMessage.Returned(7),
                new NodeMessage.Recall(3),
                new NodeMessage.Recalled(List.of(7, 8)),
                new NodeMessage.Locate(7),
                new NodeMessage.Located(7, frames),
                new NodeMessage.Wanted(3, 0, "Shop$1"),
                new NodeMessage.Status("alpha", "Threads.of(2)", 2, 1, 0, 1, "0.1", 25, 99));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aLetterArrivesAsItWasSent(NodeMessage message) throws BadLetterException {
        byte[] bytes = LetterWriter.bytes(42, message);

        NodeMessage.Letter read = LetterReader.read(bytes);

        assertThat(read.session()).isEqualTo(42);
        assertThat(read.message()).usingRecursiveComparison().isEqualTo(message);
    }

    @Test
    void everyKindOfMessageIsTried() {
        assertThat(messages().stream().map(LetterTag::of)).contains(LetterTag.values());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aLetterThatEndsTooEarlyOrTooLateIsRefused(NodeMessage message) {
        byte[] bytes = LetterWriter.bytes(42, message);

        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> LetterReader.read(part)).isInstanceOf(BadLetterException.class);
        }
        assertThatThrownBy(() -> LetterReader.read(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(BadLetterException.class);
    }

    @Test
    void randomBytesAreALetterOrRefusedAndClaimNoMemory() {
        Random random = new Random(11);
        int letters = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) random.nextInt(LetterTag.values().length + 1);
            }
            try {
                assertThat(LetterReader.read(bytes).message()).isNotNull();
                letters++;
            } catch (BadLetterException expected) {
                assertThat(expected).hasMessageContaining("letter");
            }
        }
        assertThat(letters).isPositive();
    }

    @Test
    void aProgressThatIsNoneIsRefused() {
        for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
            byte[] letter = LetterWriter.bytes(42, new NodeMessage.Progress(7, wrong, ""));
            assertThatThrownBy(() -> LetterReader.read(letter)).isInstanceOf(BadLetterException.class);
        }
        byte[] tooLong = LetterWriter.bytes(42, new NodeMessage.Progress(7, 1, "a".repeat(1001)));
        assertThatThrownBy(() -> LetterReader.read(tooLong)).isInstanceOf(BadLetterException.class);
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        byte[] letter = LetterWriter.bytes(42, new NodeMessage.Call(7, 3, "a".repeat(1001), BYTES));
        assertThatThrownBy(() -> LetterReader.read(letter)).isInstanceOf(BadLetterException.class);
    }

    @Test
    void aStackIsCutToTheInnermostFramesAndTheirNamesTo1000Letters() throws BadLetterException {
        List<StackTraceElement> deep = IntStream.range(0, 2000)
                .mapToObj(i -> new StackTraceElement(null, "m", null, "C" + "x".repeat(1500), "call" + i, "F.java", i))
                .toList();

        NodeMessage read = LetterReader.read(LetterWriter.bytes(42, new NodeMessage.Located(7, deep)))
                .message();

        List<StackTraceElement> frames = ((NodeMessage.Located) read).frames();
        assertThat(frames).hasSize(1024);
        assertThat(frames).allMatch(frame -> frame.getClassName().length() == 1000);
        assertThat(frames.getFirst().getMethodName()).isEqualTo("call0");
    }

    @Test
    void aStackThatNoWriterOfOursMakesIsRefused() {
        byte[] name = LetterWriter.bytes(
                42, new NodeMessage.Located(7, List.of(new StackTraceElement("C", "a".repeat(1000), null, 1))));
        byte[] grown = new byte[name.length + 1];
        int place = name.length - 1000 - 1 - 4; // of the method's name, behind which its file and its line come
        System.arraycopy(name, 0, grown, 0, place);
        System.arraycopy(name, place, grown, place + 1, name.length - place);
        ByteBuffer.wrap(grown).putInt(place - 4, 1001);
        grown[place] = 'a';
        assertThatThrownBy(() -> LetterReader.read(grown))
                .isInstanceOf(BadLetterException.class)
                .hasMessageContaining("a name of 1001 letters");

        byte[] none = LetterWriter.bytes(42, new NodeMessage.Located(7, List.of()));
        byte[] many = Arrays.copyOf(none, none.length + 2000);
        ByteBuffer.wrap(many).putInt(none.length - 4, 1025);
        assertThatThrownBy(() -> LetterReader.read(many))
                .isInstanceOf(BadLetterException.class)
                .hasMessageContaining("1025 frames");
    }

    @Test
    void severalLettersShareAMessage() throws BadLetterException {
        byte[] bundle = LetterBundle.pack(List.of(BYTES, new byte[0], BYTES));

        assertThat(LetterBundle.unpack(bundle)).containsExactly(BYTES, new byte[0], BYTES);
        assertThatThrownBy(() -> LetterBundle.unpack(Arrays.copyOf(bundle, bundle.length - 1)))
                .isInstanceOf(BadLetterException.class);
    }
}
