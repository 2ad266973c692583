package dev.pando.process.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.process.wire.Message;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a worker answers each message, whenever it comes. Tasks find the rig's latches: the worker is in this JVM. */
class TasksTest {
    @RegisterExtension
    final Rig rig = new Rig();

    @Test
    void whatIsPackedInNoTimeIsAnsweredAtOnceAndTheRestAfterAWord() {
        rig.startReady();
        rig.run(1, () -> "plain");
        assertThat(rig.answer(1)).containsExactly("Began", "Value");
        rig.run(2, () -> null);
        assertThat(rig.answer(2)).containsExactly("Began", "Value");
        rig.run(3, () -> List.of(1));
        assertThat(rig.answer(3)).containsExactly("Began", "Ended", "Value");
        rig.run(4, () -> { throw new IOException("its own"); });
        assertThat(rig.answer(4)).containsExactly("Began", "Threw");
    }

    @Test
    void allTasksRunOnOneThreadWhichIsTheInitializersToo() throws Exception {
        rig.start(() -> {
            Thread.currentThread().setName("was here");
            return null;
        });
        rig.hears(Message.Ready.class);
        for (int run = 1; run < 4; run++) {
            rig.run(run, () -> Thread.currentThread().getName());
            assertThat(rig.value(run)).isEqualTo("was here");
        }
    }

    @Test
    void aStopThatComesBeforeItsRunStopsIt() throws Exception {
        rig.startReady();
        rig.send(new Message.Stop(1));
        rig.run(1, Rig::atTheGate);
        stopped();
    }

    @Test
    void aStopThatComesBeforeItsRunWasTakenStopsIt() throws Exception {
        rig.start(Rig::atTheGate);
        Rig.inside.await();
        rig.run(1, () -> {
            new CountDownLatch(1).await();
            return null;
        });
        rig.send(new Message.Stop(1));
        Rig.gate.countDown();
        rig.hears(Message.Ready.class);
        stopped();
    }

