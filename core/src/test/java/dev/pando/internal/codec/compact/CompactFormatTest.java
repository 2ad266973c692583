package dev.pando.internal.codec.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Fn;
import dev.pando.Task;
import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.message.MemoryAttachments;
import dev.pando.internal.codec.message.PackedWork;
import dev.pando.internal.codec.policy.ClassFacts;
import dev.pando.internal.codec.policy.ClassPatterns;
import dev.pando.internal.codec.policy.CodeOrigin;
import dev.pando.internal.codec.policy.ResultPolicy;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactFormatTest {
    private final Codec codec = new Codec(null, CompactFormatTest.class.getClassLoader());
    private final ResultPolicy strict = new ResultPolicy(CodeOrigin.NONE, ClassPatterns.NOTHING);

    /** A record of ours that is not visible here: a runnable, and the value that it stands for. */
    private static Record wrapped(Object value) {
        return ours("dev.pando.internal.task.SubmittedWork$RunnableWork", null, value);
    }

    /** The result of a chunk of a map. */
    private static Record yielded(Object[] results, long nanos) {
        return ours("dev.pando.internal.map.ChunkTask$Yield", results, nanos);
    }

    private static Record ours(String name, Object... components) {
        try {
            return RecordReader.of(Class.forName(name)).record(components);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    record Unsendable(Object one) {}

    private static boolean isQuick(byte[] bytes) {
        return CompactFormat.is(bytes, 0, bytes.length);
    }

    private static Object byJava(Object value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(value);
        return new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }

    private static Object simple(SplittableRandom random) {
        return switch (random.nextInt(14)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> (byte) random.nextInt();
            case 3 -> (short) random.nextInt();
            case 4 -> (char) random.nextInt();
            case 5 -> random.nextInt() >> random.nextInt(32);
            case 6 -> random.nextLong() >> random.nextInt(64);
            case 7 -> Float.intBitsToFloat(random.nextInt());
            case 8 -> Double.longBitsToDouble(random.nextLong());
            case 9 -> Double.NaN;
            case 10 -> -0.0;
            case 11 -> "";
            case 12 -> text(random, 0x80);
            default -> text(random, 0x10000); // unpaired surrogates among them
        };
    }

    private static String text(SplittableRandom random, int below) {
        char[] chars = new char[random.nextInt(40)];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) random.nextInt(below);
        }
        return new String(chars);
    }

    /** A primitive array of any type and with any bit pattern. */
    private static Object primitives(SplittableRandom random, int most) {
        int length = random.nextInt(most);
        Object array = switch (random.nextInt(8)) {
            case 0 -> new boolean[length];
            case 1 -> new byte[length];
            case 2 -> new short[length];
            case 3 -> new char[length];
            case 4 -> new int[length];
            case 5 -> new long[length];
            case 6 -> new float[length];
            default -> new double[length];
        };
        for (int i = 0; i < length; i++) {
            switch (array) {
                case boolean[] truths -> truths[i] = random.nextBoolean();
                case byte[] bytes -> bytes[i] = (byte) random.nextInt();
                case short[] shorts -> shorts[i] = (short) random.nextInt();
                case char[] chars -> chars[i] = (char) random.nextInt();
                case int[] ints -> ints[i] = random.nextInt();
                case long[] longs -> longs[i] = random.nextLong();
                case float[] floats -> floats[i] = Float.intBitsToFloat(random.nextInt());
                case double[] doubles -> doubles[i] = Double.longBitsToDouble(random.nextLong());
                default -> throw new AssertionError(array);
            }
        }
        return array;
    }

    /** An Optional, a path or an entry, each holding no more than simple values. */
    private static Object content(SplittableRandom random, int deep) {
        if (deep > 0 && random.nextBoolean()) {
            return Optional.of(content(random, deep - 1));
        }
        return switch (random.nextInt(6)) {
            case 0 -> Optional.ofNullable(simple(random));
            case 1 -> OptionalInt.of(random.nextInt());
            case 2 -> OptionalLong.of(random.nextLong());
            case 3 -> OptionalDouble.of(random.nextDouble());
            case 4 -> Path.of("dir", "file" + random.nextInt());
            default -> Map.entry(text(random, 0x80), deep > 0 ? content(random, deep - 1) : random.nextInt());
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void contentArrivesEqual(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            Object value = content(random, 10);
            byte[] bytes = codec.encode(value, Direction.RESULT);
            assertThat(isQuick(bytes)).isTrue();
            assertThat(codec.decode(bytes, 0, bytes.length, Direction.RESULT, strict))
                    .isEqualTo(value);
        }
    }

    @Test
    void contentDeepWithinContentGoesTheLongWayBeforeTheReaderGivesUp() throws Exception {
        boolean quick = true;
        for (int deep = 1; deep < 100; deep++) {
            Object optional = 1;
            Object entry = 1;
            for (int i = 0; i < deep; i++) {
                optional = Optional.of(optional);
                entry = Map.entry(entry, entry.hashCode());
            }
            for (Object nest : List.of(optional, entry)) {
                byte[] bytes = codec.encode(nest, Direction.RESULT);
                quick = isQuick(bytes);
                assertThat(codec.decode(bytes, 0, bytes.length, Direction.RESULT, strict))
                        .isEqualTo(nest);
            }
        }
        assertThat(quick).isFalse();
    }

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

    private static Record wrapping(SplittableRandom random, int deep) {
        if (deep > 0 && random.nextBoolean()) {
            return wrapped(wrapping(random, deep - 1));
        }
        if (random.nextBoolean()) {
            return wrapped(simple(random));
        }
        Object[] many = new Object[random.nextInt(6)];
        for (int i = 0; i < many.length; i++) {
            many[i] = random.nextInt(4) == 0 ? primitives(random, 10) : simple(random);
        }
        return yielded(many, random.nextLong());
    }

    private static List<Object> flat(Object value) {
        List<Object> all = new ArrayList<>();
        if (value instanceof Record record) {
            RecordReader form = RecordReader.of(record.getClass());
            all.add(record.getClass());
            for (int i = 0; i < form.width(); i++) {
                all.addAll(flat(form.component(record, i)));
            }
        } else if (value instanceof Object[] array) {
            for (Object element : array) {
                all.addAll(flat(element));
            }
        } else if (value != null && value.getClass().isArray()) {
            all.add(value.getClass());
            for (int i = 0; i < Array.getLength(value); i++) {
                all.add(Array.get(value, i));
            }
        } else {
            all.add(value);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatGoesTheShortWayArrivesAsByJavasOwn(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 5_000; i++) {
            Object value = switch (random.nextInt(3)) {
                case 0 -> simple(random);
                case 1 -> primitives(random, 300);
                default -> wrapping(random, 3);
            };
            byte[] bytes = codec.encode(value, Direction.RESULT);
            assertThat(isQuick(bytes)).isTrue();
            assertThat(flat(codec.decode(bytes, Direction.RESULT))).isEqualTo(flat(byJava(value)));
        }
    }

    private static <T> Task<T> constant(T value) {
        return () -> value;
    }

    @Test
    void aLambdaArrivesWithWhatItHasCaptured() throws Exception {
        int number = 20;
        String text = "grün und 絵";
        Fn<Integer, String> inner = x -> text + x;
        Task<String> outer = () -> inner.apply(number + 2);
        byte[] bytes = codec.pack(outer).bytes();
        assertThat(isQuick(bytes)).isTrue();
        assertThat(((Callable<?>) codec.decode(bytes, Direction.ARGUMENT)).call())
                .isEqualTo("grün und 絵22");
    }

    @Test
    void lambdasOfOneClassAreToldApartByWhatTheyCaptured() throws Exception {
        for (Object value : new Object[] {1, 2L, "three", 4.0, null, 'f', true}) {
            byte[] bytes = codec.pack(constant(value)).bytes();
            assertThat(isQuick(bytes)).isTrue();
            assertThat(((Callable<?>) codec.decode(bytes, Direction.ARGUMENT)).call())
                    .isEqualTo(value);
        }
    }

    @Test
    void theWorkThatLeavesTheShortWayHasTheSameOrigin() throws Exception {
        PackedWork quick = codec.pack(constant(1));
        PackedWork slow = codec.pack(constant(List.of(1)));
        assertThat(isQuick(quick.bytes())).isTrue();
        assertThat(isQuick(slow.bytes())).isFalse();
        assertThat(quick.origin()).hasToString(slow.origin().toString());
        assertThat(quick.origin().covers(ClassFacts.of(CompactFormatTest.class).ownOrigin))
                .isTrue();
    }

    @Test
    void aMessageThatHoldsAnythingElseGoesTheLongWayWhole() throws Exception {
        int[] twice = {1};
        byte[] bytes = codec.encode(yielded(new Object[] {twice, twice}, 1), Direction.RESULT);
        assertThat(isQuick(bytes)).isFalse();
        Record arrived = (Record) codec.decode(bytes, Direction.RESULT);
        Object[] both = (Object[]) RecordReader.of(arrived.getClass()).component(arrived, 0);
        assertThat(both[0]).as("one object, sent twice").isSameAs(both[1]);
        assertThat(isQuick(codec.encode(yielded(new String[] {"typed"}, 1), Direction.RESULT)))
                .isFalse();
        assertThat(isQuick(codec.encode(List.of(1), Direction.RESULT))).isFalse();
    }

    @Test
    void arraysOfOneTaskThatAreTwoArriveAsTwo() throws Exception {
        int[] one = {1};
        int[] other = {1};
        Task<Boolean> same = () -> one == other;
        byte[] bytes = codec.pack(same).bytes();
        assertThat(isQuick(bytes)).isTrue();
        assertThat(((Callable<?>) codec.decode(bytes, Direction.ARGUMENT)).call())
                .isEqualTo(false);
    }

    @Test
    void aTaskWhoseLambdasHoldOneArrayHoldsOneWhereItArrives() throws Exception {
        int[] array = {1};
        Task<Integer> writes = () -> array[0]++;
        Task<Integer> reads = () -> array[0];
        Task<Integer> both = () -> writes.call() + 10 * reads.call();
        byte[] bytes = codec.pack(both).bytes();
        assertThat(isQuick(bytes)).isFalse();
        assertThat(((Callable<?>) codec.decode(bytes, Direction.ARGUMENT)).call())
                .isEqualTo(21);
    }

    /** Large arrays may go through shared memory, which is shorter still. */
    @Test
    void largeArraysAndTheirNestsGoTheLongWay() throws Exception {
        assertThat(isQuick(codec.encode(new byte[MemoryAttachments.LARGE - 1], Direction.RESULT)))
                .isTrue();
        assertThat(isQuick(codec.encode(new byte[MemoryAttachments.LARGE], Direction.RESULT)))
                .isFalse();
        assertThat(isQuick(codec.encode(new double[MemoryAttachments.LARGE / 8], Direction.RESULT)))
                .isFalse();
        assertThat(isQuick(codec.encode(new int[2][2], Direction.RESULT))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(bytes = {'L', '[', 0, 'V'})
    void thereIsNoArrayOfThatKind(byte kind) {
        byte[] bytes = {CompactFormat.QUICK, CompactFormat.PRIMITIVES, kind, 0, 0, 0, 1, 7};
        assertThatThrownBy(() -> codec.decode(bytes, 0, bytes.length, Direction.RESULT, strict))
                .hasMessageContaining("of an array of the kind");
    }

    @Test
    void anArrayHasNoHalfElements() {
        byte[] bytes = {CompactFormat.QUICK, CompactFormat.PRIMITIVES, 'I', 0, 0, 0, 3, 7, 7, 7};
        assertThatThrownBy(() -> codec.decode(bytes, 0, bytes.length, Direction.RESULT, strict))
                .hasMessageContaining("3 bytes of an array");
    }

    @Test
    void tooDeepIsLongAsWell() throws Exception {
        Record deep = wrapped(1);
        for (int i = 0; i < 100; i++) {
            deep = wrapped(deep);
        }
        byte[] bytes = codec.encode(deep, Direction.RESULT);
        assertThat(isQuick(bytes)).isFalse();
        assertThat(codec.decode(bytes, Direction.RESULT)).hasToString(deep.toString());
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
                new byte[] {CompactFormat.QUICK, CompactFormat.PRIMITIVES, 'B', 0x7f, -1, -1, -1})) {
            assertThatThrownBy(() -> codec.decode(bytes, 0, bytes.length, Direction.RESULT, strict))
                    .hasMessageContaining("2147483647 of something in 0 bytes");
        }
    }
}
