package dev.pando.internal.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.process.wire.BadFrameException;
import dev.pando.internal.process.wire.RingPage;
import dev.pando.internal.process.wire.RingPage.RingStep;
import dev.pando.internal.shared.SharedCall.CallPatience;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queues that move to a ring and back, as the table sees them. */
class QueueRingTest {
    private static final int RUN = 5;

    private final List<ByteBuffer> given = new ArrayList<>();
    private final List<ByteBuffer> returned = new ArrayList<>();
    private final SharedTable table = SharedTable.packing("pool", new Codec(), (size, taker) -> {
        ByteBuffer bytes = ByteBuffer.allocateDirect(size);
        given.add(bytes);
        taker.accept(new WordMemory() {
            @Override
            public ByteBuffer bytes() {
                return bytes;
            }

            @Override
            public void giveBack() {
                returned.add(bytes);
            }
        });
    });
    private final OwnerBook putter = book("putter", "all");
    private final OwnerBook taker = book("taker", "all");
    private final OwnerBook third = book("third", "all");

    /** The ring as the two workers have it. */
    private @Nullable RingPage in;

    private @Nullable RingPage out;

    private static OwnerBook book(String worker, String policy) {
        return new OwnerBook(worker, new TaskRuns() {
            @Override
            public int last() {
                return 9;
            }

            @Override
            public String name(int run) {
                return worker + "'s task " + run;
            }

            @Override
            public Object policy(int run) {
                return policy;
            }
        });
    }

    private RemoteCall call(OwnerBook book, int run, long number, SharedOperation operation, String... items) {
        List<PackedItem> packed = new ArrayList<>();
        for (String each : items) {
            packed.add(new PackedItem(each.getBytes(), book.policy(run)));
        }
        RemoteCall call =
                new RemoteCall(done -> {}, 1, book.owner(run, 7), operation, CallPatience.ENDLESS, 0, 0, packed);
        table.submit(number, call);
        return call;
    }

    private RemoteCall put(OwnerBook book, long number, String item) {
        return call(book, RUN, number, SharedOperation.PUT, item);
    }

    private RemoteCall take(OwnerBook book, long number) {
        return call(book, RUN, number, SharedOperation.TAKE);
    }

    private long size(long number) {
        return call(third, RUN, number, SharedOperation.QUEUE_SIZE).message(1).amount();
    }

    private static CallStatus statusOf(RemoteCall call) {
        return CallStatus.of(call.message(1).status());
    }

    private static String textOf(RemoteCall call) {
        try {
            return new String(ItemBlocks.read(call.message(1).items()).getFirst());
        } catch (BadFrameException e) {
            return new String(call.message(1).items());
        }
    }

    /** Both workers call until they were shown the ring, which is open then. Returns how often each called. */
    private int move(long number) {
        in = null;
        out = null;
        for (int i = 1; i <= 2 * MovingState.CALLS_IN_TABLE; i++) {
            boolean isShown = put(putter, number, "early").memory() != null;
            in = isShown ? new RingPage(given.getLast()) : in;
            isShown = take(taker, number).memory() != null;
            out = isShown ? new RingPage(given.getLast()) : out;
            if (in != null && out != null) {
                return i;
            }
        }
        return 0;
    }

    private long moved(int capacity) {
        long number = new ConstructFactory(table).queue(capacity);
        assertThat(move(number)).isPositive();
        return number;
    }

    private RingStep push(String item) {
        return in.put(item.getBytes());
    }

    private @Nullable String pull() {
        byte[] item = out.take();
        return item == null ? null : new String(item);
    }

    @Test
    void whatTwoTasksPassOnGoesThroughTheRingOnceTheyHaveCalledOften() {
        long number = new ConstructFactory(table).queue(10);
        assertThat(move(number)).isEqualTo(MovingState.CALLS_IN_TABLE / 2 + 2);
        assertThat(List.of(push("a"), push("b"))).containsOnly(RingStep.DONE);
        assertThat(pull()).isEqualTo("a");
        assertThat(push("c")).isEqualTo(RingStep.DONE);
        assertThat(List.of(pull(), pull(), pull())).containsExactly("b", "c", "");
        long other = new ConstructFactory(table).queue(10);
        assertThat(move(other)).as("now that memory is cheap").isLessThan(MovingState.CALLS_IN_TABLE / 4);
    }

