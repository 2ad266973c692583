package dev.pando.internal.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.process.wire.LockPage;
import dev.pando.internal.shared.SharedCall.CallPatience;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Locks that move to memory, as the table sees them. */
class LockStateTest {
    private static final int THREAD = 7;

    private final List<ByteBuffer> given = new ArrayList<>();
    private final List<ByteBuffer> returned = new ArrayList<>();
    private final SharedTable table = SharedTable.packing("pool", new Codec(), (size, taker) -> {
        ByteBuffer bytes = ByteBuffer.allocateDirect(LockPage.BYTES);
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
    private final OwnerBook one = book("one");
    private final OwnerBook other = book("other");

    /** A worker that was given the runs up to 9. */
    private static OwnerBook book(String worker) {
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
                return "all";
            }
        });
    }

    private RemoteCall call(OwnerBook book, long number, SharedOperation operation, CallPatience patience) {
        RemoteCall call = new RemoteCall(done -> {}, 1, book.owner(5, THREAD), operation, patience, 0, 0, List.of());
        table.submit(number, call);
        return call;
    }

    private RemoteCall lock(OwnerBook book, long number) {
        return call(book, number, SharedOperation.LOCK, CallPatience.ENDLESS);
    }

    private RemoteCall unlock(OwnerBook book, long number) {
        return call(book, number, SharedOperation.UNLOCK, CallPatience.NONE);
    }

    private static CallStatus statusOf(RemoteCall call) {
        return CallStatus.of(call.message(1).status());
    }

    private static String textOf(RemoteCall call) {
        return new String(call.message(1).items(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Returns the number of a lock that has moved, and that both workers were shown. */
    private long moved() {
        long number = new ConstructFactory(table).lock();
        for (int i = 0; i < MovingState.CALLS_IN_TABLE / 2; i++) {
            assertThat(lock(one, number).memory()).isNull();
            assertThat(unlock(one, number).memory()).isNull();
        }
        assertThat(lock(one, number).memory()).isNotNull();
        assertThat(unlock(one, number).memory()).as("shown already").isNull();
        RemoteCall shows = lock(other, number);
        assertThat(shows.memory()).isNotNull();
        assertThat(shows.message(1).amount()).isEqualTo(other.number).isNotEqualTo(one.number);
        unlock(other, number);
        assertThat(page().get()).isEqualTo(LockPage.FREE);
        return number;
    }

    private LockPage page() {
        return new LockPage(given.getLast());
    }

    private static long word(OwnerBook book, int run) {
        return LockPage.holder(book.number, run, THREAD);
    }

    @Test
    void aLockMovesWithItsHolder() {
        long number = new ConstructFactory(table).lock();
        for (int i = 0; i < MovingState.CALLS_IN_TABLE; i++) {
            lock(one, number);
        }
        assertThat(given).hasSize(1);
        assertThat(page().take(word(other, 5))).isFalse();
        for (int i = 1; i < MovingState.CALLS_IN_TABLE; i++) {
            unlock(one, number);
        }
        assertThat(page().get()).isNotEqualTo(LockPage.FREE);
        unlock(one, number);
        assertThat(page().take(word(other, 5))).isTrue();
    }

    @Test
    void oneThatWaitsForAHolderByTheWordIsNextAndTheHolderGivesBackByMessage() {
        long number = moved();
        assertThat(page().take(word(one, 5))).isTrue();
        RemoteCall waits = lock(other, number);
        assertThat(waits.isOver()).isFalse();
        assertThat(page().giveBack(word(one, 5))).isFalse();
        assertThat(statusOf(unlock(one, number))).isEqualTo(CallStatus.DONE);
        assertThat(statusOf(waits)).isEqualTo(CallStatus.DONE);
        assertThat(page().take(word(one, 5))).as("it is the other's").isFalse();
        unlock(other, number);
        assertThat(page().take(word(one, 5))).isTrue();
    }

    @Test
    void aCircleOfHoldersByTheWordIsNamed() {
        long left = moved();
        LockPage leftPage = page();
        long right = moved();
        assertThat(leftPage.take(word(one, 5))).isTrue();
        assertThat(page().take(word(other, 5))).isTrue();
        RemoteCall waits = lock(one, right);
        assertThat(waits.isOver()).isFalse();
        RemoteCall closing = lock(other, left);
        assertThat(statusOf(closing)).isEqualTo(CallStatus.DEADLOCK);
        assertThat(textOf(closing)).contains("one's task 5", "other's task 5");
        assertThat(waits.isOver()).isFalse();
    }

    @Test
    void theDeathOfAHolderByTheWordIsToldOnceAndTheOthersKeepTheirs() {
        long number = moved();
        LockPage its = page();
        moved();
        assertThat(its.take(word(one, 5))).isTrue();
        assertThat(page().take(word(other, 5))).isTrue();
        table.workerDied(one, "died: SIGKILL");
        assertThat(page().get()).isEqualTo(word(other, 5));
        RemoteCall told = lock(other, number);
        assertThat(statusOf(told)).isEqualTo(CallStatus.OWNER_DIED);
        assertThat(textOf(told)).contains("one's task 5 (on worker one)", "died: SIGKILL");
        assertThat(statusOf(lock(other, number))).isEqualTo(CallStatus.DONE);
    }

    @Test
    void oneThatWaitsHearsOfTheDeathOfAHolderByTheWord() {
        long number = moved();
        assertThat(page().take(word(one, 5))).isTrue();
        RemoteCall waits = lock(other, number);
        table.workerDied(one, "died: SIGKILL");
        assertThat(statusOf(waits)).isEqualTo(CallStatus.OWNER_DIED);
        assertThat(page().take(word(other, 5))).isTrue();
    }

    @Test
    void aTaskThatEndsGivesBackWhatItTookByTheWordAndALaterTaskKeepsIts() {
        long number = moved();
        assertThat(page().take(word(one, 5))).isTrue();
        table.taskEnded(one, 4, "ended without giving it back");
        assertThat(page().get()).isEqualTo(word(one, 5));
        table.taskEnded(one, 5, "ended without giving it back");
        assertThat(textOf(lock(other, number))).contains("one's task 5", "ended without giving it back");
        assertThat(page().take(word(one, 6))).isTrue();
    }

    /** A thread that stays behind takes the lock for a task whose end the program has read: it will undo that. */
    @Test
    void aWordOfATaskThatHasEndedKeepsNoneWaiting() {
        long number = moved();
        table.taskEnded(one, 5, "ended without giving it back");
        assertThat(page().take(word(one, 5))).isTrue();
        assertThat(statusOf(lock(other, number))).isEqualTo(CallStatus.OWNER_DIED);
        assertThat(page().giveBack(word(one, 5))).isFalse();
        assertThat(statusOf(lock(other, number))).isEqualTo(CallStatus.DONE);
    }

    @Test
    void nonsenseKeepsNoneWaiting() {
        long number = moved();
        long[] nonsense = {1, -1, 1L << 32, Long.MIN_VALUE, word(one, 4711), LockPage.holder(4711, 5, THREAD)};
        for (long word : nonsense) {
            assertThat(page().take(word)).isTrue();
            RemoteCall told = lock(other, number);
            assertThat(statusOf(told)).as("%x", word).isEqualTo(CallStatus.OWNER_DIED);
            assertThat(textOf(told)).contains("wrote over its memory");
            assertThat(page().get()).isEqualTo(LockPage.FREE);
        }
        lock(other, number);
        page().free(); // although another has it
        assertThat(page().take(word(one, 5))).isTrue();
        assertThat(statusOf(unlock(other, number))).isEqualTo(CallStatus.DONE);
        assertThat(statusOf(lock(other, number))).isEqualTo(CallStatus.DONE);
    }

    @Test
    void aClosedLockIsTakenByNoWord() {
        long number = moved();
        assertThat(page().take(word(one, 5))).isTrue();
        call(other, number, SharedOperation.DISCARD, CallPatience.NONE);
        assertThat(returned).containsExactlyElementsOf(given);
        assertThat(page().isClosed()).isTrue();
        assertThat(page().giveBack(word(one, 5))).isFalse();
        assertThat(page().take(word(one, 5))).isFalse();
        assertThat(statusOf(unlock(one, number))).isEqualTo(CallStatus.CLOSED);
        assertThat(one.shown).isEmpty();
    }
}
