package dev.pando.internal.codec.jshell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.JShellHolder;
import dev.pando.internal.codec.message.LoaderNumbers;
import dev.pando.internal.codec.message.PackedWork;
import dev.pando.internal.codec.policy.ClassPatterns;
import dev.pando.internal.codec.policy.CodeOrigin;
import dev.pando.internal.codec.policy.ResultPolicy;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tasks typed in jshell, and run in a JVM to which jshell's classes are new. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JShellClassesTest {
    private JShell shell;

    @BeforeAll
    void open() {
        shell = JShell.builder().executionEngine("local").build();
        shell.addToClasspath(System.getProperty("java.class.path"));
        type("import java.util.*;", "import dev.pando.*;", "import dev.pando.internal.codec.JShellHolder;");
    }

    @AfterAll
    void close() {
        shell.close();
    }

    private void type(String... snippets) {
        for (String snippet : snippets) {
            shell.eval(snippet).forEach(event -> {
                assertThat(event.status())
                        .as(snippet + shell.diagnostics(event.snippet()).toList())
                        .isEqualTo(Snippet.Status.VALID);
                assertThat(event.exception()).isNull();
            });
        }
    }

    private Callable<?> typed(String task) {
        type("JShellHolder.held = (Task<Object>) " + task + ";");
        return (Callable<?>) JShellHolder.held;
    }

    /** Defines the classes of jshell once more, as another JVM that received them would. */
    private static final class Elsewhere extends ClassLoader {
        private final ClassLoader jshell;

        Elsewhere(ClassLoader jshell) {
            super(JShellClassesTest.class.getClassLoader());
            this.jshell = jshell;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (InputStream file = jshell.getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private record One(ClassLoader loader) implements LoaderNumbers {
        @Override
        public int numberOf(Class<?> type) {
            return type.getName().startsWith("REPL.") ? 1 : 0;
        }

        @Override
        public ClassLoader numbered(int number) {
            return loader;
        }
    }

    private static PackedWork pack(Callable<?> task) throws UnsendableException {
        return new Codec(new One(null)).pack(task);
    }

    private static Object runElsewhere(Callable<?> task) throws Exception {
        Codec there = new Codec(new One(new Elsewhere(task.getClass().getClassLoader())));
        return ((Callable<?>) there.decode(pack(task).bytes(), Direction.ARGUMENT)).call();
    }

    @Test
    void variablesComeAlongAsTheyAreNow() throws Exception {
        type("int n = 3;", "var names = new ArrayList<String>(List.of(\"a\"));", "String nothing = null;");
        Callable<?> task = typed("() -> names + \"\" + n + nothing");
        assertThat(runElsewhere(task)).isEqualTo("[a]3null");
        type("n = 4;", "names.add(\"b\");");
        assertThat(runElsewhere(task)).isEqualTo("[a, b]4null");
    }

    @Test
    void soDoThoseOfTheMethodsClassesAndLambdasItUses() throws Exception {
        type(
                "int base = 10;",
                "int factor = 2;",
                "int offset = 1;",
                "int scaled(int x) { return x * factor; }",
                "class Counter { static int count = 5; static int next() { return scaled(count) + base; } }",
                "record Point(int x) implements java.io.Serializable { int moved() { return x + offset; } }",
                "Fn<Integer, Integer> inner = x -> new Point(x).moved();",
                "Fn<Integer, Integer> outer = x -> inner.apply(x) * 100;",
                "Counter.count = 6;");
        assertThat(runElsewhere(typed("() -> outer.apply(1) + Counter.next()"))).isEqualTo(222);
        assertThat(runElsewhere(typed("Counter::next"))).isEqualTo(22);
    }

    @Test
    void withoutVariablesItIsTheBareTask() throws Exception {
        Callable<?> task = typed("() -> Math.abs(-1)");
        assertThat(pack(task).bytes()).isEqualTo(new Codec(new One(null)).encode(task, Direction.ARGUMENT));
        assertThat(runElsewhere(task)).isEqualTo(1);
    }

    @Test
    void whatOnlyTheTypedLineUsesStaysAtHome() throws Exception {
        type(
                "var pool = new Object();",
                "int m = 7;",
                "Object hand(Object it, Task<Object> task) { JShellHolder.held = task; return it; }");
        type("int made = hand(pool, () -> m).hashCode();", "hand(pool, () -> m + made - made);");
        assertThat(runElsewhere((Callable<?>) JShellHolder.held)).isEqualTo(7);
    }

    @Test
    void aVariableThatCannotTravelIsNamed() {
        type(
                "java.util.concurrent.locks.Condition conn = new"
                        + " java.util.concurrent.locks.ReentrantLock().newCondition();",
                "var plain = new Object();",
                "var list = new ArrayList<Object>(List.of(1, new Object()));");
        UnsendableException refused =
                catchThrowableOfType(UnsendableException.class, () -> pack(typed("() -> plain.hashCode()")));
        assertThat(refused)
                .hasMessage("cannot be sent: it uses the jshell variable `plain`, a java.lang.Object, which is not"
                        + " serializable. Copy what the task needs of it into something local, or make it inside"
                        + " the task.");
        assertThat(refused.path()).isEqualTo("the jshell variable `plain`");
        assertThat(catchThrowableOfType(UnsendableException.class, () -> pack(typed("() -> list.size()"))))
                .hasMessageStartingWith(
                        "cannot be sent: it uses the jshell variable `list`, which cannot be sent: ArrayList → element"
                                + " 1: java.lang.Object");
    }

    @Test
    void resultsMayBeOfClassesTypedThere() throws Exception {
        type("record Answer(int x) implements java.io.Serializable {}");
        Callable<?> task = typed("() -> new Answer(42)");
        Object answer = task.call();
        Codec here = new Codec(new One(task.getClass().getClassLoader()));
        byte[] bytes = here.encode(answer, Direction.RESULT);
        assertThat(here.decode(
                        bytes,
                        0,
                        bytes.length,
                        Direction.RESULT,
                        new ResultPolicy(pack(task).origin(), ClassPatterns.NOTHING)))
                .isEqualTo(answer);
        assertThat(catchThrowableOfType(
                        UnsendableException.class,
                        () -> here.decode(
                                bytes,
                                0,
                                bytes.length,
                                Direction.RESULT,
                                new ResultPolicy(CodeOrigin.NONE, ClassPatterns.NOTHING))))
                .isNotNull();
    }
}