    @Test
    void anyOtherCallFindsWhatIsInTheRingAndTheRingGoesOnLater() {
        long number = moved(10);
        push("a");
        push("b");
        push("c");
        assertThat(pull()).isEqualTo("a");
        assertThat(textOf(take(third, number))).isEqualTo("b");
        assertThat(push("d")).isEqualTo(RingStep.ASK);
        assertThat(pull()).isNull();
        assertThat(size(number)).isEqualTo(1);
        assertThat(returned).as("the third takes, too").containsExactlyElementsOf(given);
        assertThat(move(number)).isPositive();
        assertThat(size(number)).isEqualTo(1);
    }

    @Test
    void aLookAtItsSizeDisturbsForAMomentOnly() {
        long number = moved(200);
        for (int i = 0; i < 20; i++) {
            assertThat(push("a")).isEqualTo(RingStep.DONE);
        }
        assertThat(size(number)).isEqualTo(20);
        assertThat(push("b")).isEqualTo(RingStep.ASK);
        put(putter, number, "b");
        assertThat(push("c")).isEqualTo(RingStep.DONE);
        for (int i = 0; i < 20; i++) {
            assertThat(pull()).isEqualTo("a");
        }
        assertThat(List.of(pull(), pull(), pull())).containsExactly("b", "c", "");
    }

    @Test
    void noMoreItemsThanTheCapacityAreInItWhereverTheyAre() {
        long number = moved(3);
        assertThat(List.of(push("a"), push("b"), push("c"))).containsOnly(RingStep.DONE);
        assertThat(push("d")).isEqualTo(RingStep.FULL);
        RemoteCall waits = put(putter, number, "d");
        assertThat(waits.isOver()).isFalse();
        assertThat(pull()).as("a call waits: the table rules").isNull();
        assertThat(textOf(take(taker, number))).isEqualTo("a");
        assertThat(statusOf(waits)).isEqualTo(CallStatus.DONE);
        assertThat(size(number)).isEqualTo(3);
    }

    /** So that one wait for room serves many items. */
    @Test
    void aFullRingIsFreeForOneItemAndLaterForHalf() {
        long number = moved(5);
        assertThat(in.isHalfFree()).isTrue();
        for (int i = 0; i < 5; i++) {
            push("item " + i);
        }
        assertThat(in.isHalfFree()).isFalse();
        pull();
        pull();
        assertThat(in.isHalfFree()).isFalse();
        pull();
        assertThat(in.isHalfFree()).isTrue();
        assertThat(List.of(push("a"), push("b"), push("c"), push("d")))
                .containsExactly(RingStep.DONE, RingStep.DONE, RingStep.DONE, RingStep.FULL);
        assertThat(size(number)).isEqualTo(5);
        assertThat(in.isHalfFree()).as("nothing to wait for").isTrue();
        assertThat(push("d")).isEqualTo(RingStep.ASK);
    }

    /** Or else the ring would stay closed for as long as the one that puts in is ahead. */
    @Test
    void whatIsInTheTableGoesThroughTheRingFirst() {
        long number = moved(1000);
        int sent = 0;
        while (push("item " + sent) == RingStep.DONE) {
            sent++;
        }
        for (int i = 0; i < 400; i++) {
            put(putter, number, "item " + sent++);
        }
        int asked = 0;
        for (int i = 0; i < sent; i++) {
            String item = pull();
            if (item == null || item.isEmpty()) {
                item = textOf(take(taker, number));
                asked++;
            }
            assertThat(item).isEqualTo("item " + i);
        }
        assertThat(asked).isLessThan(sent / 32);
        assertThat(push("last")).isEqualTo(RingStep.DONE);
        assertThat(pull()).isEqualTo("last");
    }

