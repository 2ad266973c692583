package dev.pando.internal.process.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.wire.Message;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a worker answers each message, whenever it comes. Tasks find the rig's latches: the worker is in this JVM. */
class TaskRunnerTest {
    @RegisterExtension
    final WorkerRig workerRig = new WorkerRig();

    @Test
    void whatIsPackedInNoTimeIsAnsweredAtOnceAndTheRestAfterAWord() {
        workerRig.startReady();
        workerRig.run(1, () -> "plain");
        assertThat(workerRig.answer(1)).containsExactly("Began", "Value");
        workerRig.run(2, () -> null);
        assertThat(workerRig.answer(2)).containsExactly("Began", "Value");
        workerRig.run(3, () -> List.of(1));
        assertThat(workerRig.answer(3)).containsExactly("Began", "Ended", "Value");
        workerRig.run(4, () -> {
            throw new IOException("its own");
        });
        assertThat(workerRig.answer(4)).containsExactly("Began", "Thrown");
    }

    @Test
    void allTasksRunOnOneThreadWhichIsTheInitializersToo() throws Exception {
        workerRig.start(() -> {
            Thread.currentThread().setName("was here");
            return null;
        });
        workerRig.hears(Message.Ready.class);
        for (int run = 1; run < 4; run++) {
            workerRig.run(run, () -> Thread.currentThread().getName());
            assertThat(workerRig.value(run)).isEqualTo("was here");
        }
    }

