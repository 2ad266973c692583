package dev.pando.internal.codec.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.policy.ClassPatterns;
import dev.pando.internal.codec.policy.CodeOrigin;
import dev.pando.internal.codec.policy.ResultPolicy;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.Serializable;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import kotlin.Pair;
import kotlin.Unit;
import kotlin.collections.CollectionsKt;
import kotlin.collections.MapsKt;
import kotlin.collections.SetsKt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of the JDK that are not serialisable, there and back: alone, in records and in collections. */
@SuppressWarnings({"serial", "JdkObsolete"}) // fields that are not serialisable, and lists of all kinds
class SentValueTest {
    private static final ResultPolicy STRANGER = new ResultPolicy(CodeOrigin.NONE, ClassPatterns.NOTHING);

    private final Codec codec = new Codec(null, SentValueTest.class.getClassLoader());

    record Held(
            Optional<Object> optional,
            OptionalInt number,
            Path path,
            List<Integer> list,
            Map.Entry<String, Integer> entry,
            Set<String> keys,
            Collection<Integer> values)
            implements Serializable {}

    private Object there(Object object) throws UnsendableException {
        return codec.decode(codec.encode(object, Direction.ARGUMENT), Direction.ARGUMENT);
    }

    private Object back(Object object) throws UnsendableException {
        byte[] bytes = codec.encode(object, Direction.RESULT);
        return codec.decode(bytes, 0, bytes.length, Direction.RESULT, STRANGER);
    }

    private static List<Integer> numbers() {
        return new ArrayList<>(List.of(1, 2, 3, 4));
    }

    private static <V> Map<String, V> map(V one, V two) {
        Map<String, V> map = new LinkedHashMap<>();
        map.put("one", one);
        map.put("two", two);
        return map;
    }

    private static List<Object> equalOnes() {
        return List.of(
                Optional.of("x"),
                Optional.empty(),
                Optional.of(Optional.of(List.of(1).subList(0, 1))),
                OptionalInt.of(-5),
                OptionalInt.empty(),
                OptionalLong.of(1L << 40),
                OptionalLong.empty(),
                OptionalDouble.of(Double.NaN),
                OptionalDouble.empty(),
                Path.of("a/../b"),
                Path.of("/tmp/grün ☃"),
                Path.of(""),
                Map.entry("k", 1),
                Map.entry(Optional.of(1), Path.of("p")),
                map(1, 2).entrySet().iterator().next(),
                new TreeMap<>(map(1, 2)).firstEntry(),
                numbers().subList(1, 3),
                new LinkedList<>(numbers()).subList(1, 3),
                List.of(1, 2, 3).subList(1, 3),
                Arrays.asList(1, null, 3),
                Arrays.asList(1, null, 3).subList(1, 3),
                numbers().reversed(),
                Collections.unmodifiableList(numbers().subList(0, 2)),
                Collections.synchronizedList(numbers().subList(0, 2)),
                new HashMap<>(map(1, 2)).keySet(),
                map(1, 2).keySet(),
                map(1, 2).entrySet(),
                map(numbers().subList(0, 1), numbers().subList(1, 2)).entrySet(),
                Collections.unmodifiableSet(map(1, 2).keySet()),
                Collections.unmodifiableMap(map(1, 2)).entrySet(),
                new TreeMap<>(map(1, 2)).keySet(),
                new TreeMap<>(map(1, 2)).headMap("two"),
                new EnumMap<>(Map.of(Thread.State.NEW, 1, Thread.State.BLOCKED, 2)).keySet(),
                ((LinkedHashMap<String, Integer>) map(1, 2)).reversed(),
                Map.of(Path.of("key"), Optional.of(2)),
                System.getenv());
    }

    @Test
    void theyArriveEqualInBothDirections() throws Exception {
        for (Object value : equalOnes()) {
            for (Object arrived : List.of(there(value), back(value))) {
                assertThat(arrived).isEqualTo(value).isNotNull();
                assertThat(value).isEqualTo(arrived);
            }
            assertThat(there(new Object[] {value, "beside"})).isEqualTo(new Object[] {value, "beside"});
            assertThat(back(new ArrayList<>(List.of(value)))).isEqualTo(List.of(value));
            assertThat(back(Optional.of(value))).isEqualTo(Optional.of(value));
        }
    }

    @Test
    void valuesOfAMapArriveInTheirOrder() throws Exception {
        for (Collection<?> values : List.<Collection<?>>of(
                map(1, Optional.of(2)).values(),
                Collections.unmodifiableCollection(map(1, 2).values()))) {
            assertThat(new ArrayList<Object>((Collection<?>) back(values))).isEqualTo(new ArrayList<>(values));
        }
        Deque<Integer> backwards = new ArrayDeque<>(numbers()).reversed();
        assertThat(new ArrayList<Object>((Deque<?>) back(backwards))).isEqualTo(List.of(4, 3, 2, 1));
    }