    @Test
    void aDeathLeavesWhatWasPutInAndIsToldAfterIt() {
        long number = new ConstructFactory(table).way(10);
        move(number);
        push("a");
        push("b");
        table.workerDied(putter, "died: SIGKILL");
        assertThat(returned).containsExactlyElementsOf(given);
        assertThat(textOf(take(taker, number))).isEqualTo("a");
        assertThat(textOf(take(third, number))).isEqualTo("b");
        RemoteCall told = take(taker, number);
        assertThat(statusOf(told)).isEqualTo(CallStatus.OWNER_DIED);
        assertThat(textOf(told)).contains("putter's task 5", "died: SIGKILL");
        assertThat(taker.shown).isEmpty();
    }

    @Test
    void theEndOfEitherTaskEndsTheRingAndNoItemIsLost() {
        for (OwnerBook each : List.of(putter, taker)) {
            long number = moved(10);
            push("a");
            table.taskEnded(each, RUN - 1, "ended");
            assertThat(push("b")).as("another task of that worker").isEqualTo(RingStep.DONE);
            table.taskEnded(each, RUN, "ended");
            assertThat(push("c")).isEqualTo(RingStep.ASK);
            assertThat(pull()).isNull();
            assertThat(textOf(take(third, number))).isEqualTo("a");
            assertThat(textOf(take(third, number))).isEqualTo("b");
        }
    }

    @Test
    void anEndedInputEndsTheOtherSideAfterTheLastItem() {
        long number = moved(10);
        push("a");
        call(putter, RUN, number, SharedOperation.END_INPUT);
        assertThat(push("b")).isEqualTo(RingStep.ASK);
        assertThat(statusOf(put(putter, number, "b"))).isEqualTo(CallStatus.CLOSED);
        assertThat(textOf(take(taker, number))).isEqualTo("a");
        assertThat(statusOf(take(taker, number))).isEqualTo(CallStatus.CLOSED);
        assertThat(returned).containsExactlyElementsOf(given);
    }

    @Test
    void tasksThatAreTooSlowForTheRingTryMoreAndMoreSeldom() {
        long number = moved(10);
        List<Integer> tries = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int calls = 0;
            do {
                put(putter, number, "a");
                take(taker, number);
                calls += 2;
            } while (out.take() != RingPage.NOTHING && calls < 1000);
            tries.add(calls);
        }
        assertThat(tries).isSorted().endsWith(256);
    }

    @Test
    void twoTasksOfWhichTheProgramAcceptsNotTheSameStayInTheTable() {
        OwnerBook other = book("other", "little");
        long number = new ConstructFactory(table).queue(10);
        for (int i = 0; i < 2 * MovingState.CALLS_IN_TABLE; i++) {
            put(putter, number, "a");
            take(other, number);
        }
        assertThat(given).isEmpty();
    }

    @Test
    void oneWorkerWithBothEndsStaysInTheTableAndSoDoesALargeItem() {
        long number = new ConstructFactory(table).queue(10);
        long large = new ConstructFactory(table).queue(10);
        for (int i = 0; i < 2 * MovingState.CALLS_IN_TABLE; i++) {
            put(putter, number, "a");
            take(putter, number);
            put(putter, large, "a".repeat(RingPage.MOST_BYTES + 1));
            take(taker, large);
        }
        assertThat(given).isEmpty();
    }

    /** Words and lengths that no step writes; where they are, {@link RingPage} says. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0, 9223372036854775807",
        "0, -1",
        "128, 0",
        "128, 9223372036854775807",
        "256, 0",
        "256, 4711",
        "512, -1",
        "512, 127"
    })
    void nonsenseEndsTheQueue(int at, long nonsense) {
        long number = moved(100);
        for (int i = 0; i < 100; i++) {
            push("a");
        }
        for (int slot = 0; slot < (at < 512 ? 1 : 128); slot++) {
            given.getLast().duplicate().order(ByteOrder.nativeOrder()).putLong(at + 256 * slot, nonsense);
        }
        RemoteCall told = take(taker, number);
        assertThat(statusOf(told)).isEqualTo(CallStatus.CLOSED);
        assertThat(textOf(told)).contains("wrote over the memory");
        assertThat(statusOf(take(third, number))).isEqualTo(CallStatus.CLOSED);
        assertThat(returned).containsExactlyElementsOf(given);
    }
}
