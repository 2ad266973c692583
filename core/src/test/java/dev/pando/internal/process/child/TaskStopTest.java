package dev.pando.internal.process.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a worker stops a run: each stop and each interrupt reaches its own run, whenever it comes, and no other. */
class TaskStopTest {
    @RegisterExtension
    final WorkerRig workerRig = new WorkerRig();

    @Test
    void aStopThatComesBeforeItsRunStopsIt() throws Exception {
        workerRig.startReady();
        workerRig.send(new Message.Stop(1));
        workerRig.run(1, WorkerRig::atTheGate);
        stopped();
    }

    @Test
    void aStopThatComesBeforeItsRunWasTakenStopsIt() throws Exception {
        workerRig.start(WorkerRig::atTheGate);
        WorkerRig.inside.await();
        workerRig.run(1, () -> {
            new CountDownLatch(1).await();
            return null;
        });
        workerRig.send(new Message.Stop(1));
        WorkerRig.gate.countDown();
        workerRig.hears(Message.Ready.class);
        stopped();
    }

    private void stopped() throws Exception {
        List<Message.ToParent> all = new ArrayList<>();
        assertThat(workerRig.answer(1, all)).containsExactlyInAnyOrder("Seen", "Began", "Thrown");
        assertThat(workerRig.decoded(((Message.Thrown) all.getLast()).original()))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void aStopDuringItsRunTellsWhereItIsAndThenInterruptsIt() throws Exception {
        workerRig.startReady();
        workerRig.run(1, WorkerRig::atTheGate);
        WorkerRig.inside.await();
        workerRig.send(new Message.Stop(1));
        List<Message.ToParent> all = new ArrayList<>();
        assertThat(workerRig.answer(1, all)).containsExactly("Began", "Seen", "Thrown");
        assertThat(((Message.Seen) all.get(1)).frames())
                .anyMatch(frame -> frame.getMethodName().equals("atTheGate"));
        workerRig.nextIsUndisturbed(2);
    }

    @Test
    void aLookTellsWhereARunIsAndLeavesItAlone() throws Exception {
        workerRig.startReady();
        workerRig.run(1, WorkerRig::atTheGate);
        WorkerRig.inside.await();
        workerRig.send(new Message.Locate(9)); // there is no such run
        workerRig.send(new Message.Locate(1));
        workerRig.send(new Message.Locate(1));
        List<Message.ToParent> all = new ArrayList<>();
        for (int said = 0; said < 2; ) {
            Message.ToParent message = workerRig.hears(Message.ToParent.class);
            all.add(message);
            said += message instanceof Message.Seen ? 1 : 0;
        }
        WorkerRig.gate.countDown();
        assertThat(workerRig.answer(1)).containsExactly("Value");
        assertThat(all)
                .filteredOn(Message.Seen.class::isInstance)
                .allSatisfy(seen -> assertThat(((Message.Seen) seen).frames())
                        .anyMatch(frame -> frame.getMethodName().equals("atTheGate")));
        workerRig.nextIsUndisturbed(2);
    }

    @Test
    void aLookThatComesBeforeItsRunIsAnsweredWhenThatBegins() throws Exception {
        workerRig.startReady();
        workerRig.send(new Message.Locate(1));
        List<Message.ToParent> all = new ArrayList<>();
        workerRig.run(1, () -> 1);
        workerRig.answer(1, all);
        assertThat(all).filteredOn(Message.Seen.class::isInstance).hasSize(1);
        workerRig.nextIsUndisturbed(2);
    }

    @Test
    void aStopAfterItsRunIsForgotten() throws Exception {
        workerRig.startReady();
        workerRig.nextIsUndisturbed(1);
        workerRig.send(new Message.Stop(1));
        workerRig.nextIsUndisturbed(2);
        workerRig.run(3, WorkerRig::atTheGate);
        WorkerRig.inside.await();
        workerRig.send(new Message.Stop(2));
        WorkerRig.gate.countDown();
        assertThat(workerRig.answer(3)).containsExactly("Began", "Value");
    }

    @Test
    void anInterruptThatItsTaskDidNotNoticeIsNotLeftToTheNext() throws Exception {
        workerRig.startReady();
        workerRig.run(1, () -> {
            WorkerRig.inside.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return List.of("packed while interrupted");
        });
        WorkerRig.inside.await();
        workerRig.send(new Message.Stop(1));
        assertThat(workerRig.answer(1)).containsExactly("Began", "Seen", "Ended", "Value");
        workerRig.nextIsUndisturbed(2);
    }

    @Test
    void anInterruptThatTheInitializerLeftBehindIsNotTheFirstTasks() throws Exception {
        workerRig.start(() -> {
            WorkerRig.atTheGate();
            Thread.currentThread().interrupt();
            return null;
        });
        WorkerRig.inside.await();
        // before Ready
        workerRig.send(new Message.Run(1, workerRig.encoded((WorkerRig.Work)
                () -> Thread.currentThread().isInterrupted())));
        WorkerRig.gate.countDown();
        workerRig.hears(Message.Ready.class);
        assertThat(workerRig.value(1)).isEqualTo(false);
    }

    @Test
    void aStrangeInterruptBetweenTwoTasksDisturbsNobody() throws Exception {
        workerRig.startReady();
        for (int run = 1; run < 200; run++) {
            workerRig.disturb();
            workerRig.nextIsUndisturbed(run);
        }
    }

    /** Stops come at any moment. Only the stopped run sees its stop, and its stack trace is reported at most once. */
    @Test
    void aStopNeverReachesTheNextRunWheneverItComes() throws Exception {
        workerRig.startReady();
        for (int run = 1; run <= 3_000; run += 2) {
            workerRig.run(run, () -> 1);
            int told = run;
            Thread stopper = Thread.ofVirtual().start(() -> workerRig.send(new Message.Stop(told)));
            List<Message.ToParent> all = new ArrayList<>();
            workerRig.answer(run, all);
            assertThat(all).filteredOn(Message.Seen.class::isInstance).hasSizeLessThanOrEqualTo(1);
            workerRig.nextIsUndisturbed(run + 1);
            stopper.join();
        }
    }
}
