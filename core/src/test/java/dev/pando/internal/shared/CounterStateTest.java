package dev.pando.internal.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.process.wire.CountPage;
import dev.pando.internal.shared.SharedCall.CallPatience;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counters that move to memory, as the table sees them. */
class CounterStateTest {
    private final List<Lent> given = new ArrayList<>();
    private final List<Lent> returned = new ArrayList<>();
    private final SharedTable table = SharedTable.packing("pool", new Codec(), (size, taker) -> {
        Lent lent = new Lent();
        given.add(lent);
        taker.accept(lent);
    });
    private final OwnerBook book = new OwnerBook("worker");
    private RemoteCall last;

    /** Memory that ends as a mapping would. */
    private final class Lent implements WordMemory {
        private final ByteBuffer bytes = ByteBuffer.allocateDirect(CountPage.BYTES);
        private final CountPage page = new CountPage(bytes);

        @Override
        public ByteBuffer bytes() {
            return bytes;
        }

        @Override
        public void giveBack() {
            returned.add(this);
        }
    }

    /** Calls as a worker does, and returns the answer. */
    private long call(long number, SharedOperation operation, long amount, long other) {
        RemoteCall call = new RemoteCall(
                done -> last = done,
                1,
                new CallOwner(book, 1, 1, "task"),
                operation,
                CallPatience.NONE,
                amount,
                other,
                List.of());
        table.submit(number, call);
        assertThat(last).isSameAs(call);
        return call.message(1).amount();
    }

    private void callOften(long number) {
        for (int i = 0; i < CounterState.CALLS_IN_TABLE; i++) {
            call(number, SharedOperation.ADD, 1, 0);
        }
    }

    @Test
    void aCounterMovesWithItsCountWhenWorkersCallItOften() {
        long number = new ConstructFactory(table).counter();
        for (int i = 1; i < CounterState.CALLS_IN_TABLE; i++) {
            assertThat(call(number, SharedOperation.ADD, 1, 0)).isEqualTo(i);
            assertThat(last.memory()).isNull();
        }
        assertThat(given).isEmpty();
        assertThat(call(number, SharedOperation.ADD, 1, 0)).isEqualTo(CounterState.CALLS_IN_TABLE);
        assertThat(given).hasSize(1);
        CountPage page = given.getFirst().page;
        assertThat(page.add(1)).isEqualTo(CounterState.CALLS_IN_TABLE + 1);
        assertThat(call(number, SharedOperation.COUNT, 0, 0)).isEqualTo(CounterState.CALLS_IN_TABLE + 1);
        assertThat(last.memory()).isSameAs(given.getFirst());
        call(number, SharedOperation.SWAP_COUNT, CounterState.CALLS_IN_TABLE + 1, 5);
        assertThat(last.isDone()).isTrue();
        call(number, SharedOperation.SWAP_COUNT, 6, 7);
        assertThat(last.isDone()).isFalse();
        assertThat(page.get()).isEqualTo(5);
    }

    @Test
    void soManyCountersMoveAndNoMore() {
        ConstructFactory factory = new ConstructFactory(table);
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < SharedTable.MOST_PAGES + 1; i++) {
            numbers.add(factory.counter());
            callOften(numbers.getLast());
        }
        assertThat(returned).containsExactly(given.getLast());
        assertThat(call(numbers.getLast(), SharedOperation.ADD, 1, 0)).isEqualTo(CounterState.CALLS_IN_TABLE + 1);
        assertThat(last.memory()).isNull();

        call(numbers.getFirst(), SharedOperation.DISCARD, 0, 0);
        assertThat(returned).contains(given.getFirst());
        assertThat(given.getFirst().page.isClosed()).isTrue();
        long next = factory.counter();
        callOften(next);
        call(next, SharedOperation.COUNT, 0, 0);
        assertThat(last.memory()).isSameAs(given.getLast());

        table.close();
        assertThat(returned).containsExactlyInAnyOrderElementsOf(given);
    }

    @Test
    void memoryThatComesTooLateIsGivenBack() {
        List<java.util.function.Consumer<WordMemory>> waiting = new ArrayList<>();
        SharedTable slow = SharedTable.packing("slow", new Codec(), (size, taker) -> waiting.add(taker));
        long number = new ConstructFactory(slow).counter();
        for (int i = 0; i < 2 * CounterState.CALLS_IN_TABLE; i++) {
            slow.submit(
                    number,
                    new RemoteCall(
                            done -> last = done,
                            i,
                            new CallOwner(book, 1, 1, "task"),
                            SharedOperation.ADD,
                            CallPatience.NONE,
                            1,
                            0,
                            List.of()));
        }
        assertThat(waiting).as("asked for once").hasSize(1);
        assertThat(last.message(1).amount()).isEqualTo(2L * CounterState.CALLS_IN_TABLE);
        slow.close();
        Lent late = new Lent();
        waiting.getFirst().accept(late);
        assertThat(returned).containsExactly(late);
    }
}
