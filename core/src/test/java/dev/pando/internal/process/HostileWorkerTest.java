package dev.pando.internal.process;

import static dev.pando.internal.process.HostilePool.forEver;
import static dev.pando.internal.process.HostilePool.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.NotSendableException;
import dev.pando.Task;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.StandInException;
import dev.pando.internal.process.wire.FrameReader;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.Message;
import dev.pando.spi.UnsendableException.Direction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.ValueWrapper;

/**
 * What a worker can do to its parent once its task has gone wrong. {@code ValueWrapper} comes from a jar of its own.
 */
@EnabledOnOs(OS.LINUX)
@Tag("processes")
class HostileWorkerTest {
    @RegisterExtension
    final HostilePool hostile = new HostilePool();

    private static final byte[] NONE = {};

    /** Bytes that are no message, or none that this worker may send now; and the reason that the parent reports. */
    enum Deed {
        UNKNOWN_TAG("no message has the tag 122", new byte[] {0, 0, 0, 1, 'z'}),
        GARBAGE("a frame of 1214606444 bytes", "Hello, world".getBytes(StandardCharsets.UTF_8)),
        NEGATIVE_LENGTH("a frame of 4294967295 bytes", new byte[] {-1, -1, -1, -1}),
        NO_LENGTH("a frame of 0 bytes", new byte[4]),
        OVERSIZED(
                "a frame of " + (FrameReader.LARGEST_FRAME + 1) + " bytes",
                ByteBuffer.allocate(4).putInt(FrameReader.LARGEST_FRAME + 1).array()),
        FIELD_TOO_LONG(
                "a field of 100 bytes, where 0 are left",
                ByteBuffer.allocate(9).putInt(5).put((byte) 'U').putInt(100).array()),
        WRONG_WAY("a message that goes the other way: Leave", new Message.Leave()),
        READY_TWICE("that it is ready, for the second time", new Message.Ready()),
        UNFIT_AFTER_READY("that its initializer failed, after it was ready", new Message.Unfit(NONE, NONE)),
        VALUE_OF_ANOTHER_RUN("an answer to a task that it was not given", new Message.Value(2, NONE)),
        THREW_OF_ANOTHER_RUN("an answer to a task that it was not given", new Message.Thrown(-1, NONE, NONE)),
        UNSENDABLE_OF_ANOTHER_RUN(
                "an answer to a task that it was not given", new Message.NotSendable(0, true, "", "", NONE)),
        BEGAN_OF_ANOTHER_RUN("an answer to a task that it was not given", new Message.Began(7)),
        ENDED_OF_ANOTHER_RUN("an answer to a task that it was not given", new Message.Ended(7)),
        SEEN_OF_ANOTHER_RUN("an answer to a task that it was not given", new Message.Seen(7, new StackTraceElement[0]));

        private final String reason;
        private final byte[] bytes;

        Deed(String reason, byte[] bytes) {
            this.reason = reason;
            this.bytes = bytes;
        }

