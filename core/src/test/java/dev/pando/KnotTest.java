package dev.pando;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The wait-for graph, built by hand: seats, tasks on them, and what the last task to wait finds. */
class KnotTest {
    private final Stage stage = new Stage(); // width 1

    private TaskCell<Object> running(PoolSeat seat) {
        TaskCell<Object> task = stage.task();
        assertThat(task.begin(seat)).isEqualTo(1);
        return task;
    }

    private PoolSeat seat() {
        return stage.pool.arrive("w" + stage.pool.seats().size(), null);
    }

    private static Wait forAll(TaskCell<?>... tasks) {
        return new Wait.For(List.of(tasks), true, false);
    }

    private static Wait forAny(TaskCell<?>... tasks) {
        return new Wait.For(List.of(tasks), false, false);
    }

    @Test
    void aTaskThatWaitsForItselfIsToldSo() {
        PoolSeat seat = seat();
        seat.waits = forAll(running(seat));
        assertThatThrownBy(() -> Knot.examine(seat)).isInstanceOf(DeadlockException.class).hasMessageContaining("task-1");
    }

    @Test
    void twoThatWaitForEachOtherAreToldWhoTheyAre() {
        PoolSeat a = seat();
        PoolSeat b = seat();
        TaskCell<Object> onA = running(a);
        TaskCell<Object> onB = running(b);
        a.waits = forAll(onB);
        Knot.examine(a);
        b.waits = forAll(onA);
        assertThatThrownBy(() -> Knot.examine(b))
                .isInstanceOf(DeadlockException.class)
                .hasMessageContainingAll(a.worker(), b.worker(), "wait");
    }

    @Test
    void aLongChainThatEndsInSomebodyAtWorkIsNoKnot() {
        PoolSeat last = seat();
        TaskCell<Object> task = running(last);
        for (int i = 0; i < 300; i++) {
            PoolSeat seat = seat();
            seat.waits = forAll(task);
            task = running(seat);
            Knot.examine(seat);
        }
    }

    @Test
    void aLongCircleIsFoundByTheOneThatClosesIt() {
        PoolSeat first = seat();
        TaskCell<Object> start = running(first);
        TaskCell<Object> task = start;
        for (int i = 0; i < 200; i++) {
            PoolSeat seat = seat();
            seat.waits = forAll(task);
            task = running(seat);
        }
        first.waits = forAll(task);
        assertThatThrownBy(() -> Knot.examine(first)).isInstanceOf(DeadlockException.class);
    }

    @Test
    void oneOfSeveralThatComesIsEnoughWhenAnyWillDo() {
        PoolSeat a = seat();
        PoolSeat working = seat();
        TaskCell<Object> onA = running(a);
        TaskCell<Object> comes = running(working);
        a.waits = forAny(onA, comes);
        Knot.examine(a);
        a.waits = forAll(onA, comes);
        assertThatThrownBy(() -> Knot.examine(a)).isInstanceOf(DeadlockException.class);
    }

    @Test
    void aFirstFailureMayComeFromAnyThatIsNotDone() {
        PoolSeat a = seat();
        TaskCell<Object> onA = running(a);
        TaskCell<Object> other = running(seat());
        a.waits = new Wait.For(Watch.undone(List.of(onA, other)), false, false);
        Knot.examine(a);
        other.succeed(1, "well");
        assertThatThrownBy(() -> Knot.examine(a)).isInstanceOf(DeadlockException.class);
    }

    @Test
    void waitingForNothingIsNoKnot() {
        PoolSeat seat = seat();
        running(seat);
        seat.waits = forAll();
        Knot.examine(seat);
        seat.waits = forAny();
        Knot.examine(seat);
    }

    @Test
    void whatIsMadeByHandMayAlwaysCome() {
        PoolSeat seat = seat();
        running(seat);
        seat.waits = forAll((TaskCell<?>) new Promise<>().future());
        Knot.examine(seat);
    }

    @Test
    void aWaitThatEndsByItselfIsNoDeadlock() {
        PoolSeat seat = seat();
        seat.waits = new Wait.For(List.of(running(seat)), true, true);
        Knot.examine(seat);
        assertThat(stage.rescued).isEmpty();
    }

    @Test
    void aTaskInLineThatEverybodyWaitsForIsRescuedOnce() {
        PoolSeat seat = seat();
        running(seat);
        TaskCell<Object> inLine = stage.task();
        seat.waits = forAll(inLine);
        Knot.examine(seat);
        assertThat(stage.rescued).containsExactly(inLine);
    }

    @Test
    void aTaskInLineIsNotRescuedWhileSomebodyIsAtWork() {
        PoolSeat seat = seat();
        running(seat);
        running(seat());
        seat.waits = forAll(stage.task());
        Knot.examine(seat);
        assertThat(stage.rescued).isEmpty();
    }

    @Test
    void gatheredFuturesAreSeenThrough() {
        PoolSeat seat = seat();
        TaskCell<Object> own = running(seat);
        seat.waits = forAll((TaskCell<?>) Futures.gather(List.of(own)));
        assertThatThrownBy(() -> Knot.examine(seat)).isInstanceOf(DeadlockException.class);
        TaskCell<Object> inLine = stage.task();
        seat.waits = forAll((TaskCell<?>) Futures.gather(List.of(inLine)));
        Knot.examine(seat);
        assertThat(stage.rescued).containsExactly(inLine);
    }

    @Test
    void aSubmitterThatNobodyCouldEverMakeRoomForIsLetIn() throws Exception {
        PoolSeat seat = seat();
        running(seat);
        List<Admission.Ticket> tickets = new ArrayList<>(List.of(new Admission.Ticket()));
        seat.waits = new Wait.Room(stage.pool, tickets.getFirst());
        Knot.examine(seat);
        assertThat(tickets.getFirst().admitted()).isTrue();
    }

    @Test
    void aCircleAcrossTwoPoolsIsFound() {
        Stage other = new Stage();
        PoolSeat here = seat();
        PoolSeat there = other.pool.arrive("there", null);
        TaskCell<Object> task = other.task();
        task.begin(there);
        there.waits = forAll(running(here));
        here.waits = forAll(task);
        assertThatThrownBy(() -> Knot.examine(here)).isInstanceOf(DeadlockException.class).hasMessageContaining("there");
    }
}