    @Test
    void theOrderOfASortedViewIsKept() throws Exception {
        TreeMap<String, Integer> backwards = new TreeMap<>(Comparator.reverseOrder());
        backwards.putAll(map(1, 2));
        SortedSet<?> keys = (SortedSet<?>) there(backwards.keySet());
        assertThat(new ArrayList<Object>(keys)).containsExactly("two", "one");
        assertThat(keys.comparator()).isEqualTo(Comparator.reverseOrder());
    }

    @Test
    void fieldsOfTheirTypesHoldThemAgain() throws Exception {
        Held held = new Held(
                Optional.of(Path.of("x")),
                OptionalInt.of(3),
                Path.of("/y"),
                numbers().subList(1, 2),
                Map.entry("k", 1),
                map(1, 2).keySet(),
                new ArrayList<>());
        assertThat(there(held)).isEqualTo(held);
        Optional<?>[] typed = {Optional.of(1), Optional.empty()};
        assertThat(there(new Object[] {typed, new Path[] {Path.of("a")}, new Map.Entry<?, ?>[] {Map.entry(1, 2)}}))
                .isEqualTo(new Object[] {typed, new Path[] {Path.of("a")}, new Map.Entry<?, ?>[] {Map.entry(1, 2)}});
    }

    @Test
    void whatIsOneObjectArrivesAsOne() throws Exception {
        Optional<List<Integer>> optional = Optional.of(numbers());
        List<Integer> view = numbers().subList(0, 2);
        Object[] arrived = (Object[]) there(new Object[] {optional, optional, view, view});
        assertThat(arrived[0]).isSameAs(arrived[1]);
        assertThat(arrived[2]).isSameAs(arrived[3]);
    }

    @Test
    void keysThatAreToldApartByIdentityStayAtHome() {
        IdentityHashMap<Object, Integer> map = new IdentityHashMap<>();
        map.put(new StringBuilder("same").toString(), 1);
        map.put(new StringBuilder("same").toString(), 2);
        assertThatThrownBy(() -> there(map.keySet()))
                .hasMessageContaining("IdentityHashMap$KeySet is not serializable");
    }

    @Test
    void aPathOfAnotherFileSystemIsRefusedWithAHint(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("a.zip");
        try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            Path inside = zip.getPath("/inside");
            for (Object held : List.of(inside, Optional.of(inside), List.of(inside))) {
                assertThatThrownBy(() -> there(held))
                        .isInstanceOf(UnsendableException.class)
                        .hasMessageContaining("jdk.nio.zipfs.ZipPath is not serializable. It is a path in a file system"
                                + " of its own (jar): send its toUri() as text, and open that file system inside the"
                                + " task.")
                        .hasMessageNotContaining("record");
            }
        }
    }

    /** What every task of Kotlin's returns that has nothing to say, and the empty collections of that language. */
    @Test
    void theSingleObjectsOfKotlinArriveAsTheyAre() throws Exception {
        for (Object value : List.of(Unit.INSTANCE, CollectionsKt.emptyList(), SetsKt.emptySet(), MapsKt.emptyMap())) {
            assertThat(there(value)).isSameAs(value);
            assertThat(back(value)).isSameAs(value);
            assertThat(back(new Object[] {value, value})).isEqualTo(new Object[] {value, value});
        }
    }

    /** Pairs within pairs are a hash without end, and this program has not asked for any. */
    @Test
    void aPairOfKotlinIsNoPlainData() {
        assertThatThrownBy(() -> back(new Pair<>(1, 2))).hasMessageContaining("Processes.accept(\"kotlin.*\")");
    }

    @Test
    void aForgedOneIsRefused() throws Exception {
        for (SentValue forged : List.of(
                new SentValue('x', 1),
                new SentValue('p', 1),
                new SentValue('p', null),
                new SentValue('p', "\0"),
                new SentValue('i', 1L),
                new SentValue('e', null),
                new SentValue('e', "kv"),
                new SentValue('u', null),
                new SentValue('u', "kotlin.Unit"),
                new SentValue('u', Thread.class),
                new SentValue('e', new Object[1]),
                new SentValue('e', new Object[2]))) {
            byte[] bytes = codec.encode(new Object[] {forged}, Direction.RESULT);
            assertThatThrownBy(() -> codec.decode(bytes, 0, bytes.length, Direction.RESULT, STRANGER))
                    .isInstanceOf(UnsendableException.class)
                    .hasMessageContaining("could not be unpacked where it arrived");
        }
    }

    @Test
    void nestsWithoutEndAreRefused() throws Exception {
        Object nest = 1;
        for (int i = 0; i < 10_000; i++) {
            nest = Optional.of(nest);
        }
        Object deep = nest;
        assertThatThrownBy(() -> back(deep))
                .isInstanceOf(UnsendableException.class)
                .hasMessageContaining("deep");
        Object shallow = 1;
        for (int i = 0; i < 200; i++) {
            shallow = Optional.of(shallow);
        }
        assertThat(back(shallow)).isEqualTo(shallow);
    }
}