        Deed(String reason, Message message) {
            this(reason, FrameWriter.frame(message));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWorkerThatSaysWhatItMayNotIsKilledAndThatIsTheReason(Deed deed) {
        byte[] bytes = deed.bytes;
        String reason = hostile.reasonAfter(() -> {
            say(bytes);
            forEver();
        });
        assertThat(reason).startsWith("it sent what is no message (").contains(deed.reason);
        hostile.assertUnharmed();
    }

    @Test
    void aWorkerThatDiesInTheMiddleOfAFrameIsTold() {
        String reason = hostile.reasonAfter(() -> {
            say((byte) 0, (byte) 0, (byte) 1, (byte) 0, (byte) 'V', (byte) 0);
            Runtime.getRuntime().halt(0);
        });
        assertThat(reason).contains("half a frame, and then the end");
        hostile.assertUnharmed();
    }

    /** The worker is stopped, so that it reads nothing, and another process speaks in its place. */
    @Test
    void questionsOfAStoppedWorkerDoNotFillTheHeap(@TempDir Path folder) throws Exception {
        byte[] question = FrameWriter.frame(new Message.Wanted(1, 1, "far.A"));
        ByteBuffer questions = ByteBuffer.allocate((1 << 20) / question.length * question.length);
        while (questions.hasRemaining()) {
            questions.put(question);
        }
        String file =
                Files.write(folder.resolve("questions"), questions.array()).toString();
        String script = "kill -STOP $1; for i in $(seq 400); do cat $2 || exit; done >/proc/$1/fd/4";
        assertThat(hostile.reasonAfter(() -> {
                    String worker = Long.toString(ProcessHandle.current().pid());
                    new ProcessBuilder("/bin/sh", "-c", script, "sh", worker, file).start();
                    forEver();
                }))
                .startsWith("it sent more than a worker may (a question, while it has not read 64 answers");
        hostile.assertUnharmed();
    }

    @Test
    void whoeverAnswersTwiceIsKilledAndTheFirstAnswerCounts() throws Exception {
        byte[] forged = new Codec().encode("forged", Direction.RESULT);
        TaskFuture<String> future = hostile.pool().submit(() -> {
            say(new Message.Value(1, forged));
            return "true";
        });
        assertThat(future.result()).isEqualTo("forged");
        assertThat(hostile.lost.take()).contains("an answer to a task that it was not given");
        hostile.assertUnharmed();
    }

    @Test
    void whatATaskPrintsIsNeverTakenForAMessage() {
        byte[] frames = FrameWriter.frame(new Message.Leave());
        assertThat(hostile.pool()
                        .submit(() -> {
                            for (int i = 0; i < 1000; i++) {
                                System.out.write(frames);
                                System.err.write(frames);
                            }
                            return "well";
                        })
                        .result())
                .isEqualTo("well");
        assertThat(hostile.pool().stats().workersLost()).isZero();
    }

    /** A task whose result class belongs neither to the code of the task nor to its declared return type. */
    private static Task<Object> stranger() {
        return () -> ValueWrapper.create("strange");
    }

    @Test
    void aResultOfAStrangeClassIsRefusedWithTheAdviceAndTheWorkerStays() {
        TaskFuture<Object> future = hostile.pool().submit(stranger());
        assertThatThrownBy(future::result)
                .isInstanceOf(NotSendableException.class)
                .hasMessageContaining("holds org.opentest4j.ValueWrapper, which is not accepted from a worker")
                .hasMessageContaining("Processes.accept(\"org.opentest4j.*\")");
        hostile.assertUnharmed();
        assertThat(hostile.pool().stats().workersLost()).isZero();
    }

    @Test
    void theAdviceHelps() {
        hostile.pool(processes -> processes.accept("org.opentest4j.*"));
        assertThat(hostile.pool().submit(stranger()).result()).isInstanceOf(ValueWrapper.class);
    }

    @Test
    void aResultThatTheTaskSaysItReturnsIsAccepted() {
        assertThat(hostile.pool()
                        .submit((Task<ValueWrapper>) () -> ValueWrapper.create("declared"))
                        .result()
                        .getValue())
                .isEqualTo("declared");
    }

    @Test
    void anExceptionOfALibraryArrivesAsItselfIfItIsPlainData() {
        TaskFuture<Object> future = hostile.pool().submit((Task<Object>) () -> {
            throw new IllegalStateException(new AssertionFailedError("strange", "a", "b"));
        });
        assertThatThrownBy(future::result)
                .isInstanceOf(TaskFailedException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .cause()
                .isInstanceOfSatisfying(AssertionFailedError.class, strange -> {
                    assertThat(strange.getExpected().getValue()).isEqualTo("a");
                    assertThat(strange.getActual().getValue()).isEqualTo("b");
                })
                .hasMessage("strange");
        hostile.assertUnharmed();
    }

    @Test
    void anExceptionOfAStrangeClassArrivesAsItsStandIn() {
        TaskFuture<Object> future = hostile.pool().submit((Task<Object>) () -> {
            throw new java.rmi.RemoteException("strange");
        });
        assertThatThrownBy(future::result)
                .isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("accept(\"java.rmi.*\")")
                .cause()
                .isInstanceOf(StandInException.class)
                .hasMessageContaining("java.rmi.RemoteException: strange");
        hostile.assertUnharmed();
    }

    /** Sets for which equals, hashCode and toString would never end. */
    private static Object endless() {
        Set<Object> root = new HashSet<>();
        Set<Object> one = root;
        Set<Object> two = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Set<Object> left = new HashSet<>();
            Set<Object> right = new HashSet<>();
            left.add("different");
            one.addAll(List.of(left, right));
            two.addAll(List.of(left, right));
            one = left;
            two = right;
        }
        return root;
    }

    private static Object deep() {
        Object[] deep = {};
        for (int i = 0; i < 2_000; i++) {
            deep = new Object[] {deep};
        }
        return deep;
    }

    @Test
    void aResultThatTakesForEverToBuildCostsItsTask() {
        refused(
                hostile.pool().submit((Task<Object>) HostileWorkerTest::endless),
                "in so many ways that comparing or printing them would not end");
    }

    @Test
    void aResultThatIsTooDeepForAnyStackCostsItsTask() {
        refused(hostile.pool().submit((Task<Object>) HostileWorkerTest::deep), "linked more than 1000 deep");
    }

    private void refused(TaskFuture<?> future, String why) {
        assertThatThrownBy(future::result)
                .isInstanceOf(NotSendableException.class)
                .hasMessageContaining(why);
        hostile.assertUnharmed();
        assertThat(hostile.pool().stats().workersLost()).isZero();
    }

    /** Lets a worker send a forged frame as its answer, and die so that no other answer follows. */
    private void forged(byte[] value, String why) {
        TaskFuture<?> future = hostile.pool().submit(() -> {
            say(new Message.Value(1, value));
            Runtime.getRuntime().halt(0);
        });
        assertThatThrownBy(future::result)
                .isInstanceOf(NotSendableException.class)
                .hasMessageContaining(why);
        hostile.assertUnharmed();
    }

    @Test
    void anArrayThatIsOnlyClaimedCostsItsTask() throws Exception {
        byte[] claims = new Codec().encode(new long[1][1], Direction.RESULT);
        ByteBuffer.wrap(claims).putInt(claims.length - 12, Integer.MAX_VALUE - 8);
        forged(claims, "claims arrays of 2147483640 elements in " + claims.length + " bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no stream at all", "\u00ac\u00ed\u0000\u0005"})
    void garbageInsteadOfAResultCostsItsTask(String garbage) {
        forged(garbage.getBytes(StandardCharsets.ISO_8859_1), "could not be unpacked where it arrived");
    }

    @Test
    void halfAResultCostsItsTask() throws Exception {
        byte[] whole = new Codec().encode(List.of("a", "b"), Direction.RESULT);
        forged(Arrays.copyOf(whole, whole.length / 2), "could not be unpacked where it arrived");
    }
}
