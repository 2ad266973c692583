package dev.pando.internal.codec.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Task;
import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.ForeignClasses;
import dev.pando.internal.codec.policy.ClassPatterns;
import dev.pando.internal.codec.policy.CodeOrigin;
import dev.pando.internal.codec.policy.ResultPolicy;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Classes of other loaders, and that nothing changes for all other classes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoaderNumbersTest {
    private static final String SOURCE = """
        package org.x;
        import dev.pando.Task;
        public record Point(int x, Object more) implements java.io.Serializable {
            public static Task<Integer> task() { int two = 2; return () -> two * new Point(21, null).x; }
            public static Object kind() { return Kind.OTHER; }
            enum Kind { ONE, OTHER { } }
            interface Named { String name(); }
            public static Object named() {
                return java.lang.reflect.Proxy.newProxyInstance(Point.class.getClassLoader(), new Class<?>[] {Named.class}, new Handler());
            }
            record Handler() implements java.lang.reflect.InvocationHandler, java.io.Serializable {
                public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) { return "me"; }
            }
        }
        """;

    private ForeignClasses foreignClasses;
    private Codec codec;

    @BeforeAll
    void compile(@TempDir Path directory) throws Exception {
        foreignClasses = ForeignClasses.compile(directory, "Point.java", SOURCE);
        codec = new Codec(foreignClasses.seven());
    }

    private static Object trip(Codec codec, Object object) throws Exception {
        return codec.decode(codec.encode(object, Direction.ARGUMENT), Direction.ARGUMENT);
    }

    private Object point(Object more) throws Exception {
        return foreignClasses
                .type("org.x.Point")
                .getConstructor(int.class, Object.class)
                .newInstance(3, more);
    }

    @Test
    void aClassOfAnotherLoaderComesFromThere() throws Exception {
        Object point = point(point("inner"));
        assertThat(trip(codec, point)).isEqualTo(point);
        assertThatThrownBy(() -> trip(new Codec(), point))
                .isInstanceOf(UnsendableException.class)
                .hasRootCauseInstanceOf(ClassNotFoundException.class);
        assertThat(trip(codec, foreignClasses.type("org.x.Point"))).isSameAs(foreignClasses.type("org.x.Point"));
        Object constant = foreignClasses.call("org.x.Point", "kind");
        assertThat(trip(codec, constant)).isSameAs(constant);
    }

    @Test
    void soDoArraysOfIt() throws Exception {
        Object array = Array.newInstance(foreignClasses.type("org.x.Point"), 1, 2);
        Array.set(Array.get(array, 0), 1, point(null));
        assertThat((Object[][]) trip(codec, array)).isDeepEqualTo((Object[][]) array);
        assertThat(trip(codec, array.getClass())).isSameAs(array.getClass());
    }

    @Test
    void soDoLambdasAndProxies() throws Exception {
        assertThat(((Task<?>) trip(codec, foreignClasses.call("org.x.Point", "task"))).call())
                .isEqualTo(42);
        Object proxy = foreignClasses.call("org.x.Point", "named");
        Object arrived = trip(codec, proxy);
        assertThat(arrived.getClass()).isSameAs(proxy.getClass());
        var name = foreignClasses.type("org.x.Point$Named").getMethod("name");
        name.setAccessible(true);
        assertThat(name.invoke(arrived)).isEqualTo("me");
    }

    record Handler(String text) implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
            return text;
        }
    }

    interface Hidden extends Supplier<Object> {}

    @Test
    void whatHasNoNumberCostsNoByte() throws Exception {
        Object proxy =
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Hidden.class}, new Handler("hi"));
        List<Object> things = List.of(
                new Random(3),
                new int[][] {{1}},
                int.class,
                void.class,
                long[].class,
                TimeUnit.DAYS,
                new Object[0],
                proxy);
        for (Object thing : things) {
            assertThat(codec.encode(thing, Direction.RESULT)).isEqualTo(new Codec().encode(thing, Direction.RESULT));
        }
        assertThat(((Hidden) trip(codec, proxy)).get()).isEqualTo("hi");
        assertThat(trip(codec, int.class)).isSameAs(int.class);
        assertThat(trip(codec, long[].class)).isSameAs(long[].class);
    }

    @Test
    void withoutANumberTheGivenLoaderIsAsked() throws Exception {
        Object point = point(null);
        assertThat(trip(new Codec(null, foreignClasses.loader), point)).isEqualTo(point);
        Object proxy = foreignClasses.call("org.x.Point", "named");
        assertThat(trip(new Codec(null, foreignClasses.loader), proxy).getClass())
                .isSameAs(proxy.getClass());
    }

    @Test
    void aNumberThatNobodyGaveIsRefused() throws Exception {
        byte[] bytes = codec.encode(point(null), Direction.RESULT);
        for (int i = 0; i + 6 < bytes.length; i++) {
            if (bytes[i] == 0x77 && bytes[i + 1] == 4 && bytes[i + 5] == 7) {
                bytes[i + 2] = (byte) 0x80;
            }
        }
        assertThatThrownBy(() -> codec.decode(bytes, Direction.RESULT))
                .rootCause()
                .hasMessageStartingWith("no loader has number -2147483641");
    }

    @Test
    void aPartOfTheBytesIsReadInPlace() throws Exception {
        byte[] bytes = codec.encode(point("x"), Direction.RESULT);
        byte[] wide = new byte[bytes.length + 30];
        Arrays.fill(wide, (byte) 0x77);
        System.arraycopy(bytes, 0, wide, 10, bytes.length);
        assertThat(codec.decode(wide, 10, bytes.length, Direction.RESULT)).isEqualTo(point("x"));
        assertThatThrownBy(() -> codec.decode(wide, 10, bytes.length - 1, Direction.RESULT))
                .isInstanceOf(UnsendableException.class);
    }

    record Node(String name, List<Object> children) implements Serializable {}

    /** Any object graph arrives the same, with shared objects still shared. */
    @Test
    void whateverItIsMadeOfTheSameArrives() throws Exception {
        ResultPolicy strict = new ResultPolicy(
                CodeOrigin.NONE, ClassPatterns.of(List.of("dev.pando.internal.codec.message.*", "org.x.**")));
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<Object> made = new ArrayList<>();
            Object graph = new Object[] {make(random, 5, made, true), made};
            assertSame(graph, trip(codec, graph), new ArrayList<>(), new ArrayList<>());
            byte[] bytes = codec.encode(graph, Direction.RESULT);
            assertSame(
                    graph,
                    codec.decode(bytes, 0, bytes.length, Direction.RESULT, strict),
                    new ArrayList<>(),
                    new ArrayList<>());
            Object plain = make(random, 5, new ArrayList<>(), false);
            assertSame(plain, trip(new Codec(), plain), new ArrayList<>(), new ArrayList<>());
        }
    }

    private Object make(Random random, int depth, List<Object> made, boolean withForeign) throws Exception {
        int kind = random.nextInt(depth == 0 ? 5 : 12);
        if (kind == 4 && !made.isEmpty()) {
            return made.get(random.nextInt(made.size()));
        }
        Object object = switch (kind) {
            case 0, 4 -> null;
            case 1 -> random.nextInt();
            case 2 -> "s" + random.nextInt(9);
            case 3 -> random.doubles(random.nextInt(4)).toArray();
            case 5, 6 -> {
                List<Object> list = new ArrayList<>();
                made.add(list); // before it is filled, so that it may contain itself
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(make(random, depth - 1, made, withForeign));
                }
                yield list;
            }
            case 7 -> {
                Map<Object, Object> map = random.nextBoolean() ? new HashMap<>() : new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put("k" + i, make(random, depth - 1, made, withForeign));
                }
                yield map;
            }
            case 8 -> new Node("n", new ArrayList<>(Arrays.asList(make(random, depth - 1, made, withForeign))));
            case 9 ->
                new Object[] {make(random, depth - 1, made, withForeign), make(random, depth - 1, made, withForeign)};
            case 10 -> withForeign ? point(make(random, depth - 1, made, true)) : List.of("of");
            default -> TimeUnit.values()[random.nextInt(7)];
        };
        if (object != null) {
            made.add(object);
        }
        return object;
    }

    /** Asserts the same shape: an object met again on one side is met again at the same place on the other. */
    private static void assertSame(Object a, Object b, List<Object> as, List<Object> bs) throws Exception {
        if (a == null || b == null || a instanceof String || a instanceof Number || a instanceof Enum) {
            assertThat(b).isEqualTo(a);
            return;
        }
        for (int i = 0; i < as.size(); i++) {
            if (as.get(i) == a || bs.get(i) == b) {
                assertThat(as.get(i) == a && bs.get(i) == b).isTrue();
                return;
            }
        }
        as.add(a);
        bs.add(b);
        assertThat(b.getClass()).isSameAs(a.getClass());
        switch (a) {
            case double[] numbers -> assertThat((double[]) b).isEqualTo(numbers);
            case Object[] array -> assertSame(Arrays.asList(array), Arrays.asList((Object[]) b), as, bs);
            case List<?> list -> {
                assertThat((List<?>) b).hasSameSizeAs(list);
                for (int i = 0; i < list.size(); i++) {
                    assertSame(list.get(i), ((List<?>) b).get(i), as, bs);
                }
            }
            case Map<?, ?> map -> {
                assertThat(((Map<?, ?>) b).keySet()).isEqualTo(map.keySet());
                for (Object key : map.keySet()) {
                    assertSame(map.get(key), ((Map<?, ?>) b).get(key), as, bs);
                }
            }
            default -> {
                for (var component : a.getClass().getRecordComponents()) {
                    component.getAccessor().setAccessible(true);
                    assertSame(
                            component.getAccessor().invoke(a),
                            component.getAccessor().invoke(b),
                            as,
                            bs);
                }
            }
        }
    }
}
