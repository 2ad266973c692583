package dev.pando.internal.codec.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Task;
import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.EchoHandler;
import dev.pando.internal.codec.ForeignClasses;
import dev.pando.internal.codec.message.PackedWork;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Which classes the result policy lets in, and which not. The gadget notes when it was built. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResultPolicyTest extends ResultFixture {
    private static final String GADGET = """
        package org.x;
        import java.util.Comparator;
        public class Gadget implements java.io.Serializable {
            public static Object make() { return new Gadget(); }
            public static Object lambda() { return (Comparator<String> & java.io.Serializable) (a, b) -> 0; }
            public static Object proxy() {
                return java.lang.reflect.Proxy.newProxyInstance(Gadget.class.getClassLoader(), new Class<?>[] {Comparable.class}, new Handler());
            }
            public static Object face() {
                return java.lang.reflect.Proxy.newProxyInstance(Gadget.class.getClassLoader(), new Class<?>[] {Face.class},
                        new dev.pando.internal.codec.EchoHandler());
            }
            private void readObject(java.io.ObjectInputStream in) throws Exception {
                in.defaultReadObject();
                System.setProperty("gadget", "sprung");
            }
            public interface Face {}
            public static class Handler implements java.lang.reflect.InvocationHandler, java.io.Serializable {
                public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) { return null; }
            }
        }
        """;
    private static final String APP = """
        package com.app;
        import dev.pando.Task;
        import org.x.Gadget;
        public class App {
            public record Own(int x) implements java.io.Serializable {}
            public static class Child extends Gadget { int more = 1; }
            public static Task<Object> plain() { return () -> null; }
            public static Task<Gadget[]> returning() { return () -> null; }
            public static Task<Object> running() { return Gadget::make; }
            public record Named() implements Task<Gadget> { public Gadget call() { return null; } }
            public static Object named() { return new Named(); }
            public static Object own() { return new Own(1); }
            public static Object child() { return new Child(); }
        }
        """;

    private ForeignClasses lib;
    private ForeignClasses app;
    private Codec codec;

    @BeforeAll
    void compile(@TempDir Path directory) throws Exception {
        lib = ForeignClasses.compile(directory.resolve("lib"), "Gadget.java", GADGET);
        app = ForeignClasses.compile(directory.resolve("app"), lib.loader, "App.java", APP);
        codec = new Codec(null, app.loader);
    }

    @Override
    Codec codec() {
        return codec;
    }

    @BeforeEach
    void unsprung() {
        System.clearProperty("gadget");
    }

    private ResultPolicy after(String task) throws Exception {
        return new ResultPolicy(
                codec.pack((Callable<?>) app.call("com.app.App", task)).origin(), ClassPatterns.NOTHING);
    }

    @Test
    void dataOfTheJdkIsLetIn() throws Exception {
        Map<Thread.State, Object> byState = new EnumMap<>(Map.of(Thread.State.NEW, new int[0]));
        List<Object> data = List.of(
                1,
                "s",
                List.of(Map.of(1, 2)),
                new TreeMap<>(Map.of("a", 'b')),
                new BigDecimal("1.5"),
                Duration.ofDays(1),
                ZonedDateTime.now(),
                UUID.randomUUID(),
                URI.create("a:b"),
                Locale.ROOT,
                TimeUnit.DAYS,
                new java.io.File("f"),
                new java.sql.Timestamp(3),
                Collections.nCopies(3, "x"),
                new BitSet(),
                Calendar.getInstance(),
                java.net.InetAddress.getLoopbackAddress());
        assertThat(arrive(data, allowing())).isEqualTo(data);
        assertThat((Object[]) arrive(
                        new Object[] {byState, new ConcurrentHashMap<>(Map.of(1, 1)), new AtomicLong(), String.class},
                        allowing()))
                .hasSize(4);
        assertThat(arrive(Comparator.<String>naturalOrder().reversed(), allowing()))
                .isInstanceOf(Comparator.class);
        assertThat(arrive(Map.Entry.<String, Integer>comparingByKey(), allowing()))
                .isInstanceOf(Comparator.class);
    }

    @Test
    void soAreOurOwnShapesAndExceptionsButNotOurTests() throws Exception {
        var shape = Class.forName("dev.pando.internal.map.ChunkTask$Yield")
                .getDeclaredConstructor(Object[].class, long.class);
        shape.setAccessible(true);
        assertThat(arrive(shape.newInstance(new Object[] {1}, 1L), allowing())).isNotNull();
        assertThat(Class.forName("dev.pando.internal.map.ChunkTask$ThrownResult"))
                .isNotNull();
        assertThat(Class.forName("dev.pando.WorkerLoss")).isNotNull();
        assertThat(arrive(new UnsendableException(Direction.RESULT, "p", "m", new Exception()), allowing()))
                .isInstanceOf(UnsendableException.class);
        assertThat(refused(new EchoHandler(), allowing())).hasMessageContaining("codec.Echo");
        assertThat(refused(new dev.pando.internal.codec.jshell.JShellClasses<>(Map.of(), null), allowing()))
                .hasMessageContaining("codec.jshell.JShellClasses");
    }

    @Test
    void whatNeitherTheTaskNorItsResultIsMadeOfIsRefusedBeforeItIsBuilt() throws Exception {
        Object gadget = lib.call("org.x.Gadget", "make");
        for (ResultPolicy policy :
                List.of(allowing(), after("plain"), allowing("org.*", "org.xy.**", "org.x.Gadge", "org.x.Gadget.*"))) {
            assertThat(refused(List.of(gadget), policy))
                    .hasMessage(
                            "holds org.x.Gadget, which is not accepted from a worker, because neither the task nor its"
                                    + " result type comes from there: allow it with Processes.accept(\"org.x.*\")");
            refused(gadget.getClass(), policy);
            refused(java.lang.reflect.Array.newInstance(gadget.getClass(), 0), policy);
        }
        assertThat(System.getProperty("gadget")).isNull();
    }

    @Test
    void theUserAllowsClassesPackagesAndTheirTrees() throws Exception {
        Object gadget = lib.call("org.x.Gadget", "make");
        for (String pattern : List.of("org.x.*", "org.x.**", "org.**", "org.x.Gadget")) {
            assertThat(arrive(gadget, allowing(pattern))).hasSameClassAs(gadget);
            assertThat(arrive(lib.call("org.x.Gadget", "lambda"), allowing(pattern)))
                    .isInstanceOf(Comparator.class);
            assertThat(arrive(lib.call("org.x.Gadget", "proxy"), allowing(pattern)))
                    .isInstanceOf(Comparable.class);
        }
        for (String nonsense : List.of("*", "**", "", "org.*.x", "org.x.", "org x", ".org", "org.x*")) {
            assertThatThrownBy(() -> ClassPatterns.of(List.of(nonsense)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"" + nonsense + "\"");
        }
    }

    @Test
    void whatTheTaskIsMadeOfMayComeBack() throws Exception {
        Object own = app.call("com.app.App", "own");
        assertThat(arrive(new Object[] {own}, after("plain"))).isEqualTo(new Object[] {own});
        assertThat(refused(own, allowing())).hasMessageContaining("com.app.App$Own");
        Object child = app.call("com.app.App", "child");
        assertThat(arrive(child, after("plain")))
                .as("with a superclass from elsewhere")
                .hasSameClassAs(child);
        PackedWork withAnArgument = codec.pack(new Holding(lib.call("org.x.Gadget", "make")));
        assertThat(arrive(
                        lib.call("org.x.Gadget", "make"),
                        new ResultPolicy(withAnArgument.origin(), ClassPatterns.NOTHING)))
                .isNotNull();
    }

    @SuppressWarnings("serial")
    record Holding(Object held) implements Task<Object> {
        @Override
        public Object call() {
            return held;
        }
    }

    @Test
    void soMayWhatItIsDeclaredToReturnAndWhatItRuns() throws Exception {
        Object gadget = lib.call("org.x.Gadget", "make");
        for (String task : List.of("returning", "running", "named")) {
            assertThat(arrive(gadget, after(task))).hasSameClassAs(gadget);
        }
    }

    @Test
    void tasksFromOneJarShareOneOrigin() throws Exception {
        CodeOrigin origin = after("plain").origin();
        assertThat(after("plain").origin()).isSameAs(origin);
        assertThat(codec.pack((Callable<?>) app.call("com.app.App", "named")).origin())
                .isNotSameAs(origin);
        Task<Object> here = () -> origin;
        Task<Object> there = () -> new Object();
        assertThat(codec.pack(there).origin())
                .isSameAs(codec.pack(new Holding(there)).origin());
        assertThatThrownBy(() -> codec.pack(here)).isInstanceOf(UnsendableException.class);
        assertThat(codec.pack((Callable<Object> & Serializable) String::new).origin())
                .isSameAs(codec.pack(there).origin());
    }

    @Test
    void aLambdaIsRefusedForTheClassItWasWrittenIn() throws Exception {
        assertThat(refused(lib.call("org.x.Gadget", "lambda"), allowing())).hasMessageContaining("holds org.x.Gadget,");
        SerializedLambda forged = new SerializedLambda(
                lib.type("org.x.Gadget"),
                "java/lang/Runnable",
                "run",
                "()V",
                6,
                "java/lang/System",
                "gc",
                "()V",
                "()V",
                new Object[0]);
        assertThat(refused(forged, allowing())).hasMessageContaining("holds org.x.Gadget,");
        Task<Integer> here = () -> 1;
        assertThat(refused(here, after("plain"))).hasMessageContaining("ResultPolicyTest");
    }

    @Test
    void aProxyIsRefusedForItsHandlerOrForOneOfItsInterfaces() throws Exception {
        assertThat(refused(lib.call("org.x.Gadget", "proxy"), allowing()))
                .hasMessageContaining("holds org.x.Gadget$Handler,");
        assertThat(refused(lib.call("org.x.Gadget", "face"), allowing("dev.pando.internal.codec.*")))
                .hasMessageContaining("holds org.x.Gadget$Face,");
    }

    @Test
    void whatOfTheJdkIsNoDataIsRefused() throws Exception {
        List<Object> tools = List.of(
                new java.rmi.server.UID(),
                new javax.management.ObjectName("a:b=c"),
                new javax.management.BadAttributeValueExpException("x"),
                new java.net.URI("http://localhost/").toURL(),
                java.lang.invoke.MethodType.methodType(int.class),
                new java.rmi.RemoteException("r"));
        for (Object tool : tools) {
            assertThat(refused(new Object[] {tool}, allowing()))
                    .hasMessageContaining("holds java")
                    .hasMessageContaining("it is not plain data");
        }
        assertThat(arrive(new javax.management.ObjectName("a:b=c"), allowing("javax.management.ObjectName")))
                .isNotNull();
    }
}
