package dev.pando.internal.deadlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.DeadlockException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the last to wait finds in graphs that are drawn by hand. */
class DeadlockDetectorTest extends DrawnGraph {
    @Test
    void aTaskThatWaitsForItselfIsToldSo() {
        Worker worker = worker();
        worker.waits = forAll(running(worker));
        assertThatThrownBy(() -> DeadlockDetector.examine(worker))
                .isInstanceOf(DeadlockException.class)
                .hasMessageContaining("task of here-0");
    }

    @Test
    void twoThatWaitForEachOtherAreToldWhoTheyAre() {
        Worker a = worker();
        Worker b = worker();
        Work onA = running(a);
        Work onB = running(b);
        a.waits = forAll(onB);
        DeadlockDetector.examine(a);
        b.waits = forAll(onA);
        assertThatThrownBy(() -> DeadlockDetector.examine(b))
                .isInstanceOf(DeadlockException.class)
                .hasMessageContainingAll(a.worker(), b.worker(), onA.name, onB.name, "wait");
    }

    @Test
    void waitsThatWereNeverThereTogetherAreNoCircle() {
        Worker a = worker();
        Worker b = worker();
        Work onA = running(a);
        a.waits = forAll(running(b));
        b.waits = forAll(onA);
        b.movesOn = true;
        DeadlockDetector.examine(a);
        b.movesOn = false;
        assertThatThrownBy(() -> DeadlockDetector.examine(a)).isInstanceOf(DeadlockException.class);
    }

    @Test
    void aLongChainThatEndsAtATaskAtWorkIsNoKnot() {
        Work task = running(worker());
        for (int i = 0; i < 300; i++) {
            Worker worker = worker();
            worker.waits = forAll(task);
            task = running(worker);
            DeadlockDetector.examine(worker);
        }
        assertThat(rescued).isEmpty();
    }

    @Test
    void aLongCircleIsFoundByTheOneThatClosesIt() {
        Worker first = worker();
        Work task = running(first);
        for (int i = 0; i < 200; i++) {
            Worker worker = worker();
            worker.waits = forAll(task);
            task = running(worker);
        }
        first.waits = forAll(task);
        assertThatThrownBy(() -> DeadlockDetector.examine(first)).isInstanceOf(DeadlockException.class);
    }

    @Test
    void oneOfSeveralThatComesIsEnoughWhenAnyWillDo() {
        Worker a = worker();
        Work onA = running(a);
        Work comes = running(worker());
        a.waits = forAny(onA, comes);
        DeadlockDetector.examine(a);
        a.waits = forAll(onA, comes);
        assertThatThrownBy(() -> DeadlockDetector.examine(a)).isInstanceOf(DeadlockException.class);
    }

    @Test
    void aWaitWhoseTasksChangeIsLookedAtAsTheyAre() {
        Worker a = worker();
        Work onA = running(a);
        Work other = running(worker());
        List<Work> undone = new ArrayList<>(List.of(onA, other));
        a.waits = new WaitEdge.For(undone, false, false);
        DeadlockDetector.examine(a);
        undone.remove(other);
        assertThatThrownBy(() -> DeadlockDetector.examine(a)).isInstanceOf(DeadlockException.class);
    }

    @Test
    void waitingForNothingIsNoKnot() {
        Worker worker = worker();
        running(worker);
        worker.waits = forAll();
        DeadlockDetector.examine(worker);
        worker.waits = forAny();
        DeadlockDetector.examine(worker);
        assertThat(rescued).isEmpty();
    }

    @Test
    void whatIsMadeByHandMayAlwaysCome() {
        Worker worker = worker();
        running(worker);
        worker.waits = forAll(new Work("by hand", null));
        DeadlockDetector.examine(worker);
        assertThat(rescued).isEmpty();
    }

    @Test
    void aWaitThatEndsByItselfIsNoDeadlock() {
        Worker worker = worker();
        worker.waits = new WaitEdge.For(List.of(running(worker)), true, true);
        DeadlockDetector.examine(worker);
        assertThat(rescued).isEmpty();
    }

    @Test
    void aTaskInLineThatEveryWorkerWaitsForIsRescuedOnce() {
        Worker worker = worker();
        running(worker);
        Work inLine = queued();
        worker.waits = forAll(inLine);
        DeadlockDetector.examine(worker);
        assertThat(rescued).containsExactly(inLine);
    }

    @Test
    void aTaskInLineIsNotRescuedWhileAWorkerIsAtWork() {
        Worker worker = worker();
        running(worker);
        running(worker());
        worker.waits = forAll(queued());
        DeadlockDetector.examine(worker);
        assertThat(rescued).isEmpty();
    }

    @Test
    void aWaitThatIsLeftAloneWhenItsRescuedTaskIsDoneIsJudged() {
        Worker worker = worker();
        Work own = running(worker);
        worker.waits = forAll(own);
        DeadlockDetector.examineFor(worker);
        assertThat(worker.verdict)
                .isNotNull()
                .extracting(DeadlockDetector.Verdict::on)
                .isSameAs(worker.waits);
    }

    @Test
    void tasksMadeOfOthersAreSeenThrough() {
        Worker worker = worker();
        worker.waits = forAll(madeOf(running(worker)));
        assertThatThrownBy(() -> DeadlockDetector.examine(worker)).isInstanceOf(DeadlockException.class);
        Work inLine = queued();
        worker.waits = forAll(madeOf(inLine));
        DeadlockDetector.examine(worker);
        assertThat(rescued).containsExactly(inLine);
    }

    @Test
    void aSubmitterThatNoWorkerCouldEverMakeRoomForIsLetIn() {
        Worker worker = worker();
        running(worker);
        boolean[] admitted = {false};
        worker.waits = new WaitEdge.Room(
                pool,
                new WaitEdge.RoomTicket() {
                    @Override
                    public void admit() {
                        admitted[0] = true;
                    }

                    @Override
                    public boolean admitted() {
                        return admitted[0];
                    }
                },
                false);
        DeadlockDetector.examine(worker);
        assertThat(admitted[0]).isTrue();
    }

    @Test
    void aCircleAcrossTwoPoolsIsFound() {
        Place other = new Place("there");
        Worker here = worker();
        Worker there = new Worker(other);
        Work task = new Work("task there", other);
        task.seat = there;
        there.running = task;
        there.waits = forAll(running(here));
        here.waits = forAll(task);
        assertThatThrownBy(() -> DeadlockDetector.examine(here))
                .isInstanceOf(DeadlockException.class)
                .hasMessageContaining("there-0");
    }
}
