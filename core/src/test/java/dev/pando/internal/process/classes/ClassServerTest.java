package dev.pando.internal.process.classes;

import static java.lang.constant.ConstantDescs.CD_Object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.internal.process.wire.Message;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parent answers to a worker that asks for a class, whatever the name. */
class ClassServerTest {
    private final ClassServer classes = new ClassServer();
    private ClassAccount account = new ClassAccount();

    /** A loader that defines one class from memory, and notes the names that it is asked for. */
    private static class Own extends ClassLoader {
        final String name;
        final byte[] file;
        final List<String> asked = new ArrayList<>();

        Own(String name, ClassLoader parent) {
            super(parent);
            this.name = name;
            file = ClassFile.of().build(ClassDesc.of(name), type -> type.withSuperclass(CD_Object));
        }

        Class<?> own() throws ClassNotFoundException {
            return Class.forName(name, false, this);
        }

        @Override
        protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
            asked.add(wanted);
            return super.loadClass(wanted, resolve);
        }

        @Override
        protected Class<?> findClass(String wanted) throws ClassNotFoundException {
            if (!wanted.equals(name)) {
                throw new ClassNotFoundException(wanted);
            }
            return defineClass(wanted, file, 0, file.length);
        }

        @Override
        public InputStream getResourceAsStream(String path) {
            return path.equals(name.replace('.', '/') + ".class") ? new ByteArrayInputStream(file) : null;
        }
    }

    private Message.Code ask(int loader, String type) {
        return classes.answer(new Message.Wanted(3, loader, type), account);
    }

    private void assertNobody(Message.Code answer) {
        assertThat(answer.question()).isEqualTo(3);
        assertThat(answer.loader()).isEqualTo(Message.Code.NO_LOADER);
        assertThat(answer.bytes()).isEmpty();
    }

    @Test
    void whatEveryWorkerHasHasNoNumber() {
        for (Class<?> type :
                List.of(Object.class, java.sql.Connection.class, Pool.class, ClassServerTest.class, int.class)) {
            assertThat(classes.numberOf(type)).as(type.getName()).isZero();
        }
    }

    @Test
    void aLoaderKeepsItsNumberAndNoOtherHasIt() throws Exception {
        Own one = new Own("far.A", getClass().getClassLoader());
        Own two = new Own("far.A", getClass().getClassLoader());
        int number = classes.numberOf(one.own());
        assertThat(number).isPositive();
        assertThat(classes.numberOf(two.own())).isPositive().isNotEqualTo(number);
        assertThat(classes.numberOf(one.own())).isEqualTo(number);
        assertThat(classes.numbered(number)).isSameAs(one);
    }

    @Test
    void aClassIsSentOnceAndThenNamedByItsDigest() throws Exception {
        Own one = new Own("far.A", null);
        Own two = new Own("far.A", null);
        Message.Code first = ask(classes.numberOf(one.own()), "far.A");
        assertThat(first.bytes()).isEqualTo(one.file);
        Message.Code second = ask(classes.numberOf(two.own()), "far.A");
        assertThat(second.bytes()).isEmpty();
        assertThat(second.digest()).isEqualTo(first.digest()).isNotEmpty();
        assertThat(second.loader()).isEqualTo(classes.numberOf(two.own())).isNotEqualTo(first.loader());
        account = new ClassAccount();
        assertThat(ask(first.loader(), "far.A").bytes())
                .as("sent to another worker")
                .isEqualTo(one.file);
    }

    @Test
    void aClassOfAParentIsToldToBeItsParents() throws Exception {
        Own parent = new Own("far.A", null);
        Own child = new Own("far.B", parent);
        int number = classes.numberOf(child.own());
        assertThat(ask(number, "far.A").loader())
                .isEqualTo(classes.numberOf(parent.own()))
                .isNotEqualTo(number);
    }

    /** No bytes are sent, and for an invalid name the loader is not asked, because it might look anywhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../../etc/passwd",
                "..etc.passwd",
                "..evil.example.A",
                ".far.A",
                "far..A",
                "far.A.",
                "/etc/passwd",
                "far/A",
                "\\\\evil\\A",
                "[Lfar.A;",
                "[I",
                "far.A;",
                "far.A\0",
                "http://evil/A"
            })
    void aNameThatIsNoneIsRefusedUnheard(String name) throws Exception {
        Own own = new Own("far.A", getClass().getClassLoader());
        int number = classes.numberOf(own.own());
        own.asked.clear();
        assertNobody(ask(number, name));
        assertThat(own.asked).isEmpty();
    }

    @Test
    void aVeryLongNameIsAnsweredLikeAnyOther() throws Exception {
        int number = classes.numberOf(new Own("far.A", null).own());
        assertNobody(ask(number, "a.".repeat(1_000_000) + "b"));
    }

    /** The lock that a loader keeps for each name would fill the heap. */
    @Test
    void aLoaderIsNotAskedForNamesWithoutEnd() throws Exception {
        Own own = new Own("far.A", getClass().getClassLoader());
        int number = classes.numberOf(own.own());
        own.asked.clear();
        for (int i = 0; i < 50_000; i++) {
            assertNobody(ask(number, "far.Nothing" + i));
        }
        assertThat(own.asked).hasSizeBetween(5_000, 15_000);
        assertThat(ask(number, "far.A").bytes()).as("what is there is found").isEqualTo(own.file);
    }

    @Test
    void noReasonRepeatsAllThatTheWorkerSays() throws Exception {
        Own own = new Own("far.A", getClass().getClassLoader()) {
            @Override
            protected Class<?> findClass(String wanted) throws ClassNotFoundException {
                if (!wanted.equals("far.A")) {
                    throw new ClassNotFoundException(wanted.repeat(10));
                }
                return super.findClass(wanted);
            }
        };
        int number = classes.numberOf(own.own());
        assertThat(ask(number, "a".repeat(60_000)).digest()).hasSizeLessThan(5_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.Object",
                "java.util.List",
                "dev.pando.Pool",
                "dev.pando.internal.process.classes.ClassServerTest"
            })
    void theFilesOfTheJdkAndOfTheClassPathAreNotGivenAway(String name) throws Exception {
        int number = classes.numberOf(new Own("far.A", getClass().getClassLoader()).own());
        Message.Code answer = ask(number, name);
        assertThat(answer.loader()).isZero();
        assertThat(answer.bytes()).isEmpty();
        assertThat(answer.digest()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aLoaderThatNobodyWasToldOfAnswersNothing(int number) throws Exception {
        assertThat(classes.numberOf(new Own("far.A", null).own())).isEqualTo(1);
        assertNobody(ask(number, "far.A"));
        assertNobody(ask(number, "java.lang.Object"));
        assertThatThrownBy(() -> classes.numbered(number)).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void aClassThatHasNoFileIsNobodys() throws Exception {
        Own own = new Own("far.A", null) {
            @Override
            public InputStream getResourceAsStream(String path) {
                return null;
            }
        };
        assertNobody(ask(classes.numberOf(own.own()), "far.A"));
    }

    /** As the loader of a web container does after its application was stopped. */
    @Test
    void aLoaderThatThrowsIsNoReasonToGiveUpTheWorker() throws Exception {
        Own own = new Own("far.A", null) {
            @Override
            protected Class<?> findClass(String wanted) throws ClassNotFoundException {
                if (!wanted.equals("far.A")) {
                    throw new IllegalStateException("stopped");
                }
                return super.findClass(wanted);
            }
        };
        assertNobody(ask(classes.numberOf(own.own()), "far.B"));
    }

    @Test
    void aLoaderIsNotKeptForItsNumberAndItsNumberIsNotUsedAgain() throws Exception {
        ReferenceQueue<ClassLoader> gone = new ReferenceQueue<>();
        WeakReference<ClassLoader> forgotten = new WeakReference<>(new Own("far.A", null), gone);
        int number = classes.numberOf(((Own) forgotten.get()).own());
        while (gone.remove(100) == null) {
            System.gc();
        }
        assertThatThrownBy(() -> classes.numbered(number))
                .isInstanceOf(ClassNotFoundException.class)
                .hasMessageContaining("the class loader it came from is gone");
        assertNobody(ask(number, "far.A"));
        for (int i = 0; i < 3; i++) {
            assertThat(classes.numberOf(new Own("far.A", null).own())).isNotEqualTo(number);
        }
    }
}
