package dev.pando.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.internal.task.WorkerSeat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seats in slots and beside them. Two slots for many seats: most lie in the map. */
class SeatTableTest {
    private final WorkerlessPool workerless = new WorkerlessPool();

    private List<WorkerSeat> seats(int count) {
        List<WorkerSeat> seats = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seats.add(new WorkerSeat(workerless.pool, "worker-" + i, null, true));
        }
        return seats;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 64, 1024})
    void eachSeatIsThereOnceUntilItIsTaken(int slots) {
        SeatTable table = new SeatTable(slots);
        List<WorkerSeat> seats = seats(300);
        seats.forEach(table::put);
        assertThat(table).containsExactlyInAnyOrderElementsOf(seats).hasSize(300);
        for (WorkerSeat seat : seats.subList(0, 200)) {
            table.take(seat);
        }
        assertThat(table).containsExactlyInAnyOrderElementsOf(seats.subList(200, 300));
        seats.subList(200, 300).forEach(table::take);
        assertThat(table).isEmpty();
    }

    @Test
    void aSeatThatIsTakenTwiceTakesNoOtherAway() {
        SeatTable table = new SeatTable(2);
        List<WorkerSeat> seats = seats(20);
        for (WorkerSeat seat : seats) {
            table.put(seat);
            table.take(seat);
        }
        seats.subList(0, 10).forEach(table::put);
        seats.subList(10, 20).forEach(table::take);
        assertThat(table).containsExactlyInAnyOrderElementsOf(seats.subList(0, 10));
    }

    @Test
    void anIterationEnds() {
        SeatTable table = new SeatTable(2);
        table.put(seats(1).getFirst());
        Iterator<WorkerSeat> all = table.iterator();
        assertThat(all.next()).isNotNull();
        assertThat(all.hasNext()).isFalse();
        assertThatThrownBy(all::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void whatStaysIsSeenWhileOthersComeAndGo() throws Exception {
        SeatTable table = new SeatTable(4);
        List<WorkerSeat> staying = seats(6);
        staying.forEach(table::put);
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch seen = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            List<WorkerSeat> passing = seats(8);
            threads.add(Thread.ofPlatform().start(() -> {
                passing.forEach(table::put);
                begun.countDown();
                while (seen.getCount() > 0) {
                    for (WorkerSeat seat : passing) {
                        table.take(seat);
                        table.put(seat);
                    }
                }
                passing.forEach(table::take);
            }));
        }
        begun.await();
        for (int look = 0; look < 2_000; look++) {
            Set<WorkerSeat> met = new HashSet<>();
            for (WorkerSeat seat : table) {
                met.add(seat);
            }
            assertThat(met).containsAll(staying);
        }
        seen.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(table).containsExactlyInAnyOrderElementsOf(staying);
    }
}