    private void stopped() throws Exception {
        List<Message.ToParent> all = new ArrayList<>();
        assertThat(rig.answer(1, all)).containsExactlyInAnyOrder("Seen", "Began", "Threw");
        assertThat(rig.decoded(((Message.Threw) all.getLast()).original())).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aStopDuringItsRunTellsWhereItIsAndThenInterruptsIt() throws Exception {
        rig.startReady();
        rig.run(1, Rig::atTheGate);
        Rig.inside.await();
        rig.send(new Message.Stop(1));
        List<Message.ToParent> all = new ArrayList<>();
        assertThat(rig.answer(1, all)).containsExactly("Began", "Seen", "Threw");
        assertThat(((Message.Seen) all.get(1)).frames()).anyMatch(frame -> frame.getMethodName().equals("atTheGate"));
        nextIsUndisturbed(2);
    }

    private void nextIsUndisturbed(int run) throws Exception {
        rig.run(run, () -> Thread.currentThread().isInterrupted());
        assertThat(rig.value(run)).isEqualTo(false);
    }

    @Test
    void aStopAfterItsRunIsForgotten() throws Exception {
        rig.startReady();
        nextIsUndisturbed(1);
        rig.send(new Message.Stop(1));
        nextIsUndisturbed(2);
        rig.run(3, Rig::atTheGate);
        Rig.inside.await();
        rig.send(new Message.Stop(2));
        Rig.gate.countDown();
        assertThat(rig.answer(3)).containsExactly("Began", "Value");
    }

    @Test
    void anInterruptThatItsTaskDidNotNoticeIsNotLeftToTheNext() throws Exception {
        rig.startReady();
        rig.run(1, () -> {
            Rig.inside.countDown();
            while (!Thread.currentThread().isInterrupted()) Thread.onSpinWait();
            return List.of("packed while interrupted");
        });
        Rig.inside.await();
        rig.send(new Message.Stop(1));
        assertThat(rig.answer(1)).containsExactly("Began", "Seen", "Ended", "Value");
        nextIsUndisturbed(2);
    }

    @Test
    void anInterruptThatTheInitializerLeftBehindIsNotTheFirstTasks() throws Exception {
        rig.start(() -> {
            Rig.atTheGate();
            Thread.currentThread().interrupt();
            return null;
        });
        Rig.inside.await();
        rig.send(new Message.Run(1, rig.encoded((Rig.Work) () -> Thread.currentThread().isInterrupted()))); // before Ready
        Rig.gate.countDown();
        rig.hears(Message.Ready.class);
        assertThat(rig.value(1)).isEqualTo(false);
    }

    @Test
    void aStrangeInterruptBetweenTwoTasksDisturbsNobody() throws Exception {
        rig.startReady();
        for (int run = 1; run < 200; run++) {
            rig.disturb();
            nextIsUndisturbed(run);
        }
    }

    /** Stops come at any moment. Only the stopped run sees its stop, and its stack trace is reported at most once. */
    @Test
    void aStopNeverReachesTheNextRunWheneverItComes() throws Exception {
        rig.startReady();
        for (int run = 1; run <= 3_000; run += 2) {
            rig.run(run, () -> 1);
            int told = run;
            Thread stopper = Thread.ofVirtual().start(() -> rig.send(new Message.Stop(told)));
            List<Message.ToParent> all = new ArrayList<>();
            rig.answer(run, all);
            assertThat(all).filteredOn(Message.Seen.class::isInstance).hasSizeLessThanOrEqualTo(1);
            nextIsUndisturbed(run + 1);
            stopper.join();
        }
    }

    @Test
    void anInitializerThatThrowsIsToldAndNothingIsRun() throws Exception {
        rig.start(() -> { throw new IllegalStateException("no licence"); });
        Message.Unfit unfit = rig.hears(Message.Unfit.class);
        assertThat(rig.decoded(unfit.original())).isInstanceOf(IllegalStateException.class).hasMessage("no licence");
        assertThat(rig.decoded(unfit.standIn()).toString()).contains("IllegalStateException").contains("no licence");
        rig.awaitEnd();
    }

    @Test
    void anInitializerThatCannotBeUnpackedIsToldAsWell() throws Exception {
        rig.start(null);
        rig.hears(Message.Ready.class);
        assertThat(rig.tasks.prepare(new byte[] {1, 2, 3})).isFalse();
        assertThat(rig.hears(Message.Unfit.class).standIn()).isNotEmpty();
    }

    @Test
    void aTaskThatCannotBeUnpackedCostsThatTask() throws Exception {
        rig.startReady();
        rig.send(new Message.Run(1, new byte[] {1, 2, 3}));
        List<Message.ToParent> all = new ArrayList<>();
        assertThat(rig.answer(1, all)).containsExactly("Began", "Unsendable");
        assertThat(((Message.Unsendable) all.getLast()).argument()).isTrue();
        nextIsUndisturbed(2);
    }

    record Stubborn(Object inside) implements Serializable {}

    @Test
    void aResultThatCannotBePackedCostsThatTask() throws Exception {
        rig.startReady();
        rig.run(1, () -> new Stubborn(new Object()));
        List<Message.ToParent> all = new ArrayList<>();
        assertThat(rig.answer(1, all)).containsExactly("Began", "Ended", "Unsendable");
        Message.Unsendable unsendable = (Message.Unsendable) all.getLast();
        assertThat(unsendable.argument()).isFalse();
        assertThat(unsendable.path()).contains("inside");
        nextIsUndisturbed(2);
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
        rig.startReady();
        rig.run(1, () -> { throw new Homebound(); });
        List<Message.ToParent> all = new ArrayList<>();
        assertThat(rig.answer(1, all)).containsExactly("Began", "Threw");
        Message.Threw threw = (Message.Threw) all.getLast();
        assertThat(threw.original()).isEmpty();
        assertThat(rig.decoded(threw.standIn()).toString()).contains("Homebound").contains("cannot travel");
    }

    private static int deep(int n) {
        return n == 0 ? 0 : 1 + deep(n - 1) + deep(n - 1);
    }

    @Test
    void aStackOverflowCostsThatTask() throws Exception {
        rig.startReady();
        rig.run(1, () -> deep(Integer.MAX_VALUE));
        assertThat(rig.answer(1)).containsExactly("Began", "Threw");
        nextIsUndisturbed(2);
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
        rig.startReady();
        rig.run(1, () -> {
            if (where.equals("packing")) return new Bursting();
            Error e = new OutOfMemoryError("as if");
            if (where.equals("cause")) throw new RuntimeException(e);
            throw e;
        });
        List<Message.ToParent> all = new ArrayList<>();
        List<String> names = rig.answer(1, all);
        assertThat(names).containsSubsequence("Began", "Leaving").endsWith(where.equals("packing") ? "Unsendable" : "Threw");
        assertThat(((Message.Leaving) all.get(names.indexOf("Leaving"))).run()).isEqualTo(1);
        rig.awaitEnd();
    }

    @Test
    void whoeverIsSentHomeGoesAtOnceOrAfterItsTask() throws Exception {
        rig.startReady();
        rig.run(1, Rig::atTheGate);
        Rig.inside.await();
        rig.send(new Message.Leave());
        Rig.gate.countDown();
        assertThat(rig.answer(1)).containsExactly("Began", "Value");
        rig.awaitEnd();
    }

    @Test
    void anExitThatNobodyOrderedIsToldWithWhatWasRunning() throws Exception {
        rig.startReady();
        rig.tasks.sayLeaving();
        assertThat(rig.hears(Message.Leaving.class).run()).isZero();
        rig.run(1, Rig::atTheGate);
        Rig.inside.await();
        rig.hears(Message.Began.class);
        rig.tasks.sayLeaving();
        assertThat(rig.hears(Message.Leaving.class).run()).isEqualTo(1);
        Rig.gate.countDown();
        rig.hears(Message.Value.class);
        rig.send(new Message.Leave());
        rig.awaitEnd();
        rig.tasks.sayLeaving();
        assertThat(rig.isSilent()).as("no Leaving message, because the parent ordered the leave").isTrue();
    }
}
