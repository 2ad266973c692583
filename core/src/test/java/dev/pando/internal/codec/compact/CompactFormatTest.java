package dev.pando.internal.codec.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Fn;
import dev.pando.Task;
import dev.pando.internal.codec.message.MemoryAttachments;
import dev.pando.internal.codec.message.PackedWork;
import dev.pando.internal.codec.policy.ClassFacts;
import dev.pando.spi.UnsendableException.Direction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that go the short way arrive unchanged, and all others go the long way. */
class CompactFormatTest extends CompactFixture {
    private static Object byJava(Object value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(value);
        return new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }

    /** The limit is {@code FreqInlineSize} of HotSpot. The step of the writer has always been beyond it. */
    @Test
    void theStepOfTheReaderIsSmallEnoughToBeInlined() throws Exception {
        try (InputStream file = CompactReader.class.getResourceAsStream("CompactReader.class")) {
            assertThat(ClassFile.of().parse(file.readAllBytes()).methods())
                    .filteredOn(method -> method.methodName().equalsString("value"))
                    .hasSize(2)
                    .allSatisfy(method -> assertThat(method.findAttribute(Attributes.code())
                                    .orElseThrow()
                                    .codeLength())
                            .isLessThanOrEqualTo(325));
        }
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
    void aMessageThatWouldBeTooLongHasNoShortForm() throws Exception {
        assertThat(CompactWriter.encode("a".repeat(1000), 1100)).hasSizeLessThan(1100);
        assertThat(CompactWriter.encode("a".repeat(1000), 900)).isNull();
        assertThat(CompactWriter.encode("\u20ac".repeat(500), 1100)).hasSizeLessThan(1100);
        assertThat(CompactWriter.encode("\u20ac".repeat(500), 900)).isNull();
        Object[] arrays = new Object[100];
        Arrays.setAll(arrays, _ -> new byte[100]);
        assertThat(CompactWriter.encode(yielded(arrays, 1), 20_000)).hasSizeLessThan(20_000);
        assertThat(CompactWriter.encode(yielded(arrays, 1), 5_000)).isNull();
    }

    @Test
    void aListOfNumbersIsShortAndArrivesEqual() throws Exception {
        List<Object> plain = new ArrayList<>(Arrays.asList(1, null, 2L, 0.5, true, 1f, (short) 3, (byte) 4, 'c'));
        for (List<?> list : List.of(plain, new ArrayList<>(), new ArrayList<>(List.of(7)))) {
            byte[] bytes = codec.encode(list, Direction.RESULT);
            assertThat(isQuick(bytes)).isTrue();
            assertThat(codec.decode(bytes, 0, bytes.length, Direction.RESULT, strict))
                    .isExactlyInstanceOf(ArrayList.class)
                    .isEqualTo(list);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 5_000})
    void numbersOfOneKindTakeTheirBytesAndNothingElse(int length) throws Exception {
        int around = 100; // for the name of the record
        for (Object first : List.of(Integer.MIN_VALUE, Long.MAX_VALUE, Double.longBitsToDouble(0x7ff0000000000123L))) {
            Object[] numbers = new Object[length];
            Arrays.fill(numbers, first);
            byte[] bytes = codec.encode(yielded(numbers, 1), Direction.RESULT);
            int width = first instanceof Integer ? Integer.BYTES : Long.BYTES;
            assertThat(bytes).hasSizeLessThan(length * (length < 16 ? 1 + width : width) + around);
            assertThat(flat(codec.decode(bytes, 0, bytes.length, Direction.RESULT, strict)))
                    .isEqualTo(flat(yielded(numbers, 1)));
            numbers[length - 1] = null;
            byte[] tagged = codec.encode(yielded(numbers, 1), Direction.RESULT);
            assertThat(isQuick(tagged)).isTrue();
            assertThat(flat(codec.decode(tagged, Direction.RESULT))).isEqualTo(flat(yielded(numbers, 1)));
        }
    }

    @Test
    void aListOfAnythingElseAndASubclassGoTheLongWay() throws Exception {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        for (List<?> list : List.of(
                new ArrayList<>(List.of(1, "text")),
                new ArrayList<>(List.of(List.of())),
                new ArrayList<>(List.of(new int[0])),
                new ArrayList<>(List.of(1)) {})) {
            assertThat(CompactWriter.encode(list)).isNull();
        }
        assertThat(CompactWriter.encode(itself)).isNull();
    }

    @Test
    void aListThatATaskHoldsTwiceIsOneWhereItArrives() throws Exception {
        List<Integer> list = new ArrayList<>(List.of(1));
        Task<Boolean> adds = () -> list.add(2);
        Task<Integer> counts = () -> list.size();
        Task<Integer> both = () -> adds.call() ? counts.call() : 0;
        byte[] bytes = codec.pack(both).bytes();
        assertThat(isQuick(bytes)).isFalse();
        assertThat(((Callable<?>) codec.decode(bytes, Direction.ARGUMENT)).call())
                .isEqualTo(2);
        assertThat(isQuick(codec.pack(counts).bytes())).isTrue();
    }
}
