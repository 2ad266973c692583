package dev.pando.internal.process.child;

import static java.lang.constant.ConstantDescs.CD_Object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.internal.process.wire.FrameReader;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.MessageLimits;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Classes that a worker requests from its parent. The test is the parent, and answers as it likes. */
class RemoteClassesTest {
    private static final byte[] NOTHING = {};

    private final MemoryPipe answers = new MemoryPipe();
    private final FrameReader heard = new FrameReader(answers.out);
    private final RemoteClasses foreign = new RemoteClasses(new ReplyWriter(null, answers.in));
    private final List<Thread> threads = new ArrayList<>();

    private static byte[] file(String name) {
        return ClassFile.of().build(ClassDesc.of(name), type -> type.withSuperclass(CD_Object));
    }

    /** Loads the class on a new thread, which waits for the answer. */
    private CompletableFuture<Class<?>> load(int loader, String name) {
        CompletableFuture<Class<?>> loaded = new CompletableFuture<>();
        threads.add(Thread.ofPlatform().start(() -> {
            try {
                loaded.complete(Class.forName(name, false, foreign.numbered(loader)));
            } catch (Throwable t) {
                loaded.completeExceptionally(t);
            }
        }));
        return loaded;
    }

    private Message.Wanted question() throws Exception {
        return (Message.Wanted) heard.toParent();
    }

    private void answer(Message.Wanted question, int loader, String digest, byte[] bytes) {
        foreign.arrived(new Message.Code(question.question(), loader, digest, bytes));
    }

    @AfterEach
    void nobodyIsLeft() throws Exception {
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(answers.isEmpty()).as("no question is left").isTrue();
    }

    private static void assertUnknown(CompletableFuture<Class<?>> loaded, String message) {
        assertThatThrownBy(loaded::join)
                .cause()
                .isInstanceOf(ClassNotFoundException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aClassArrivesByItsBytes() throws Exception {
        var loaded = load(3, "far.A");
        Message.Wanted question = question();
        assertThat(question.loader()).isEqualTo(3);
        assertThat(question.type()).isEqualTo("far.A");
        answer(question, 3, "a", file("far.A"));
        Class<?> type = loaded.join();
        assertThat(type.getName()).isEqualTo("far.A");
        assertThat(foreign.numberOf(type)).isEqualTo(3);
        assertThat(load(3, "far.A").join()).as("the class of a second load").isSameAs(type);
    }

    @Test
    void whatNobodyKnowsIsNotFoundAndMayBeAskedAgain() throws Exception {
        var loaded = load(3, "far.A");
        answer(question(), Message.Code.NO_LOADER, "", NOTHING);
        assertUnknown(loaded, "far.A");
        var again = load(3, "far.A");
        answer(question(), 3, "a", file("far.A"));
        assertThat(again.join().getName()).isEqualTo("far.A");
    }

    @Test
    void whatTheWorkerHasItselfIsTheSameForAllLoaders() throws Exception {
        var loaded = load(3, RemoteClassesTest.class.getName());
        answer(question(), 0, "", NOTHING);
        assertThat(loaded.join()).isSameAs(RemoteClassesTest.class);
        assertThat(foreign.numberOf(RemoteClassesTest.class)).isZero();
    }

    @Test
    void whatIsOfTheJdkIsNotAskedFor() {
        assertThat(load(3, "java.util.List").join()).isSameAs(List.class);
        assertThat(load(3, "java.sql.Connection").join()).isSameAs(java.sql.Connection.class);
        assertThat(foreign.numberOf(List.class)).isZero();
    }

    @Test
    void bytesThatCameBeforeAreNamedByTheirDigest() throws Exception {
        var first = load(1, "far.A");
        answer(question(), 1, "a", file("far.A"));
        var second = load(2, "far.A");
        answer(question(), 2, "a", NOTHING);
        assertThat(second.join()).isNotSameAs(first.join());
        assertThat(foreign.numberOf(second.join())).isEqualTo(2);
    }

    /** Loader 2 finds the class in its parent, loader 1. The parent process sends the bytes once only. */
    @Test
    void aClassOfAnotherLoaderIsDefinedThere() throws Exception {
        var loaded = load(2, "far.A");
        answer(question(), 1, "a", file("far.A"));
        Message.Wanted next = question();
        assertThat(next.loader()).isEqualTo(1);
        answer(next, 1, "a", NOTHING);
        assertThat(foreign.numberOf(loaded.join())).isEqualTo(1);
        assertThat(load(1, "far.A").join()).isSameAs(loaded.join());
    }

    /** The first thread to ask may be the last to move, but the parent relies on the bytes from its next answer on. */
    @Test
    void bytesAreKeptWhoeverAskedForThem() throws Exception {
        foreign.arrived(new Message.Code(99, 1, "a", file("far.A")));
        var loaded = load(2, "far.A");
        answer(question(), 2, "a", NOTHING);
        assertThat(loaded.join().getName()).isEqualTo("far.A");
    }

    @Test
    void aDigestOfWhatNeverCameIsNotFound() throws Exception {
        var loaded = load(1, "far.A");
        answer(question(), 1, "a", NOTHING);
        assertUnknown(loaded, "did not arrive");
    }

    @Test
    void severalAskAtOnceAndAreAnsweredInAnyOrder() throws Exception {
        List<CompletableFuture<Class<?>>> loaded = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            loaded.add(load(1 + i % 3, "far.A" + i));
        }
        List<Message.Wanted> questions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            questions.add(question());
        }
        for (Message.Wanted question : questions.reversed()) {
            answer(question, question.loader(), question.type(), file(question.type()));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(loaded.get(i).join().getName()).isEqualTo("far.A" + i);
        }
    }

