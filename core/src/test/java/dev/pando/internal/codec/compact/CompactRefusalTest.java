package dev.pando.internal.codec.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.NotSerializableException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the compact format refuses: bytes that are no result, and objects that cannot travel. */
class CompactRefusalTest extends CompactFixture {
    record Unsendable(Object one) {}

    @Test
    void contentThatIsNoneIsRefused() {
        byte content = CompactFormat.CONTENT;
        byte[] deep = new byte[20_001];
        for (int i = 0; i < 10_000; i++) {
            deep[1 + 2 * i] = content;
            deep[2 + 2 * i] = 'o';
        }
        deep[0] = CompactFormat.QUICK;
        for (byte[] bytes : List.of(
                deep,
                new byte[] {CompactFormat.QUICK, content},
                new byte[] {CompactFormat.QUICK, content, 'o'},
                new byte[] {CompactFormat.QUICK, content, 'x', CompactFormat.NULL},
                new byte[] {CompactFormat.QUICK, content, 'i', CompactFormat.TRUE},
                new byte[] {CompactFormat.QUICK, content, 'p', CompactFormat.NULL},
                new byte[] {CompactFormat.QUICK, content, 'p', CompactFormat.LATIN, 0, 0, 0, 1, 0},
                new byte[] {CompactFormat.QUICK, content, 'p', CompactFormat.LATIN, 0x7f, -1, -1, -1},
                new byte[] {CompactFormat.QUICK, content, 'e', CompactFormat.TRUE},
                new byte[] {CompactFormat.QUICK, content, 'e', CompactFormat.TRUE, CompactFormat.NULL})) {
            assertThatThrownBy(() -> codec.decode(bytes, 0, bytes.length, Direction.RESULT, strict))
                    .isInstanceOf(UnsendableException.class)
                    .hasMessageContaining("could not be unpacked where it arrived");
        }
    }

    @ParameterizedTest
    @ValueSource(bytes = {'L', '[', 0, 'V'})
    void thereIsNoArrayOfThatKind(byte kind) {
        byte[] bytes = {CompactFormat.QUICK, CompactFormat.PRIMITIVES, kind, 0, 0, 0, 1, 7};
        assertThatThrownBy(() -> codec.decode(bytes, 0, bytes.length, Direction.RESULT, strict))
                .hasMessageContaining("of an array of the kind");
    }

    @ParameterizedTest
    @ValueSource(bytes = {CompactFormat.PRIMITIVES, CompactFormat.NUMBERS})
    void anArrayHasNoHalfElements(byte tag) {
        byte[] bytes = {CompactFormat.QUICK, tag, 'I', 0, 0, 0, 3, 7, 7, 7};
        assertThatThrownBy(() -> codec.decode(bytes, 0, bytes.length, Direction.RESULT, strict))
                .hasMessageContaining("3 bytes of an array");
    }

    @ParameterizedTest
    @ValueSource(bytes = {'Z', 'B', 'S', 'C', 'F'})
    void thereAreNoNumbersOfThatKind(byte kind) {
        byte[] bytes = {CompactFormat.QUICK, CompactFormat.NUMBERS, kind, 0, 0, 0, 0};
        assertThatThrownBy(() -> codec.decode(bytes, 0, bytes.length, Direction.RESULT, strict))
                .hasMessageContaining("numbers of the kind");
    }

    @Test
    void aListThatIsNoneIsRefused() {
        byte list = CompactFormat.LIST;
        for (byte[] bytes : List.of(
                new byte[] {CompactFormat.QUICK, list},
                new byte[] {CompactFormat.QUICK, list, 0, 0, 0, 2, CompactFormat.NULL},
                new byte[] {CompactFormat.QUICK, list, 0x7f, -1, -1, -1, CompactFormat.NULL},
                new byte[] {CompactFormat.QUICK, list, -1, -1, -1, -1, CompactFormat.NULL},
                new byte[] {CompactFormat.QUICK, list, 0, 0, 0, 1, -1},
                new byte[] {CompactFormat.QUICK, list, 0, 0, 0, 1, list, 0, 0, 0, 0},
                new byte[] {CompactFormat.QUICK, list, 0, 0, 0, 1, CompactFormat.LATIN, 0, 0, 0, 0})) {
            assertThatThrownBy(() -> codec.decode(bytes, 0, bytes.length, Direction.RESULT, strict))
                    .isInstanceOf(UnsendableException.class)
                    .hasMessageContaining("could not be unpacked where it arrived");
        }
    }

    @Test
    void whatCannotTravelIsToldAsEver() {
        Object captured = new Object();
        assertThatThrownBy(() -> codec.pack(constant(captured)))
                .isInstanceOf(UnsendableException.class)
                .hasMessageContaining("java.lang.Object")
                .hasRootCauseInstanceOf(NotSerializableException.class);
        assertThatThrownBy(() -> codec.encode(new Unsendable(1), Direction.RESULT))
                .isInstanceOf(UnsendableException.class);
    }

    @Test
    void aWorkerMaySendNumbersButNoLambdaAndNoRecordThatIsNoResult() throws Exception {
        byte[] number = codec.encode(5, Direction.RESULT);
        assertThat(codec.decode(number, 0, number.length, Direction.RESULT, strict))
                .isEqualTo(5);
        byte[] numbers = codec.encode(new long[] {5, 6}, Direction.RESULT);
        assertThat(codec.decode(numbers, 0, numbers.length, Direction.RESULT, strict))
                .isEqualTo(new long[] {5, 6});
        for (byte[] bytes : List.of(codec.pack(constant(1)).bytes(), codec.encode(wrapped(1), Direction.RESULT))) {
            assertThat(isQuick(bytes)).isTrue();
            assertThatThrownBy(() -> codec.decode(bytes, 0, bytes.length, Direction.RESULT, strict))
                    .isInstanceOf(UnsendableException.class)
                    .hasMessageContaining("is no result");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void brokenBytesAreRefusedAndNothingElse(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            Object value = random.nextInt(3) == 0 ? content(random, 4) : wrapping(random, 2);
            byte[] bytes = codec.encode(value, Direction.RESULT);
            int hits = 1 + random.nextInt(3);
            for (int hit = 0; hit < hits; hit++) {
                bytes[1 + random.nextInt(bytes.length - 1)] = (byte) random.nextInt();
            }
            int length = random.nextInt(4) == 0 ? 1 + random.nextInt(bytes.length) : bytes.length;
            try {
                codec.decode(bytes, 0, length, Direction.RESULT, strict);
            } catch (UnsendableException refused) {
                assertThat(refused.path()).isEqualTo("(where it arrived)");
            }
        }
    }

    @Test
    void aLengthIsNotBelieved() {
        for (byte[] bytes : List.of(
                new byte[] {CompactFormat.QUICK, CompactFormat.ARRAY, 0x7f, -1, -1, -1},
                new byte[] {CompactFormat.QUICK, CompactFormat.NUMBERS, 'I', 0x7f, -1, -1, -1},
                new byte[] {CompactFormat.QUICK, CompactFormat.PRIMITIVES, 'B', 0x7f, -1, -1, -1})) {
            assertThatThrownBy(() -> codec.decode(bytes, 0, bytes.length, Direction.RESULT, strict))
                    .hasMessageContaining("2147483647 of something in 0 bytes");
        }
    }
}