    @Test
    void anInitializerThatThrowsIsToldAndNothingIsRun() throws Exception {
        workerRig.start(() -> {
            throw new IllegalStateException("no licence");
        });
        Message.Unfit unfit = workerRig.hears(Message.Unfit.class);
        assertThat(workerRig.decoded(unfit.original()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no licence");
        assertThat(workerRig.decoded(unfit.standIn()).toString())
                .contains("IllegalStateException")
                .contains("no licence");
        workerRig.awaitEnd();
    }

    @Test
    void anInitializerThatCannotBeUnpackedIsToldAsWell() throws Exception {
        workerRig.start(null);
        workerRig.hears(Message.Ready.class);
        assertThat(workerRig.runner.prepare(new byte[] {1, 2, 3})).isFalse();
        assertThat(workerRig.hears(Message.Unfit.class).standIn()).isNotEmpty();
    }

    @Test
    void aTaskThatCannotBeUnpackedCostsThatTask() throws Exception {
        workerRig.startReady();
        workerRig.send(new Message.Run(1, new byte[] {1, 2, 3}));
        List<Message.ToParent> all = new ArrayList<>();
        assertThat(workerRig.answer(1, all)).containsExactly("Began", "NotSendable");
        assertThat(((Message.NotSendable) all.getLast()).argument()).isTrue();
        workerRig.nextIsUndisturbed(2);
    }

    /** A class that packing needs may be spoiled: its initializer ran out of memory, in another thread. */
    @Test
    void aWorkerWithoutMemoryAnswersAlsoIfTheErrorCannotBePacked() throws Exception {
        workerRig.startReady();
        workerRig.cannotPack = true;
        workerRig.run(1, () -> {
            throw new OutOfMemoryError("Java heap space");
        });
        List<Message.ToParent> all = new ArrayList<>();
        assertThat(workerRig.answer(1, all)).containsExactly("Began", "Leaving", "Thrown");
        Message.Thrown threw = (Message.Thrown) all.getLast();
        assertThat(threw.original()).isEmpty();
        assertThat(threw.standIn()).isEmpty();
        workerRig.awaitEnd();
    }

    record Stubborn(Object inside) implements Serializable {}

    @Test
    void aResultThatCannotBePackedCostsThatTask() throws Exception {
        workerRig.startReady();
        workerRig.run(1, () -> new Stubborn(new Object()));
        List<Message.ToParent> all = new ArrayList<>();
        assertThat(workerRig.answer(1, all)).containsExactly("Began", "Ended", "NotSendable");
        Message.NotSendable unsendable = (Message.NotSendable) all.getLast();
        assertThat(unsendable.argument()).isFalse();
        assertThat(unsendable.path()).contains("inside");
        workerRig.nextIsUndisturbed(2);
    }

    static final class Homebound extends Exception {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new IOException("not with me");
        }

        @Override
        public String getMessage() {
            return "cannot travel";
        }
    }

    @Test
    void anExceptionThatCannotTravelSendsItsStandIn() throws Exception {
        workerRig.startReady();
        workerRig.run(1, () -> {
            throw new Homebound();
        });
        List<Message.ToParent> all = new ArrayList<>();
        assertThat(workerRig.answer(1, all)).containsExactly("Began", "Thrown");
        Message.Thrown threw = (Message.Thrown) all.getLast();
        assertThat(threw.original()).isEmpty();
        assertThat(workerRig.decoded(threw.standIn()).toString())
                .contains("Homebound")
                .contains("cannot travel");
    }

    private List<Message.ToParent> answered(WorkerRig.Work work) {
        workerRig.startReady();
        workerRig.runner.largest = 100_000;
        List<Message.ToParent> all = new ArrayList<>();
        workerRig.run(1, work);
        workerRig.answer(1, all);
        return all;
    }

    @Test
    void aResultThatIsTooLargeForTheParentFailsItsTask() {
        var told = (Message.NotSendable) answered(() -> new byte[10_000_000]).getLast();
        assertThat(told.text()).startsWith("cannot be sent: it takes 9 MiB").contains("half of the heap", "-Xmx");
    }

    @Test
    void ofAnExceptionThatIsTooLargeTheStandInIsSent() throws Exception {
        var told = (Message.Thrown) answered(() -> {
                    throw new IllegalStateException("a".repeat(60_000));
                })
                .getLast();
        assertThat(told.original()).isEmpty();
        assertThat(workerRig.decoded(told.standIn())).hasMessageStartingWith("java.lang.IllegalStateException: aaa");
    }

    @Test
    void anExceptionWhoseWordsAreTooLargeFailsItsTask() {
        var told = (Message.NotSendable) answered(() -> {
                    throw new IllegalStateException("a".repeat(5_000_000));
                })
                .getLast();
        assertThat(told.text()).startsWith("cannot be sent: it takes 4 MiB");
        assertThat(told.standIn()).hasSizeLessThan(100_000);
    }

    /** Says more than a message may hold when it is packed. */
    private static final class Wordy implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new IOException("a".repeat(5_000_000));
        }
    }

    @Test
    void whatCannotBeSentIsToldInFewWords() {
        var told = (Message.NotSendable) answered(Wordy::new).getLast();
        assertThat(told.text()).hasSizeLessThan(200_000);
        assertThat(told.standIn()).isEmpty();
    }

    private static int deep(int n) {
        return n == 0 ? 0 : 1 + deep(n - 1) + deep(n - 1);
    }

    @Test
    void aStackOverflowCostsThatTask() throws Exception {
        workerRig.startReady();
        workerRig.run(1, () -> deep(Integer.MAX_VALUE));
        assertThat(workerRig.answer(1)).containsExactly("Began", "Thrown");
        workerRig.nextIsUndisturbed(2);
    }

    static final class Bursting implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) {
            throw new OutOfMemoryError("while it was packed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thrown", "cause", "packing"})
    void whoeverRanOutOfMemorySaysThatItLeavesThenAnswersThenGoes(String where) throws Exception {
        workerRig.startReady();
        workerRig.run(1, () -> {
            if (where.equals("packing")) {
                return new Bursting();
            }
            Error e = new OutOfMemoryError("as if");
            if (where.equals("cause")) {
                throw new RuntimeException(e);
            }
            throw e;
        });
        List<Message.ToParent> all = new ArrayList<>();
        List<String> names = workerRig.answer(1, all);
        assertThat(names)
                .containsSubsequence("Began", "Leaving")
                .endsWith(where.equals("packing") ? "NotSendable" : "Thrown");
        assertThat(((Message.Leaving) all.get(names.indexOf("Leaving"))).run()).isEqualTo(1);
        workerRig.awaitEnd();
    }

    /** Packing it takes as long as the test wants, as it does where the heap is full. */
    private static final class SlowExhaustion extends OutOfMemoryError {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            try {
                WorkerRig.atTheGate();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    /** The parent gives a worker that says so a second to end. */
    @Test
    void aWorkerWithoutMemorySaysThatItLeavesWhenItsAnswerIsPacked() throws Exception {
        workerRig.startReady();
        workerRig.run(1, () -> {
            throw new SlowExhaustion();
        });
        workerRig.hears(Message.Began.class);
        WorkerRig.inside.await();
        assertThat(workerRig.isSilent()).as("no Leaving message yet").isTrue();
        WorkerRig.gate.countDown();
        assertThat(workerRig.answer(1)).containsExactly("Leaving", "Thrown");
        workerRig.awaitEnd();
    }

    @Test
    void whoeverIsSentHomeGoesAtOnceOrAfterItsTask() throws Exception {
        workerRig.startReady();
        workerRig.run(1, WorkerRig::atTheGate);
        WorkerRig.inside.await();
        workerRig.send(new Message.Leave());
        WorkerRig.gate.countDown();
        assertThat(workerRig.answer(1)).containsExactly("Began", "Value");
        workerRig.awaitEnd();
    }

    @Test
    void anExitThatNobodyOrderedIsToldWithWhatWasRunning() throws Exception {
        workerRig.startReady();
        workerRig.runner.sayLeaving();
        assertThat(workerRig.hears(Message.Leaving.class).run()).isZero();
        workerRig.run(1, WorkerRig::atTheGate);
        WorkerRig.inside.await();
        workerRig.hears(Message.Began.class);
        workerRig.runner.sayLeaving();
        assertThat(workerRig.hears(Message.Leaving.class).run()).isEqualTo(1);
        WorkerRig.gate.countDown();
        workerRig.hears(Message.Value.class);
        workerRig.send(new Message.Leave());
        workerRig.awaitEnd();
        workerRig.runner.sayLeaving();
        assertThat(workerRig.isSilent())
                .as("no Leaving message, because the parent ordered the leave")
                .isTrue();
    }
}