    /** The parent ends a worker that asks more. */
    @Test
    void moreThanSoManyWaitForTheirTurnToAsk() throws Exception {
        int most = MessageLimits.OPEN_QUESTIONS;
        List<CompletableFuture<Class<?>>> loaded = new ArrayList<>();
        for (int i = 0; i < most + 20; i++) {
            loaded.add(load(1, "far.A" + i));
        }
        List<Message.Wanted> questions = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            questions.add(question());
        }
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.yield();
            }
        }
        assertThat(answers.isEmpty()).as("all wait, and no other has asked").isTrue();
        for (int i = 0; i < most + 20; i++) {
            Message.Wanted first = questions.removeFirst();
            answer(first, 1, first.type(), file(first.type()));
            if (i < 20) {
                questions.add(question());
            }
        }
        assertThat(loaded).allSatisfy(one -> assertThat(one.join()).isNotNull());
    }

    @Test
    void aNameThatIsLongerThanAnyIsNotAskedFor() {
        assertThatThrownBy(() -> foreign.numbered(1).loadClass("a".repeat(100_000)))
                .isInstanceOf(ClassNotFoundException.class)
                .hasMessage("no class has a name of 100000 letters");
    }

    @Test
    void twoWhoWantTheSameGetTheSame() throws Exception {
        var one = load(1, "far.A");
        var two = load(1, "far.A");
        answer(question(), 1, "a", file("far.A"));
        assertThat(one.join()).isSameAs(two.join());
    }

    @Test
    void anInterruptWhileAClassIsWaitedForIsSeenLater() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                Class.forName("far.A", false, foreign.numbered(1));
                interrupted.complete(Thread.currentThread().isInterrupted());
            } catch (Throwable t) {
                interrupted.completeExceptionally(t);
            }
        });
        threads.add(thread);
        Message.Wanted question = question();
        thread.interrupt();
        answer(question, 1, "a", file("far.A"));
        assertThat(interrupted.join()).isTrue();
    }

    @Test
    void answersToNoQuestionAreOverheard() throws Exception {
        foreign.arrived(new Message.Code(1, Message.Code.NO_LOADER, "", NOTHING));
        var loaded = load(1, "far.A");
        Message.Wanted question = question();
        answer(question, 1, "a", file("far.A"));
        answer(question, Message.Code.NO_LOADER, "", NOTHING);
        assertThat(loaded.join().getName()).isEqualTo("far.A");
    }

    @Test
    void bytesThatAreNoClassAreAnErrorOfThatClassOnly() throws Exception {
        var loaded = load(1, "far.A");
        answer(question(), 1, "x", new byte[] {1, 2, 3});
        assertThatThrownBy(loaded::join).cause().isInstanceOf(ClassFormatError.class);
        var other = load(1, "far.B");
        answer(question(), 1, "b", file("far.B"));
        assertThat(other.join().getName()).isEqualTo("far.B");
    }
}
